"""Formulas of a row that look its year or its province up; the year plays no part where one is shown."""

from __future__ import annotations

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Label


def of_cap(builder: WorkbookBuilder, here: str, name: str, row: Label) -> str:
    """What the cap path says of the row's year.

    Parameters
    ----------
    builder : with the place of ``cap``
    here : grid that the formula stands in
    name : column of the cap path
    row : label (year, code) or (year, block)
    """
    cap = builder.grids["cap"]
    if not builder.data.several:
        return cap.ref(name, row[0])
    return cap.find(name, builder.grids[here].at("year", row), "year")


def of_province(builder: WorkbookBuilder, here: str, source: str, name: str, row: Label) -> str:
    """What a table of the provinces, of no year, says of the row's province.

    Parameters
    ----------
    builder, here, row : as of :func:`of_cap`
    source, name : grid with one row per province, and a column of it
    """
    table = builder.grids[source]
    if not builder.data.several:
        return table.peer(name, row[1])
    return table.find(name, builder.grids[here].at("code", row), "code")


def sum_of_year(builder: WorkbookBuilder, source: str, name: str, row: Label) -> str:
    """Sum of a column over the rows of the row's year, in its own table.

    Parameters
    ----------
    builder, row : as of :func:`of_cap`
    source, name : grid that the formula stands in, and a column of it
    """
    grid = builder.grids[source]
    if not builder.data.several:
        return f"SUM({grid.span(name)})"
    return grid.sum_where(name, year=grid.at("year", row))
