"""Quotas that are left of a year and carried into the next: what a table states, else what its rows give."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from capshare.base.frames import require_same_index
from capshare.model.facilities.benchmarks import benchmarks
from capshare.model.facilities.facility_quotas import facility_quotas
from capshare.model.facilities.rules import SectorRule, Terms

STATED, LEFT, NOTHING, UNKNOWN = SOURCES = ("table", "last year", "nothing", "unknown")
"""Where carried quotas are from; "unknown" where the rules give no quota for the row of the year before."""


def carried_t(
    stated_t: pd.Series, left_t: pd.Series, has_row_before: pd.Series
) -> tuple[pd.Series, pd.Series]:
    r"""Quotas that a facility brings from earlier years.

    .. math:: C_t = \begin{cases}\text{as stated}\\ S_{t-1} & \text{where the cell is blank}\end{cases}

    Parameters
    ----------
    stated_t : of the table, t CO2, index row; NaN where blank
    left_t : :math:`S_{t-1}`, surplus of the year before, t CO2; NaN where unknown
    has_row_before : whether the table has the facility in the year before

    Returns
    -------
    Series of t CO2, 0 where nothing is known; and Series of where it is from, one of `SOURCES`
    """
    require_same_index("carried_t", stated_t=stated_t, left_t=left_t, has_row_before=has_row_before)
    codes = np.select(
        [stated_t.notna(), left_t.notna(), ~has_row_before],
        [SOURCES.index(name) for name in (STATED, LEFT, NOTHING)],
        SOURCES.index(UNKNOWN),
    )
    source = pd.Categorical.from_codes(codes, pd.Index(SOURCES))
    return stated_t.fillna(left_t).fillna(0.0), pd.Series(source, stated_t.index)


def of_year(whole: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows of one year; the table itself, not a copy of its millions of cells, where it has no other.

    Parameters
    ----------
    whole : ``year``
    year : of the rows wanted
    """
    is_asked = whole["year"] == year
    return whole if is_asked.all() else whole[is_asked]


def quotas_through_years(
    whole: pd.DataFrame, year: int, rules_in: Callable[[int], Mapping[str, SectorRule]], terms: Terms
) -> pd.DataFrame:
    """Quotas of a year, after those of the years without a gap before it, whose surplus is carried on.

    Parameters
    ----------
    whole : of every year, index row; as of
        :func:`capshare.model.facilities.facility_quotas.facility_quotas`
    year : whose quotas are asked for; the rules know all its sectors and classes
    rules_in : year → sector → its rule; of an earlier year a sector may have none
    terms : of the market

    Returns
    -------
    DataFrame as of :func:`capshare.model.facilities.facility_quotas.facility_quotas`, and ``carried_source``
    """
    known, first = set(whole["year"].dropna().astype(int)), year
    while first - 1 in known:
        first -= 1
    before = pd.DataFrame({"emissions_t": [], "surplus_t": []}, index=pd.Index([], dtype="str"), dtype=float)
    for each in range(first, year):
        before = _left(_with_carried(of_year(whole, each), before), before, rules_in(each), terms)
    table = _with_carried(of_year(whole, year), before)
    quotas = facility_quotas(table.astype({"year": int}), before["emissions_t"], rules_in(year), terms)
    return quotas.assign(carried_source=table["carried_source"])


def _with_carried(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """A year's table, blank cells of what is carried filled in."""
    if before.empty:
        left_t, has_row = pd.Series(np.nan, table.index), pd.Series(False, table.index)
    else:
        left_t = table["facility"].map(before["surplus_t"]).astype(float)
        # Not ``isin``: of texts in Arrow it takes seconds for a million.
        found = before.index.get_indexer(pd.Index(table["facility"])) >= 0
        has_row = pd.Series(found, table.index, dtype=bool)
    held_t, source = carried_t(table["carried_t"].astype(float), left_t, has_row)
    return table.assign(carried_t=held_t, carried_source=source)


def _left(
    table: pd.DataFrame, before: pd.DataFrame, rules: Mapping[str, SectorRule], terms: Terms
) -> pd.DataFrame:
    """Emissions of a year, and what is left of it, NaN where the rules give no quota; index facility."""
    with_rule = table[table["sector"].isin(list(rules))]
    measured = benchmarks(with_rule, rules)
    heat_counts = ~(with_rule["heat_gj"].fillna(0.0) > 0) | (measured["heat_benchmark"] > 0)
    clear = with_rule[measured["benchmark"].notna() & heat_counts]
    quotas = facility_quotas(clear, before["emissions_t"], rules, terms)
    found = table[["facility", "emissions_t"]].assign(surplus_t=quotas["surplus_t"])
    return found.set_index("facility")
