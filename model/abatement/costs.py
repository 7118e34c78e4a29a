"""Abatement costs of a study: steps for the LP, and what is known of their level and firmness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.abatement.aigner_chu import AignerChu, estimate_distance_function
from capshare.model.abatement.anchor import anchor_factor, anchored_steps
from capshare.model.abatement.axiom import axiom_notes
from capshare.model.abatement.bootstrap import rank_bootstrap
from capshare.model.abatement.capital import PerpetualInventory
from capshare.model.abatement.cost_table import cost_table, curve_levels
from capshare.model.abatement.distance_function import YUAN_PER_T, DistanceFunction
from capshare.model.abatement.nonparametric import envelopment_notes, envelopment_price_yuan_per_t
from capshare.model.abatement.observations import observation_notes, province_years
from capshare.model.abatement.productivity import productivity_steps
from capshare.model.abatement.quadratic_form import EMISSIONS, GDP, INPUTS
from capshare.model.abatement.steps import distance_function_steps


@dataclass(frozen=True)
class AbatementCosts:
    """What abatement costs each province.

    Attributes
    ----------
    steps : index (code, step); ``size_mt, cost_yuan_per_t``, anchored where the study anchors
    price_yuan_per_t : index code; price at zero cut, anchored likewise
    table : index code; inefficiency, price, slope and the firmness of its rank; None without a panel
    levels : index curve; medians of several curves before anchoring; None without a panel
    notes : what a planner should know
    """

    steps: pd.DataFrame
    price_yuan_per_t: pd.Series
    table: pd.DataFrame | None = None
    levels: pd.DataFrame | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class FrontierChoices:
    """How the distance function is estimated.

    Attributes
    ----------
    factors : fuel's variable in the panel → factor; only the fuels named are counted
    absent_as_zero : fuels whose absent cells mean that none was burnt
    years : first and last year of the panel used
    accounts_from : first year of the capital stock
    base_year : year whose observations are priced, and whose prices GDP and capital are in
    null_joint : whether output without emissions is ruled out
    capital : depreciation and initial stock
    steps, max_abatement : number of cost steps, and the largest cut as a share
    draws, seed : of the bootstrap; without draws the firmness of ranks is left out
    """

    factors: Mapping[str, float]
    base_year: int
    absent_as_zero: tuple[str, ...] = ()
    years: tuple[int, int] = (2005, 2017)
    accounts_from: int = 2000
    null_joint: bool = False
    capital: PerpetualInventory = field(default_factory=PerpetualInventory)
    steps: int = 12
    max_abatement: float = 0.6
    draws: int = 50
    seed: int = 2021


def frontier_costs(
    panel: pd.DataFrame,
    emissions_mt: pd.Series,
    choices: FrontierChoices,
    anchor_yuan_per_t: float | None = None,
) -> AbatementCosts:
    """Estimate abatement costs from the panel, with every curve on offer beside the one used.

    Parameters
    ----------
    panel : long panel, columns ``code, year, variable, value, unit``
    emissions_mt : index code, Mt; the study's emissions
    choices : how to estimate
    anchor_yuan_per_t : what the median price at zero cut shall be, yuan/t; None: as estimated

    Returns
    -------
    AbatementCosts

    Raises
    ------
    CapshareError
        where the panel lacks a variable, a province or the base year, or has none of a fuel.
    """
    observed = province_years(
        panel,
        choices.factors,
        years=choices.years,
        accounts_from=choices.accounts_from,
        price_year=choices.base_year,
        absent_as_zero=choices.absent_as_zero,
        capital=choices.capital,
    )
    base = observed.of_year(choices.base_year)
    functions = {
        name: estimate_distance_function(
            observed.observations, base, AignerChu(max_abatement=choices.max_abatement, null_joint=joint)
        )
        for name, joint in (("without null-jointness", False), ("with null-jointness", True))
    }
    used = "with null-jointness" if choices.null_joint else "without null-jointness"
    ordered = {used: functions[used], **functions}
    curves = _curves(ordered, base, emissions_mt, choices)
    price = functions[used].price_yuan_per_t(base)
    factor = 1.0 if anchor_yuan_per_t is None else anchor_factor(price, anchor_yuan_per_t)
    rules = AignerChu(max_abatement=choices.max_abatement, null_joint=choices.null_joint)
    ranks = None
    if choices.draws:
        ranks = rank_bootstrap(observed.observations, base, rules, draws=choices.draws, seed=choices.seed)
    levels = curve_levels(curves, anchor_yuan_per_t or float(price.median()))
    return AbatementCosts(
        steps=anchored_steps(curves[used], factor),
        price_yuan_per_t=price * factor,
        table=cost_table(functions[used], base, ranks).assign(used_price_yuan_per_t=price * factor),
        levels=levels,
        notes=(
            _level_note(len(observed.observations), used, levels, anchor_yuan_per_t),
            *axiom_notes(price, functions[levels.index[1]].price_yuan_per_t(base)),
            *observation_notes(observed),
            *envelopment_notes(envelopment_price_yuan_per_t(base[list(INPUTS)], base[GDP], base[EMISSIONS])),
        ),
    )


def productivity_costs(
    gdp_1e8yuan: pd.Series,
    emissions_mt: pd.Series,
    *,
    steps: int,
    max_abatement: float,
    anchor_yuan_per_t: float | None = None,
) -> AbatementCosts:
    """Costs that rise evenly to GDP per tonne, with their price; the naive curve.

    Parameters
    ----------
    gdp_1e8yuan : index code, 1e8 yuan
    emissions_mt : index code, Mt
    steps, max_abatement : number of steps, and the largest cut as a share
    anchor_yuan_per_t : what the median price shall be, yuan/t; None: as it is

    Returns
    -------
    AbatementCosts
    """
    table = productivity_steps(gdp_1e8yuan, emissions_mt, steps=steps, max_abatement=max_abatement)
    price = (YUAN_PER_T * gdp_1e8yuan / emissions_mt).rename("price_yuan_per_t")
    factor = 1.0 if anchor_yuan_per_t is None else anchor_factor(price, anchor_yuan_per_t)
    return AbatementCosts(steps=anchored_steps(table, factor), price_yuan_per_t=price * factor)


def _curves(
    functions: Mapping[str, DistanceFunction],
    base: pd.DataFrame,
    emissions_mt: pd.Series,
    choices: FrontierChoices,
) -> dict[str, pd.DataFrame]:
    size = {"steps": choices.steps}
    curves = {
        name: distance_function_steps(
            function, base, emissions_mt, **size, max_abatement=choices.max_abatement
        )
        for name, function in functions.items()
    }
    curves["productivity"] = productivity_steps(
        base[GDP], emissions_mt, **size, max_abatement=choices.max_abatement
    )
    return curves


def _level_note(count: int, used: str, levels: pd.DataFrame, anchor_yuan_per_t: float | None) -> Note:
    level = levels["first_step_median_yuan_per_t"]
    values = {
        "count": count,
        "curve": used,
        "level": level[used],
        "curves": [(name, level[name]) for name in levels.index[1:]],
        "correlations": levels["rank_correlation"].iloc[1:].tolist(),
    }
    if anchor_yuan_per_t is None:
        return caution("costs_as_estimated", **values)
    return caution("costs_scaled", **values, price=anchor_yuan_per_t, times=level[used] / anchor_yuan_per_t)
