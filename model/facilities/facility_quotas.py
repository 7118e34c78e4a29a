"""Quotas of every facility of a table in one year, and what it hands in for its emissions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from capshare.model.facilities.benchmarks import benchmarks
from capshare.model.facilities.compliance import compliance
from capshare.model.facilities.issue import advance_basis_t, advance_t, settled_t
from capshare.model.facilities.quota import band_quota_t, benchmark_emissions_t, deviation, intensity
from capshare.model.facilities.rules import BAND, FORMS, OUTPUT, SectorRule, Terms

FIRST_COLUMNS = (
    *("facility", "province", "sector", "emissions_t", "output", "intensity", "benchmark", "deviation"),
    *("quota_t", "advance_t", "settled_t", "offset_limit_t", "surrender_t", "shortfall_t"),
)
FURTHER_COLUMNS = (
    *("year", "form", "benchmark_source", "unit_class", "heat_gj", "heat_benchmark", "advance_basis_t"),
    *("advance_basis", "carried_t", "offsets_t", "offsets_used_t", "surplus_t", "penalty_yuan", "status"),
)


def facility_quotas(
    table: pd.DataFrame, earlier_t: pd.Series, rules: Mapping[str, SectorRule], terms: Terms
) -> pd.DataFrame:
    """Quotas of facilities by the rules of their sectors.

    Parameters
    ----------
    table : of one year, index row; ``facility, code, sector, year, emissions_t, output, benchmark,
        unit_class, heat_gj, previous_emissions_t, carried_t, offsets_t, status``, amounts in t CO2, blank
        ones NaN
    earlier_t : index facility; emissions of the year before where the table has a row of it, t CO2
    rules : sector → its rule in that year
    terms : of the market

    Returns
    -------
    DataFrame, index as of the table; `FIRST_COLUMNS`, then `FURTHER_COLUMNS`
    """
    emissions_t, output = table["emissions_t"], table["output"]
    measured = benchmarks(table, rules)
    heat_gj, carried_t, offsets_t = (
        table[name].fillna(0.0) for name in ("heat_gj", "carried_t", "offsets_t")
    )
    expected_t = benchmark_emissions_t(output, measured["benchmark"], heat_gj, measured["heat_benchmark"])
    away = deviation(emissions_t, expected_t)
    form, slope, band = (_of_sector(table, rules, name) for name in ("form", "slope", "band"))
    within_t = band_quota_t(emissions_t, away, slope.astype(float), band.astype(float))
    quota_t = emissions_t.where(form != BAND, within_t).where(form != OUTPUT, expected_t)
    stated_t = table["previous_emissions_t"]
    if not earlier_t.empty:
        stated_t = stated_t.where(stated_t.notna(), table["facility"].map(earlier_t).astype(float))
    basis_t, basis = advance_basis_t(stated_t, emissions_t)
    issued_t = advance_t(basis_t, terms.advance_share)
    columns = {
        **{name: table[name] for name in ("facility", "sector", "year", "unit_class", "status")},
        **{"province": table["code"], "emissions_t": emissions_t, "output": output},
        **{"intensity": intensity(emissions_t, output), "deviation": away, "quota_t": quota_t},
        **{"advance_t": issued_t, "settled_t": settled_t(quota_t, issued_t)},
        **{"form": form, "advance_basis_t": basis_t, "advance_basis": basis},
        **{"heat_gj": heat_gj, "carried_t": carried_t, "offsets_t": offsets_t},
        **measured,
        **compliance(emissions_t, quota_t, carried_t, offsets_t, terms),
    }
    ordered = {name: columns[name] for name in (*FIRST_COLUMNS, *FURTHER_COLUMNS)}
    return pd.DataFrame(ordered, copy=False)


def _of_sector(table: pd.DataFrame, rules: Mapping[str, SectorRule], name: str) -> pd.Series:
    """What the rule of each row's sector says."""
    sectors = table["sector"].cat
    values = [
        getattr(rules[sector], name, None) if sector in rules else None for sector in sectors.categories
    ]
    places = sectors.codes.to_numpy()
    if name == "form":
        codes = np.array([-1 if form is None else FORMS.index(form) for form in values], dtype="int8")
        return pd.Series(pd.Categorical.from_codes(codes[places], pd.Index(FORMS)), table.index)
    return pd.Series(np.array(values, dtype=float)[places], table.index)
