"""Sheets of a comparison: one table each, given column by column, with formulas that name columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

from capshare.reports.words.catalogue import text
from capshare.reports.workbook.builder import HEADING_ROW
from capshare.reports.workbook.cells import column_form
from capshare.reports.workbook.formats import mark_negative
from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.layout import fit, lay_out, make_room
from capshare.reports.workbook.sheet import Sheet
from capshare.reports.workbook.text_cells import put_text
from capshare.reports.workbook.writer import BookWriter


@dataclass
class _Column:
    """A column: a value is a number, text, None for an empty cell, or a pair of a formula and its value."""

    heading: str
    cells: Sequence[Any]
    unit: str
    of_unit: Sequence[str] | None
    total: bool
    marked: bool


@dataclass
class Spread:
    """A table given column by column.

    Attributes
    ----------
    heading, labels : of the first column, which says what the rows are
    columns : the others, in order
    """

    heading: str
    labels: Sequence[object]
    columns: list[_Column] = field(default_factory=list)

    def column(
        self,
        heading: str,
        cells: Sequence[Any],
        unit: str = "",
        *,
        of_unit: Sequence[str] | None = None,
        total: bool = False,
        marked: bool = False,
    ) -> None:
        """Add a column.

        Parameters
        ----------
        heading : without the unit
        cells : per row a number, text, None, or a pair of a formula and what it gives; in a formula ``{n}``
            is the cell of the same row in column n, the labels being column 0
        unit : of all cells
        of_unit : unit of each row, where they differ
        total : whether the sum stands below
        marked : whether numbers below zero are red
        """
        self.columns.append(_Column(heading, cells, unit, of_unit, total, marked))

    def values(self, place: int) -> list[Any]:
        """Values of a column, the labels being column 0; of a formula what it gives.

        Parameters
        ----------
        place : number of the column
        """
        cells: Sequence[Any] = self.labels if place == 0 else self.columns[place - 1].cells
        return [cell[1] if isinstance(cell, tuple) else cell for cell in cells]


class ComparisonBuilder(BookWriter):
    """The workbook of a comparison in the making.

    Attributes
    ----------
    year : that its titles name
    """

    def __init__(self, lang: str, sheets: Sequence[str], year: int) -> None:
        super().__init__(lang, (text(f"compare.{key}.title", lang) for key in sheets))
        self.year = year

    def title(self, key: str) -> str:
        """Title of a sheet.

        Parameters
        ----------
        key : of the sheet, "quotas"
        """
        return text(f"compare.{key}.title", self.lang)

    def sheet(self, key: str) -> Sheet:
        """A sheet by its key.

        Parameters
        ----------
        key : as of :meth:`title`
        """
        return self.book[self.title(key)]

    def say(self, key: str, words: str) -> None:
        """Write a sentence of the catalogue in place of a table.

        Parameters
        ----------
        key : as of :meth:`title`
        words : key of the sentence, below ``compare``
        """
        sheet = self._open(key)
        put_text(sheet, HEADING_ROW, 1, text(f"compare.{words}", self.lang))
        lay_out(sheet)

    def write(self, key: str, spread: Spread, frozen: int = 1) -> None:
        """Write a table on its sheet.

        Parameters
        ----------
        key : of the sheet
        spread : the table
        frozen : columns that stay in sight
        """
        sheet = self._open(key)
        names = tuple(map(str, range(len(spread.columns) + 1)))
        grid = Grid(sheet.title, HEADING_ROW, tuple(range(len(spread.labels))), names)
        first = _Column(spread.heading, spread.labels, "", None, False, False)
        for place, column in enumerate([first, *spread.columns]):
            self._column(sheet, grid, place, column, spread.values(place))
        if any(column.total for column in spread.columns):
            self._put(sheet, grid.bottom + 1, 1, text("compare.total", self.lang), "")
        lay_out(sheet, grid, frozen)

    def _open(self, key: str) -> Sheet:
        sheet = self.sheet(key)
        title = text(f"compare.{key}.table", self.lang, year=self.year)
        lead, back = (text(f"compare.{words}", self.lang) for words in (f"{key}.lead", "back"))
        self.begin(sheet, title, lead, back, self.title("contents"))
        return sheet

    def _column(self, sheet: Sheet, grid: Grid, place: int, column: _Column, values: list[Any]) -> None:
        numbers = [value for value in values if isinstance(value, Real)]
        heading = self.head(sheet, HEADING_ROW, place + 1, column.heading, column.unit, bool(numbers))
        units = column.of_unit or [column.unit] * len(values)
        for row, (cell, own) in enumerate(zip(column.cells, units, strict=True)):
            if cell is not None:
                written = self._formula(grid, row, cell) if isinstance(cell, tuple) else cell
                self._put(sheet, grid.row(row), place + 1, written, own)
        if column.total:
            total = Formula(f"=SUM({grid.span(str(place))})", float(sum(numbers)))
            self._put(sheet, grid.bottom + 1, place + 1, total, column.unit)
        fit(sheet, place + 1, HEADING_ROW, "", heading, ["" if v is None else v for v in values])
        for value, own in zip(values, units, strict=True):
            if isinstance(value, Real):
                make_room(sheet, place + 1, float(value), column_form(own, [float(value)]))
        if column.marked:
            mark_negative(sheet, grid, str(place))

    def _formula(self, grid: Grid, row: int, cell: tuple[str, float]) -> Formula:
        return Formula(cell[0].format(*(grid.at(name, row) for name in grid.names)), cell[1])

    def _put(self, sheet: Sheet, row: int, column: int, value: object, unit: str) -> None:
        shown = value.value if isinstance(value, Formula) else value
        form = ""
        if isinstance(shown, Real):
            # A year has no mark of thousands.
            is_year = column == 1 and not unit
            form = "0" if is_year else column_form(unit, [float(shown)])
        self.put_cell(sheet, row, column, value, "text", form)
