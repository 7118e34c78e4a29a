"""Abatement costs of a study: steps for the LP, by any method, and what is known of their level."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from capshare.base.notes import Note
from capshare.model.abatement.anchor import anchor_factor, anchored_steps
from capshare.model.abatement.axiom import axiom_notes
from capshare.model.abatement.bootstrap import rank_bootstrap
from capshare.model.abatement.choices import EstimateChoices
from capshare.model.abatement.cost_notes import estimate_notes, law_notes
from capshare.model.abatement.cost_table import cost_table, curve_levels, fit_table, rank_correlations
from capshare.model.abatement.curves import curve_used, curves_on_offer, price_before_any_cut
from capshare.model.abatement.estimate import Estimate, estimate
from capshare.model.abatement.frontier import Frontier
from capshare.model.abatement.given import flat_price_steps
from capshare.model.abatement.nonparametric import envelopment_notes, envelopment_price_yuan_per_t
from capshare.model.abatement.observations import ProvinceYears, observation_notes
from capshare.model.abatement.power_law import PowerLaw
from capshare.model.abatement.productivity import gdp_per_tonne_yuan, productivity_steps
from capshare.model.abatement.technology import LEVELS


@dataclass(frozen=True)
class AbatementCosts:
    """What abatement costs each province.

    Attributes
    ----------
    steps : index (code, step); ``size_mt, cost_yuan_per_t``, anchored where the study anchors
    price_yuan_per_t : index code; price at zero cut, anchored likewise; of the logarithmic curve, whose first
        tonne is free, the price at the cut where it meets the power law
    table : index code; inefficiency, price, slope, fit and the firmness of its rank; None without a panel
    levels : index curve; medians of several curves before anchoring; None without a panel
    law : of the curves that follow a power law of carbon intensity; None of others
    fit : index curve, one row; how the law fits; None without one
    notes : what a planner should know
    estimate : what the curve is made of; None without one
    """

    steps: pd.DataFrame
    price_yuan_per_t: pd.Series
    table: pd.DataFrame | None = None
    levels: pd.DataFrame | None = None
    law: PowerLaw | None = None
    fit: pd.DataFrame | None = None
    notes: tuple[Note, ...] = ()
    estimate: Estimate | None = None


def estimated_costs(
    observed: ProvinceYears,
    emissions_mt: pd.Series,
    choices: EstimateChoices,
    anchor_yuan_per_t: float | None = None,
) -> AbatementCosts:
    """Estimate abatement costs from province-years, with every curve on offer beside the one used.

    Parameters
    ----------
    observed : GDP, capital, labour, energy and emissions of each province and year
    emissions_mt : index code, Mt; the study's emissions
    choices : how to estimate
    anchor_yuan_per_t : what the median price at zero cut shall be, yuan/t; None: as estimated

    Returns
    -------
    AbatementCosts

    Raises
    ------
    CapshareError
        where the sample is too small or lacks a year, an argument is constant, no function keeps the axioms,
        or the prices follow no power law that a curve could be made of.
    """
    made = estimate(observed, choices)
    found, law = made.found, made.law_used
    costs = estimated_steps(made, emissions_mt, anchor_yuan_per_t)
    price, steps = costs.price_yuan_per_t, costs.steps
    base = observed.of_year(choices.years[1])
    curves = curves_on_offer(found, made.other, law, base, emissions_mt, choices.method, choices.shape)
    levels = curve_levels(curves, anchor_yuan_per_t or float(price.median())).join(
        rank_correlations(curves, base)
    )
    table = cost_table(found.function, found.sample.base, base["emissions_mt"], _ranks(found, choices))
    check = envelopment_price_yuan_per_t(
        base[list(LEVELS.inputs)], base[LEVELS.gdp], base[LEVELS.emissions], choices.disposability
    )
    return replace(
        costs,
        table=_with_fit(table, law, steps).assign(used_price_yuan_per_t=price),
        levels=levels,
        law=law,
        fit=None if law is None else fit_table(choices.method, law, found.trend_gain),
        notes=(
            estimate_notes(found, levels, anchor_yuan_per_t),
            *axiom_notes(_price_of(found), _price_of(made.other)),
            *law_notes(law, steps),
            *observation_notes(observed),
            *envelopment_notes(check),
        ),
    )


def estimated_steps(
    made: Estimate, emissions_mt: pd.Series, anchor_yuan_per_t: float | None = None
) -> AbatementCosts:
    """Steps and prices of the curve used, and nothing beside it.

    Parameters
    ----------
    made : of the province-years
    emissions_mt : index code, Mt; the study's emissions
    anchor_yuan_per_t : what the median price at zero cut shall be, yuan/t; None: as estimated
    """
    choices, law = made.choices, made.law_used
    steps, price = curve_used(made.found, law, emissions_mt, choices.method, choices.shape)
    factor = 1.0
    if anchor_yuan_per_t is not None:
        # In levels each province counts once, in the estimate as in the anchor.
        alike = pd.Series(1.0, index=emissions_mt.index)
        counted_by = emissions_mt if made.found.sample.technology.free_of_size else alike
        factor = anchor_factor(price_before_any_cut(made.found, law), counted_by, anchor_yuan_per_t)
    return AbatementCosts(anchored_steps(steps, factor), price * factor, estimate=made)


def _price_of(found: Frontier) -> pd.Series:
    """Price at the emissions of the base year, yuan/t, before any law or anchor."""
    return found.function.price_yuan_per_t(found.sample.base)


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
    price = gdp_per_tonne_yuan(gdp_1e8yuan, emissions_mt)
    return _scaled(table, price, emissions_mt, anchor_yuan_per_t)


def given_costs(
    price_yuan_per_t: pd.Series,
    emissions_mt: pd.Series,
    *,
    max_abatement: float,
    anchor_yuan_per_t: float | None = None,
) -> AbatementCosts:
    """Costs as a table gives them, the same for every tonne of a province.

    Parameters
    ----------
    price_yuan_per_t : index code, yuan/t
    emissions_mt : index code, Mt
    max_abatement : the largest cut as a share
    anchor_yuan_per_t : what the median price shall be, yuan/t; None: as given

    Returns
    -------
    AbatementCosts
    """
    table = flat_price_steps(price_yuan_per_t, emissions_mt, max_abatement=max_abatement)
    return _scaled(table, price_yuan_per_t.rename("price_yuan_per_t"), emissions_mt, anchor_yuan_per_t)


def _scaled(
    steps: pd.DataFrame, price: pd.Series, emissions_mt: pd.Series, anchor_yuan_per_t: float | None
) -> AbatementCosts:
    factor = 1.0 if anchor_yuan_per_t is None else anchor_factor(price, emissions_mt, anchor_yuan_per_t)
    return AbatementCosts(steps=anchored_steps(steps, factor), price_yuan_per_t=price * factor)


def _ranks(found: Frontier, choices: EstimateChoices) -> pd.DataFrame | None:
    if not choices.draws:
        return None
    return rank_bootstrap(found.sample, choices.rules, draws=choices.draws, seed=choices.seed)


def _with_fit(table: pd.DataFrame, law: PowerLaw | None, steps: pd.DataFrame) -> pd.DataFrame:
    of_province = steps["cost_yuan_per_t"].groupby(level="code")
    ends = {"first_step_yuan_per_t": of_province.first(), "last_step_yuan_per_t": of_province.last()}
    return (table if law is None else table.join(law.provinces)).assign(**ends)
