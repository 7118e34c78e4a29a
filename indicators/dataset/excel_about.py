"""Excel about: what a workbook says of its dataset and of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.column_roles import ColumnRoles, read_column_roles
from capshare.indicators.dataset.excel_cells import Rows
from capshare.indicators.dataset.excel_sheets import fixed_sheet

_YES_NO = ("yes", "no")


def about_columns(rows: Rows, file: str) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """What the sheet ``columns`` says.

    Parameters
    ----------
    rows : of the sheet, its heading first
    file : named in messages

    Returns
    -------
    column → its cells by the sheet's headings, and the problems found
    """
    if len(rows) < 2:
        return {}, []
    table = fixed_sheet("columns", rows, file).typed()
    frame, problems = table.frame, list(table.problems)
    if "may_be_blank" in frame:
        said = frame["may_be_blank"].str.strip().str.casefold()
        problems += [
            Problem(table.resource.path, f"row {row}, column may_be_blank", "yes or no", shown(value),
                    "Choose one from the list.")
            for row, value in said[~said.isin(["", *_YES_NO])].items()
        ]  # fmt: skip
    if "column" not in frame:
        return {}, problems
    return {str(row["column"]): row for row in frame.dropna(subset="column").to_dict("records")}, problems  # type: ignore[misc]


def roles_in_sheet(
    described: Mapping[str, Mapping[str, Any]], figures: Mapping[str, tuple[str, ...]], file: str
) -> tuple[ColumnRoles, list[Problem]]:
    """Roles that the sheet ``columns`` gives to columns of sheet ``provinces``, whatever their headings.

    Parameters
    ----------
    described : column → what the sheet says of it, as of :func:`about_columns`
    figures : sheet → its columns, or the variables of a long one
    file : named in messages

    Returns
    -------
    ColumnRoles, and the problems found
    """
    source, said = f"{file}, sheet columns", dict[str, str]()
    problems: list[Problem] = []
    for column, row in described.items():
        role = str(row.get("role") or "").strip()
        if role in said:
            found = f"{said[role]} and {column}"
            problems.append(Problem(source, f"role {role}", "one column of each role", found, "Keep one."))
        elif role:
            said[role] = column
    roles, found_there = read_column_roles({"provinces": said}, figures)
    problems += [
        replace(problem, source=source, place=problem.place.rpartition(".")[2]) for problem in found_there
    ]
    return roles, problems


def about_dataset(rows: Rows, file: str) -> tuple[dict[str, str], list[Problem]]:
    """What the sheet ``dataset`` says.

    Parameters
    ----------
    rows, file : as of :func:`about_columns`

    Returns
    -------
    ``name``, ``title``, ``base_year`` and ``region_word`` as texts, and the problems found
    """
    table = fixed_sheet("dataset", rows, file).typed()
    source, problems = table.resource.path, list(table.problems)
    if problems:
        return {}, problems
    said = dict(zip(table.frame["item"].str.strip(), table.frame["value"].str.strip(), strict=True))
    for item, expected in (("name", "a name"), ("base_year", "a year, for example 2020")):
        value = said.get(item, "")
        if not value or (item == "base_year" and not (value.isdecimal() and len(value) == 4)):
            found = shown(value) if item in said else "no such row"
            problems.append(Problem(source, f"item {item}", expected, found, "Fill in its value."))
    return said, problems
