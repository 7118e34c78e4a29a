"""What is known of each province's marginal cost, and how far the curves on offer differ."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.distance_function import DistanceFunction
from capshare.model.abatement.power_law import PowerLaw

RANKS = ["rank", "rank_median", "rank_p05", "rank_p95"]


def cost_table(
    function: DistanceFunction, base: pd.DataFrame, emissions_mt: pd.Series, ranks: pd.DataFrame | None
) -> pd.DataFrame:
    """Set each price beside its slope and the firmness of its rank.

    Parameters
    ----------
    function : estimated distance function
    base : index code, one column per argument, the base year
    emissions_mt : index code, Mt; the emissions of the base year that the function was estimated on
    ranks : index code; ``rank, rank_median, rank_p05, rank_p95`` from the bootstrap; None leaves them out

    Returns
    -------
    DataFrame
        index code; ``inefficiency`` (multiples of the direction), ``price_yuan_per_t`` at zero cut,
        ``price_slope_yuan_per_t_per_mt`` (negative: dearer with abatement), and the ranks (1 = dearest)

    Raises
    ------
    CapshareError
        If the codes of ``base`` and ``ranks`` differ.
    """
    # A change of all of a province's emissions, in the technology's units, is one of so many Mt.
    per_mt = function.price_slope(base) * base[function.technology.emissions] / emissions_mt
    table = pd.concat(
        [
            function.distance(base),
            function.price_yuan_per_t(base),
            per_mt.rename("price_slope_yuan_per_t_per_mt"),
        ],
        axis=1,
    )
    if ranks is None:
        return table
    differing = base.index.symmetric_difference(ranks.index)
    if len(differing):
        raise _differing("ranks", "the codes of base", differing)
    return table.join(ranks[RANKS])


def curves_side_by_side(curves: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put the costs of several step tables into one.

    Parameters
    ----------
    curves : per name a table with index (code, step) and ``cost_yuan_per_t``

    Returns
    -------
    DataFrame
        index (code, step); one column ``<name>_yuan_per_t`` per curve

    Raises
    ------
    CapshareError
        If the curves differ in provinces or steps.
    """
    first = next(iter(curves.values()))
    problems: list[Problem] = []
    for name, curve in curves.items():
        differing = first.index.symmetric_difference(curve.index)
        if len(differing):
            problems += _differing(
                f"curve {name}", "the provinces and steps of the first", differing
            ).problems
    if problems:
        raise CapshareError(problems)
    return pd.DataFrame({f"{name}_yuan_per_t": curve["cost_yuan_per_t"] for name, curve in curves.items()})


def curve_levels(curves: Mapping[str, pd.DataFrame], market_yuan_per_t: float) -> pd.DataFrame:
    """Compare the level and the order of several curves, so that no level stands alone.

    Parameters
    ----------
    curves : per name a table with index (code, step) and ``cost_yuan_per_t``; the first is compared with
    market_yuan_per_t : a market price, yuan/t

    Returns
    -------
    DataFrame
        index curve; ``first_step_median_yuan_per_t`` and ``all_steps_median_yuan_per_t`` (unweighted medians
        over provinces of the first step's cost and of the mean cost), their ratios ``first_step_to_market``
        and ``all_steps_to_market``, ``last_to_first_step`` (median over provinces; missing where a first
        step is free), and ``rank_correlation`` of the mean costs with the first curve's

    Raises
    ------
    CapshareError
        If the curves differ in provinces or steps, or the market price is not positive.
    """
    if not market_yuan_per_t > 0:
        raise CapshareError(
            Problem("market_yuan_per_t", "", "a positive price", f"{market_yuan_per_t:g}", "Check it.")
        )
    table = curves_side_by_side(curves).set_axis(list(curves), axis=1)
    by_province = table.groupby(level="code")
    rise = (by_province.last() / by_province.first().where(lambda cost: cost > 0)).median()
    first, mean = by_province.first().median(), by_province.mean()
    return pd.DataFrame(
        {
            "first_step_median_yuan_per_t": first,
            "all_steps_median_yuan_per_t": mean.median(),
            "first_step_to_market": first / market_yuan_per_t,
            "all_steps_to_market": mean.median() / market_yuan_per_t,
            "last_to_first_step": rise,
            "rank_correlation": mean.rank().corrwith(mean.iloc[:, 0].rank()),
        }
    ).rename_axis("curve")


def rank_correlations(curves: Mapping[str, pd.DataFrame], observed: pd.DataFrame) -> pd.DataFrame:
    """Rank correlations of each curve's mean cost with a province's size, income and carbon intensity.

    Parameters
    ----------
    curves : per name a table with index (code, step) and ``cost_yuan_per_t``
    observed : index code; ``labour_1e4`` (persons), ``gdp_1e8yuan``, ``emissions_mt`` of the year priced

    Returns
    -------
    DataFrame
        index curve; ``with_employment, with_gdp_per_worker, with_carbon_intensity``, Spearman's
    """
    about = pd.DataFrame(
        {
            "with_employment": observed["labour_1e4"],
            "with_gdp_per_worker": observed["gdp_1e8yuan"] / observed["labour_1e4"],
            "with_carbon_intensity": observed["emissions_mt"] / observed["gdp_1e8yuan"],
        }
    ).rank()
    means = {
        name: curve["cost_yuan_per_t"].groupby(level="code").mean().rank() for name, curve in curves.items()
    }
    rows = {name: about.corrwith(mean) for name, mean in means.items()}
    return pd.DataFrame(rows).T.rename_axis("curve")


def fit_table(curve: str, law: PowerLaw, trend_gain: float | None) -> pd.DataFrame:
    """How the power law of a curve fits, in one row.

    Parameters
    ----------
    curve : that is made of it
    law : fitted to the estimated prices
    trend_gain : share of the distances that a time trend takes off; None where it was not estimated

    Returns
    -------
    DataFrame
        index curve; ``elasticity, elasticity_low, elasticity_high`` (95 %, clustered by province),
        ``within_r_squared``, ``observations``, ``provinces``, ``badly_fitted`` (their number) and, where a
        trend was estimated, ``time_trend_gain``
    """
    row = {
        "elasticity": law.elasticity,
        "elasticity_low": law.elasticity_low,
        "elasticity_high": law.elasticity_high,
        "within_r_squared": law.within_r2,
        "observations": len(law.observations),
        "provinces": len(law.provinces),
        "badly_fitted": int(law.provinces["fits_badly"].sum()),
    } | ({} if trend_gain is None else {"time_trend_gain": trend_gain})
    return pd.DataFrame([row], index=pd.Index([curve], name="curve"))


def _differing(source: str, expected: str, differing: pd.Index) -> CapshareError:
    labels = ", ".join(map(str, differing))
    return CapshareError(Problem(source, "index", expected, f"differing {labels}", "Align them."))
