"""From the long panel (one row per cell) to one row per province and year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.errors import CapshareError, Problem

SOURCE = "panel"
COLUMNS = ("code", "year", "variable", "value", "unit")


def panel_cells(panel: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    """Spread the named variables of a long panel over columns, after checking their units.

    Parameters
    ----------
    panel : columns ``code, year, variable, value, unit``, one row per cell
    units : the variables wanted and the unit each must have

    Returns
    -------
    DataFrame
        index (code, year), one column per variable in the order of ``units``; absent cells are NaN

    Raises
    ------
    CapshareError
        If a column or a variable is absent, codes are not text, a unit differs, or a cell appears twice.
    """
    absent = [name for name in COLUMNS if name not in panel.columns]
    if absent:
        raise CapshareError(
            Problem(
                SOURCE, "header", f"the columns {', '.join(COLUMNS)}", f"no {', '.join(absent)}", "Add them."
            )
        )
    wanted = panel.loc[panel["variable"].isin(list(units))]
    problems = [*_code_problems(wanted), *_unit_problems(wanted, units), *_duplicates(wanted)]
    if problems:
        raise CapshareError(problems)
    cells = wanted.pivot(index=["code", "year"], columns="variable", values="value")
    return cells.reindex(columns=list(units)).rename_axis(columns=None).astype(float)


def _code_problems(wanted: pd.DataFrame) -> list[Problem]:
    if pd.api.types.infer_dtype(wanted["code"]) in ("string", "empty"):
        return []
    found = str(wanted["code"].dtype)
    return [Problem(SOURCE, "column code", "codes as text", found, "Read the column as text.")]


def _unit_problems(wanted: pd.DataFrame, units: Mapping[str, str]) -> list[Problem]:
    problems = []
    for variable, unit in units.items():
        found = sorted(map(str, wanted.loc[wanted["variable"] == variable, "unit"].unique()))
        if not found:
            problems.append(
                Problem(SOURCE, f"variable {variable}", f"rows in {unit}", "none", "Add the variable.")
            )
        elif found != [unit]:
            problems.append(
                Problem(
                    SOURCE, f"variable {variable}", f"unit {unit}", ", ".join(found), "Convert the values."
                )
            )
    return problems


def _duplicates(wanted: pd.DataFrame) -> list[Problem]:
    twice = wanted.loc[wanted.duplicated(["code", "year", "variable"]), ["code", "year", "variable"]]
    return [
        Problem(SOURCE, f"{code}, {year}, {variable}", "one row", "several", "Keep one of them.")
        for code, year, variable in twice.drop_duplicates().itertuples(index=False)
    ]
