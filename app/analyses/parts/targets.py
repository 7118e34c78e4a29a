"""Targets as provinces are given them: what each quota means for carbon intensity."""

from __future__ import annotations

import pandas as pd

from capshare.analyses.parts.pledge import pledge_beside_plan
from capshare.base.years import in_year
from capshare.chain.achieved_cut import panel_emissions_mt
from capshare.chain.base_year import base_year_gdp
from capshare.chain.prepared import PreparedStudy
from capshare.indicators.dataset.column_names import year_of
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.sizes import size_column
from capshare.model.abatement.constant_prices import constant_price_accounts
from capshare.model.outcome.intensity_targets import (
    T_PER_1E4YUAN,
    EarlierPlan,
    ReferenceIntensity,
    beside_earlier_plan,
    implied_intensity,
)
from capshare.model.outcome.targets import ProvincialTargets


def quota_intensity(found: PreparedStudy, quota_mt: pd.Series) -> pd.DataFrame | None:
    """Intensity that each quota implies, and its cut.

    Parameters
    ----------
    found : a study's chain
    quota_mt : index (year, code), Mt

    Returns
    -------
    DataFrame, index as given; ``base_intensity_t_per_1e4yuan, intensity_t_per_1e4yuan, cut_vs_base_pct``,
        and the cut against the reference year where that is known; None where the dataset has no GDP
    """
    inputs, column = found.inputs, _gdp_column(found)
    if size_column(inputs.dataset, column) is None:
        return None
    base_gdp = base_year_gdp(found.study, inputs.dataset, column)
    then = _reference_intensity(found)
    parts = {}
    for year in inputs.years:
        gdp = base_gdp if inputs.gdp_1e8yuan is None else inputs.gdp_1e8yuan[year]
        parts[year] = implied_intensity(
            quota_mt.loc[year], gdp, inputs.emissions_mt, base_gdp, reference=then
        )
    return pd.concat(parts, names=["year", "code"])


def _gdp_column(found: PreparedStudy) -> str:
    """GDP of the base year: what later years grow from, so that a cut is of one and the same GDP."""
    baseline, prices = found.study.baseline, found.study.prices
    return baseline.gdp_column if baseline is not None and baseline.method == "growth" else prices.gdp_column


def provincial_targets(
    found: PreparedStudy, quota_mt: pd.Series, cuts: pd.DataFrame | None = None
) -> ProvincialTargets | None:
    """The years after the base year as targets are given, beside the pace that the last plan asked for.

    Parameters
    ----------
    found : a study's chain
    quota_mt : index (year, code), Mt
    cuts : of :func:`~capshare.analyses.parts.cuts.assigned_cuts`

    Returns
    -------
    ProvincialTargets; the columns of :func:`quota_intensity` and of
        :func:`~capshare.model.outcome.intensity_targets.beside_earlier_plan`; without years after the base
        year what the quotas imply alone; None where the dataset has no GDP of the year of its
        emissions
    """
    base, dataset = found.study.study.base_year, found.inputs.dataset
    implied = quota_intensity(found, quota_mt)
    named = size_column(dataset, _gdp_column(found))
    # The cut holds whatever GDP is taken for both years; intensity wants that of the emissions' own year.
    if implied is None or named is None or year_of(named, dataset.base_year) != dataset.base_year:
        return None
    later = [year for year in found.inputs.years if year > base]
    pledge = pledge_beside_plan(found)
    plan = _last_plan_before(dataset, base)
    if not later or plan is None:
        return ProvincialTargets(implied, cuts, pledge)
    parts = {}
    for year in later:
        of_year = in_year(implied, year)
        asked = beside_earlier_plan(of_year["cut_vs_base_pct"], plan, base_year=base, year=year)
        parts[year] = of_year.join(asked)
    return ProvincialTargets(pd.concat(parts, names=["year", "code"]), cuts, pledge)


def _last_plan_before(dataset: Dataset, base_year: int) -> EarlierPlan | None:
    """The newest plan that began before the base year; None where the dataset states none."""
    begun = [plan for plan in dataset.facts.roles.plans if plan.first_year < base_year]
    if not begun:
        return None
    plan = max(begun, key=lambda plan: plan.first_year)
    return EarlierPlan(plan.name, plan.last_year - plan.first_year, dataset.assigned_cuts(plan))


def _reference_intensity(found: PreparedStudy) -> ReferenceIntensity | None:
    """Intensity of the reference year by the study's own fuels at base-year prices; None where unknown."""
    study, dataset = found.study, found.inputs.dataset
    since = dataset.facts.roles.reference_year
    if study.emissions.method != "fuels" or dataset.panel is None or since is None:
        return None
    accounts = constant_price_accounts(
        dataset.panel,
        price_year=study.study.base_year,
        first_year=since,
        last_year=study.study.base_year,
    )
    gdp = accounts["gdp_1e8yuan"].xs(since, level="year")
    return ReferenceIntensity(since, T_PER_1E4YUAN * panel_emissions_mt(study, dataset, since) / gdp)
