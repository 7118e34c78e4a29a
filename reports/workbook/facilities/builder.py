"""The workbook of facilities in the making: tables whose formulas name columns and stated numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.reports.words.catalogue import text
from capshare.reports.words.columns import MT, SHARE, unit_word
from capshare.reports.words.facilities import facilities_title, said, with_doubt
from capshare.reports.workbook.builder import HEADING_ROW, NAMES_ROW
from capshare.reports.workbook.cells import column_form, put_column, readable_cell, shown_as_0
from capshare.reports.workbook.formats import mark_rounded_to_0
from capshare.reports.workbook.grid import Field, Grid, Label
from capshare.reports.workbook.layout import fit, lay_out
from capshare.reports.workbook.sheet import Entry, Sheet
from capshare.reports.workbook.text_cells import put_name
from capshare.reports.workbook.writer import BookWriter

SHEETS = ("contents", "provinces", "sectors", "facilities", "assumptions", "notes")
# Facilities that the workbook holds; the CSV file has all.
MOST = 5000


class FacilityBook(BookWriter):
    """The workbook of a table of facilities in the making.

    Attributes
    ----------
    outcome : what is shown
    rows : of its quotas those that the workbook holds
    grids : tables by the key of their sheet
    """

    def __init__(self, outcome: FacilityOutcome, lang: str) -> None:
        super().__init__(lang, (said(f"sheets.{key}", lang) for key in SHEETS))
        self.outcome, self.rows = outcome, outcome.quotas.head(MOST)
        self.grids: dict[str, Grid] = {}
        self.book.title = facilities_title(outcome, lang)

    @property
    def is_whole(self) -> bool:
        """Whether the workbook holds every facility, so that their sums can be formulas."""
        return len(self.rows) == len(self.outcome.quotas)

    def title(self, key: str) -> str:
        """Title of a sheet.

        Parameters
        ----------
        key : one of `SHEETS`
        """
        return said(f"sheets.{key}", self.lang)

    def open(self, key: str) -> Sheet:
        """A sheet with its title, what it holds, and the way back.

        Parameters
        ----------
        key : as of :meth:`title`
        """
        sheet = self.book[self.title(key)]
        title = with_doubt(self.title(key), self.outcome, self.lang)
        meaning = said(f"sheet_meaning.{key}", self.lang, shown=len(self.rows), all=len(self.outcome.quotas))
        self.begin(sheet, title, meaning, said("back", self.lang), self.title("contents"))
        return sheet

    def reserve(
        self,
        key: str,
        labels: Sequence[Label],
        names: Sequence[str],
        sheet: str = "",
        top: int = HEADING_ROW,
    ) -> Grid:
        """Reserve the place of a table, so that formulas can refer to it before it is written.

        Parameters
        ----------
        key : of its sheet, or of the table where it is not the main one of `sheet`
        labels, names : of its rows and columns, in their order
        sheet : key of the sheet it stands on; "" is its own
        top : row of its headings
        """
        grid = self.grids[key] = Grid(self.title(sheet or key), top, tuple(labels), tuple(names))
        return grid

    def write(self, key: str, fields: Sequence[Field], frozen: int) -> None:
        """Write the table of a sheet.

        Parameters
        ----------
        key : of the sheet
        fields : its columns, in the order of the grid's names
        frozen : columns that stay in sight
        """
        sheet = self.open(key)
        self.write_below(key, fields)
        lay_out(sheet, self.grids[key], frozen)

    def write_below(self, key: str, fields: Sequence[Field]) -> None:
        """Write a table on a sheet that has been opened.

        Parameters
        ----------
        key : of the table
        fields : its columns, in the order of the grid's names
        """
        grid = self.grids[key]
        sheet = self.book[grid.sheet]
        if tuple(field.name for field in fields) != grid.names:
            raise ValueError(f"{key}: fields {[field.name for field in fields]} for {grid.names}")
        for place, field in enumerate(fields, start=grid.left):
            self._column(sheet, grid, place, field)

    def _column(self, sheet: Sheet, grid: Grid, place: int, field: Field) -> None:
        values = [field.values[label] for label in grid.labels]
        shown = [readable_cell(value, self.lang) for value in values]
        numbers = [float(value) for value in shown if not isinstance(value, str)]
        label = said(f"book_columns.{field.name}", self.lang)
        unit = "" if field.unit == "auto" else unit_word(field.unit, self.lang)
        heading = self.head(sheet, grid.top, place, label, unit, bool(numbers))
        called = field.name if grid.top == HEADING_ROW else ""
        if called:
            put_name(sheet, NAMES_ROW, place, called)
        form = _form(field.unit, numbers) if numbers else ""
        formulas = map(field.formula, grid.labels) if field.formula else repeat("")
        cells = zip(values, shown, strict=True)
        put_column(sheet, (grid.top + 1, place), cells, formulas, field.kind, form)
        mark_rounded_to_0(sheet, grid.span(field.name).replace("$", ""), form, numbers)
        fit(sheet, place, grid.top, called, heading, shown, form)
        if field.kind == "input":
            sheet.entries.append(self._entry(grid, field))

    def _entry(self, grid: Grid, field: Field) -> Entry:
        """What an input cell takes: a share, or a number of at least 0."""
        is_share = field.unit == SHARE
        bounds = (
            {"criteria": "between", "minimum": 0, "maximum": 1}
            if is_share
            else {"criteria": ">=", "value": 0}
        )
        told = text("workbook.entry.share" if is_share else "workbook.entry.least", self.lang)
        return Entry(
            grid.span(field.name).replace("$", ""),
            {
                "validate": "decimal",
                **bounds,
                "error_title": text("workbook.entry.refused", self.lang),
                "error_message": told,
            },
        )


def _form(unit: str, numbers: Sequence[float]) -> str:
    """The number format of a column; of amounts that its unit would show as 0, one by their size."""
    form = column_form(unit, numbers)
    is_small = any(0 < abs(number) < shown_as_0(form) for number in numbers)
    return column_form("", numbers) if is_small and unit == MT else form
