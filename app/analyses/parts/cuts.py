"""Cuts of carbon intensity as a plan assigns them: entitled, allocated, rounded, and what decided each."""

from __future__ import annotations

import pandas as pd

from capshare.analyses.parts.market_sectors import market_sectors
from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.model.allocation.prices import rule_part
from capshare.model.targets.cuts import cut_pct, decided_by
from capshare.model.targets.rest import rest_rounded_cuts
from capshare.model.targets.rounding import rounded_cuts


def assigned_cuts(found: PreparedStudy, solved: YearlyAllocations) -> pd.DataFrame | None:
    """Rows of ``targets.csv``: the cuts of the last year, against emissions at constant intensity.

    Parameters
    ----------
    found, solved : of the run

    Returns
    -------
    DataFrame, index code; None where the study sets no targets
    """
    asked, numbers = found.study.targets, found.numbers.sharing.targets
    if asked is None or numbers is None:
        return None
    year, names = found.inputs.years[-1], found.inputs.dataset.regions.names
    constant, own = numbers.constant_intensity_mt[year], in_year(solved.entitled, year)
    cut = cut_pct(own["quota_mt"], constant)
    rounded = rounded_cuts(
        cut,
        constant,
        float(cut_pct(solved.data[year].caps_mt, constant.sum()).iloc[0]),
        step_points=asked.round_to_points,
        band_pct=(asked.band_pct[0], asked.band_pct[1]),
    )
    group = found.blocks.group if asked.tiers != "none" else pd.Series("", index=constant.index)
    return pd.DataFrame(
        {
            "name_en": names["name_en"].reindex(constant.index),
            "name_zh": names["name_zh"].reindex(constant.index),
            "tier": group.reindex(constant.index),
            "entitled_cut_pct": cut_pct(own["entitlement_mt"], constant),
            "cut_pct": cut,
            "rounded_cut_pct": rounded,
            "quota_mt": own["quota_mt"],
            "rounded_quota_mt": constant * (1 - rounded / 100),
            "base_emissions_mt": found.inputs.emissions_mt,
            "constant_intensity_mt": constant,
            "decided_by": decided_in(solved, year),
            **_of_parts(found, constant * (1 - rounded / 100), year, asked.round_to_points),
            **_earlier_plans(found),
        }
    ).rename_axis("code")


def decided_in(solved: YearlyAllocations, year: int) -> pd.Series:
    """What decided each quota of a year.

    Parameters
    ----------
    solved : of the run
    year : one of its years

    Returns
    -------
    Series, index code; as of :func:`~capshare.model.targets.cuts.decided_by`
    """
    prices, data = in_year(solved.prices, year), solved.data[year]
    rules = rule_part(prices["price_yuan_per_t"], data)
    return decided_by(prices, rules, data.provinces.index, data.provinces["tier"])


def _of_parts(
    found: PreparedStudy, rounded_quota_mt: pd.Series, year: int, step_points: float
) -> dict[str, pd.Series]:
    """What a rounded cut means inside the national market and outside, which the province answers for."""
    whole = market_sectors(found, pd.concat({year: rounded_quota_mt}, names=["year", "code"]))
    if whole is None or "gdp_ratio" not in whole:
        return {}
    parts = in_year(whole, year)
    rest = parts["rest_cut_pct"]
    return {
        "market_cut_at_target_pct": parts["market_cut_pct"],
        "rest_cut_at_target_pct": rest,
        "rest_rounded_cut_pct": rest_rounded_cuts(rest, parts["rest_mt"] * parts["gdp_ratio"], step_points),
    }


def _earlier_plans(found: PreparedStudy) -> dict[str, pd.Series]:
    """Cuts that earlier plans assigned, by the dataset's own list of them."""
    dataset = found.inputs.dataset
    return {f"cut_{plan.name}_pct": dataset.assigned_cuts(plan) for plan in dataset.facts.roles.plans}
