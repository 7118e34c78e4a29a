"""Excel about: what a workbook says of its dataset and of its columns."""

from __future__ import annotations

from typing import Any

from capshare.base.errors import Problem
from capshare.base.shown import shown
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


def about_dataset(rows: Rows, file: str) -> tuple[dict[str, str], list[Problem]]:
    """What the sheet ``dataset`` says.

    Parameters
    ----------
    rows, file : as of :func:`about_columns`

    Returns
    -------
    ``name``, ``title`` and ``base_year`` as texts, and the problems found
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
