"""A native chart as a value: what it draws, from which cells, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from capshare.reports.workbook.grid import Grid, Label


@dataclass(frozen=True)
class Cells:
    """Cells of one column, below one another.

    Attributes
    ----------
    sheet : title
    column : number, from 1
    first, last : rows, from 1
    """

    sheet: str
    column: int
    first: int
    last: int

    def listed(self) -> list[str | int]:
        """As XlsxWriter takes it: title, first row and column, last row and column, from 0."""
        return [self.sheet, self.first - 1, self.column - 1, self.last - 1, self.column - 1]


@dataclass(frozen=True)
class Series:
    """One row of bars or marks.

    Attributes
    ----------
    name : in the legend
    values : cells that it draws
    colour : "#0072B2"; "" draws nothing, and leaves it out of the legend
    each : colour of each bar, where they differ
    mark : draws marks of this form in place of bars
    """

    name: str
    values: Cells
    colour: str
    each: Sequence[str] = ()
    mark: Literal["", "long_dash", "diamond"] = ""


@dataclass(frozen=True)
class Chart:
    """Bars by category, with marks on them where asked for.

    Attributes
    ----------
    title, axis : its title, and that of the axis of values
    categories : cells with the words below the bars
    series : in the order they are drawn
    row, column : cell of its upper left corner, from 1
    width_cm, height_cm : its size
    title_cell, axis_cell : cells that say these, "'Summary'!$B$6"; "" keeps the words
    stacked : whether the bars stand upon one another
    least : where the axis of values begins; None leaves it to the spreadsheet
    own_page : whether it may take a page of its own on paper, where it does not fit beside its table
    """

    title: str
    axis: str
    categories: Cells
    series: Sequence[Series]
    row: int
    column: int
    width_cm: float
    height_cm: float
    title_cell: str = ""
    axis_cell: str = ""
    stacked: bool = False
    least: float | None = None
    own_page: bool = False


def column_cells(grid: Grid, name: str, labels: Sequence[Label] | None = None) -> Cells:
    """A column of a table, or neighbouring rows of it.

    Parameters
    ----------
    grid : of the table
    name : of the column
    labels : of rows that stand below one another, the first and the last suffice; None for all rows
    """
    rows = grid.labels if labels is None else labels
    return Cells(grid.sheet, grid.place(name), grid.row(rows[0]), grid.row(rows[-1]))
