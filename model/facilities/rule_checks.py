"""What of a table of facilities the rules of their sectors cannot deal with."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.model.facilities.rules import OUTPUT, SectorRule


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
    known = rows["unit_class"].isin(["", *rule.classes.index])
    if len(rule.classes):
        for row, name in rows.loc[~known, "unit_class"].items():
            expected = f"a unit class with a benchmark for {rule.sector} {year}"
            remedy = suggestion(str(name), map(str, rule.classes.index))
            problems.append(Problem(source, f"row {row}, column unit_class", expected, shown(name), remedy))
    heated = rows["heat_gj"] > 0
    if rule.form == OUTPUT:
        lacking = rows["benchmark"].isna() & (rows["unit_class"] == "") & (rule.benchmark is None)
        heated &= rows["unit_class"] == ""
        heat_remedy = "State its class, which has a benchmark of heat."
    else:
        lacking = pd.Series(False, rows.index)
        heat_remedy = f"Leave the cell blank: quotas of {rule.sector} in {year} are not issued for heat."
    remedy = "State its class or a benchmark of its own."
    problems += [
        Problem(source, f"row {row}, column unit_class", "a unit class or a benchmark", "neither", remedy)
        for row in rows.index[lacking]
    ]
    return problems + [
        Problem(
            source, f"row {row}, column heat_gj", "heat that has a benchmark", f"{heat:g} GJ", heat_remedy
        )
        for row, heat in rows.loc[heated, "heat_gj"].items()
    ]
