"""What is known of each province's marginal cost, and how far the curves on offer differ."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.distance_function import DistanceFunction

RANKS = ["rank", "rank_median", "rank_p05", "rank_p95"]


def cost_table(function: DistanceFunction, base: pd.DataFrame, ranks: pd.DataFrame | None) -> pd.DataFrame:
    """Set each price beside its slope and the firmness of its rank.

    Parameters
    ----------
    function : estimated distance function
    base : index code, columns ``ARGUMENTS``, the base year
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
    prices = [
        function.distance(base),
        function.price_yuan_per_t(base),
        function.price_slope_yuan_per_t_per_mt(base),
    ]
    table = pd.concat(prices, axis=1)
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
        and ``all_steps_to_market``, and ``rank_correlation`` of the mean costs with the first curve's

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
    first, mean = by_province.first().median(), by_province.mean()
    return pd.DataFrame(
        {
            "first_step_median_yuan_per_t": first,
            "all_steps_median_yuan_per_t": mean.median(),
            "first_step_to_market": first / market_yuan_per_t,
            "all_steps_to_market": mean.median() / market_yuan_per_t,
            "rank_correlation": mean.rank().corrwith(mean.iloc[:, 0].rank()),
        }
    ).rename_axis("curve")


def _differing(source: str, expected: str, differing: pd.Index) -> CapshareError:
    labels = ", ".join(map(str, differing))
    return CapshareError(Problem(source, "index", expected, f"differing {labels}", "Align them."))
