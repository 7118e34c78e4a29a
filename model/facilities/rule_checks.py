"""What of a table of facilities the rules of their sectors cannot deal with."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.model.facilities.rules import OUTPUT, SectorRule

_STATE = "State its class, or a benchmark of its own in the table."


def rule_problems(
    table: pd.DataFrame, rules: Mapping[str, SectorRule], year: int, source: str
) -> list[Problem]:
    """Rows without a rule, of an unknown class, without a benchmark, or with heat that nothing is issued for.

    Parameters
    ----------
    table : of one year, index row number in the file; as of
        :func:`capshare.model.facilities.benchmarks.benchmarks`, and ``heat_gj``
    rules : sector → its rule in the year
    year : of the table
    source : what to call the file in a message

    Returns
    -------
    list of Problem
    """
    problems = []
    for sector in table["sector"].dropna().unique():
        rows = table[table["sector"] == sector]
        if sector in rules:
            problems += _of_sector(rows, rules[sector], year, source)
        else:
            expected = f"a year for which the rules say how {sector} gets its quotas"
            remedy = "Choose another year with --year, or state a rule with --parameters."
            problems.append(Problem(source, f"row {rows.index[0]}", expected, str(year), remedy))
    return problems


def _of_sector(rows: pd.DataFrame, rule: SectorRule, year: int, source: str) -> list[Problem]:
    problems = []
    named, stated = rows["unit_class"] != "", rows["benchmark"].notna()
    unknown = named & ~rows["unit_class"].isin(rule.classes.index)
    by_output = rule.form == OUTPUT
    # A class that nothing depends on may have any name.
    told = unknown & (bool(len(rule.classes)) | (by_output & (rule.benchmark is None) & ~stated))
    names = list(map(str, rule.classes.index))
    for row, name in rows.loc[told, "unit_class"].items():
        expected = f"a unit class with a benchmark for {rule.sector} {year}"
        remedy = suggestion(str(name), names) if names else f"None is known for {year}. {_STATE}"
        problems.append(Problem(source, f"row {row}, column unit_class", expected, shown(name), remedy))
    lacking = ~named & ~stated & (by_output & (rule.benchmark is None))
    found = "neither" if names else f"neither, and none is known for {year}"
    problems += [
        Problem(source, f"row {row}, column unit_class", "a unit class or a benchmark", found, _STATE)
        for row in rows.index[lacking]
    ]
    without = ~stated & ~rows["unit_class"].isin(rule.classes.index)
    if not by_output and rule.benchmark is None and without.any() and not (rows["emissions_t"] > 0).any():
        expected = f"emissions above 0 of some facility of {rule.sector}, as the mean is its benchmark"
        problems.append(Problem(source, "column emissions_t", expected, "none", "State a benchmark."))
    return problems + _heat_problems(rows, rule, year, source)


def _heat_problems(rows: pd.DataFrame, rule: SectorRule, year: int, source: str) -> list[Problem]:
    """Heat for which no quota would be issued."""
    heated = (rows["heat_gj"] > 0) & ~rows["unit_class"].isin(rule.classes.index)
    remedy = "State its class, which has a benchmark of heat."
    if rule.form != OUTPUT:
        heated = rows["heat_gj"] > 0
        remedy = f"Leave the cell blank: quotas of {rule.sector} in {year} are not issued for heat."
    expected = "heat that has a benchmark"
    return [
        Problem(source, f"row {row}, column heat_gj", expected, f"{heat:g} GJ", remedy)
        for row, heat in rows.loc[heated, "heat_gj"].items()
    ]
