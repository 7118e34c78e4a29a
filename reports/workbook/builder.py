"""A workbook in the making: its sheets, the tables on them, and what every formula must give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.catalogue import text
from capshare.reports.workbook.book_words import BookWords
from capshare.reports.workbook.cells import column_form, readable_cell
from capshare.reports.workbook.grid import Field, Formula, Grid, Kind, Label
from capshare.reports.workbook.layout import fit, lay_out
from capshare.reports.workbook.sheet import Sheet, place_of
from capshare.reports.workbook.sheets.splits import splits
from capshare.reports.workbook.text_cells import put_caption, put_subtitle, put_text
from capshare.reports.workbook.workbook_data import WorkbookData
from capshare.reports.workbook.writer import BookWriter

NAMES_ROW, HEADING_ROW = 4, 5


class WorkbookBuilder(BookWords, BookWriter):
    """The workbook of a run in the making.

    Attributes
    ----------
    data : what is shown
    splits : breakpoints of every proportional split
    grids : tables by name, once they are written
    watched : (grid's name, column's name) of every column that may be edited
    charts : titles of the sheets that have one
    state : says whether groups and optimum still belong to the inputs
    columns : for the guide, one row per column: sheet, field, heading, unit, example of the formula
    """

    def __init__(self, data: WorkbookData, lang: str, sheets: Sequence[str]) -> None:
        super().__init__(lang, (text(f"workbook.sheet.{key}", lang) for key in sheets))
        self.data, self.splits, self.of_targets = data, splits(data), data.targets is not None
        self.grids: dict[str, Grid] = {}
        self.watched: list[tuple[str, str]] = []
        self.charts: list[str] = []
        self.state = Formula('=""', "")
        self.columns: list[tuple[str, Field, str, str, str]] = []

    def open(self, key: str) -> Sheet:
        """A sheet with its title, meaning and the way back.

        Parameters
        ----------
        key : as of :meth:`title`
        """
        sheet = self.book[self.title(key)]
        meaning, contents = self.meaning(key), self.title("contents")
        self.begin(sheet, self.title(key), meaning, self.say("back"), contents)
        return sheet

    def grid(
        self, name: str, sheet: str, labels: Sequence[Label], names: Sequence[str], top: int = HEADING_ROW
    ) -> Grid:
        """Reserve the place of a table, so that formulas can refer to it before it is written.

        Parameters
        ----------
        name : by which ``grids`` keeps it
        sheet : key of its sheet
        labels, names : of its rows and columns, in their order
        top : row of its headings
        """
        grid = Grid(self.title(sheet), top, tuple(labels), tuple(names))
        self.grids[name] = grid
        return grid

    def write(self, name: str, fields: Sequence[Field], frozen: int | None = None) -> None:
        """Write a table.

        Parameters
        ----------
        name : of its grid
        fields : its columns, in the order of the grid's names
        frozen : columns that stay in sight where the table is the sheet's main one; None where it is not
        """
        grid = self.grids[name]
        sheet = self.book[grid.sheet]
        if tuple(field.name for field in fields) != grid.names:
            raise ValueError(f"{name}: fields {[field.name for field in fields]} for {grid.names}")
        for place, field in enumerate(fields, start=grid.left):
            self._column(sheet, grid, place, field)
            if "input" in (field.kind, field.plain):
                self.watched.append((name, field.name))
        if frozen is not None:
            lay_out(sheet, grid, frozen)

    def _column(self, sheet: Sheet, grid: Grid, place: int, field: Field) -> None:
        known = self.about(field.name)
        unit = known.unit if field.unit == "auto" else field.unit
        label = field.heading or known.label
        shown = [readable_cell(value, self.lang) for value in field.values.values()]
        of_numbers = any(not isinstance(value, str) for value in shown)
        heading = self.head(sheet, grid.top, place, label, unit, of_numbers)
        if grid.top == HEADING_ROW:
            put_caption(sheet, NAMES_ROW, place, conventions().outward(field.name))
        written = [self._cell(field, label) for label in grid.labels]
        kind: Kind = field.plain if field.kind == "live" else field.kind
        form = self._form(field, unit)
        for row, value in enumerate(written, start=grid.top + 1):
            self.put_cell(sheet, row, place, value, kind, form)
        texts = written if field.widens else []
        fit(sheet, place, grid.top, field.name, heading, texts)
        example = written[0].text if written and isinstance(written[0], Formula) else ""
        self.columns.append((grid.sheet, field, label, self.unit_below(unit), example))

    def _form(self, field: Field, unit: str) -> str:
        shown = [readable_cell(value, self.lang) for value in field.values.values()]
        numbers = [value for value in shown if not isinstance(value, str)]
        return "0" if field.name == "year" else column_form(unit, numbers)

    def _cell(self, field: Field, label: Label) -> object:
        value = field.values[label]
        formula = field.formula(label) if field.formula else ""
        return Formula("=" + formula, value) if formula else value

    def put(
        self, sheet: Sheet, row: int, column: int, value: object, kind: Kind = "text", unit: str = ""
    ) -> None:
        """Write one cell in a unit.

        Parameters
        ----------
        sheet, row, column, value, kind : as of :func:`~capshare.reports.workbook.cells.put_value`
        unit : of a number, which sets its format
        """
        shown = readable_cell(value.value if isinstance(value, Formula) else value, self.lang)
        form = "" if isinstance(shown, str) else column_form(unit, [shown])
        self.put_cell(sheet, row, column, value, kind, form)

    def put_at(self, sheet: Sheet, coordinate: str, value: object, unit: str = "") -> None:
        """Write one cell by its coordinate: a formula, or else what a solver decided.

        Parameters
        ----------
        sheet, value, unit : as of :meth:`put`
        coordinate : "F6"
        """
        self.put(sheet, *place_of(coordinate), value, "solved", unit)

    def say_here(self, sheet: Sheet, row: int, key: str) -> None:
        """Write a sentence of the catalogue in place of a table.

        Parameters
        ----------
        sheet, row : where; in its first column
        key : as of :meth:`say`
        """
        put_text(sheet, row, 1, self.say(key))
        lay_out(sheet)

    def subtitle(self, sheet: Sheet, row: int, key: str) -> None:
        """Write the title of a further table.

        Parameters
        ----------
        sheet, row : where; in its first column
        key : of the catalogue, below ``workbook.subtitle``
        """
        put_subtitle(sheet, row, self.say(f"subtitle.{key}"))

    def name_cell(self, name: str, grid: Grid, column: str, label: Label) -> None:
        """Give a cell a name that formulas on every sheet may use.

        Parameters
        ----------
        name : letters, digits and underscores
        grid, column, label : of the cell
        """
        self.book.names[name] = grid.ref(column, label)

    def named(self, name: str) -> str:
        """The name of an assumption's cell, for a formula.

        Parameters
        ----------
        name : as of :func:`~capshare.reports.workbook.sheets.assumptions.assumptions`
        """
        if name not in self.book.names:
            raise KeyError(f"no cell is called {name}")
        return name

    def names(self) -> Mapping[str, str]:
        """Code → name of the province in the workbook's language."""
        column = "name_zh" if self.lang == "zh" else "name_en"
        frame = self.data.in_year(self.data.years[0])
        return {str(code): str(name) for code, name in frame[column].items()}

    def year_fields(self, labels: Sequence[Label]) -> list[Field]:
        """Columns that say which year a row is of: none where one year is shown.

        Parameters
        ----------
        labels : of the rows, the year first
        """
        return [Field(name, {label: label[0] for label in labels}, unit="") for name in self.data.year_names]

    def province_fields(self) -> list[Field]:
        """Columns that say which province and year a row is of."""
        rows, names = self.data.rows, self.names()
        name = "name_zh" if self.lang == "zh" else "name_en"
        return [
            *self.year_fields(rows),
            Field("code", {row: row[1] for row in rows}),
            Field(name, {row: names[row[1]] for row in rows}),
        ]

    def code_fields(self, codes: Sequence[str]) -> list[Field]:
        """Columns that say which province a row is of.

        Parameters
        ----------
        codes : of the provinces, one row each
        """
        names = self.names()
        name = "name_zh" if self.lang == "zh" else "name_en"
        return [
            Field("code", {code: code for code in codes}),
            Field(name, {code: names[code] for code in codes}),
        ]

    @property
    def identity(self) -> tuple[str, ...]:
        """Names of the columns of :meth:`province_fields`."""
        return tuple(field.name for field in self.province_fields())

    def link(
        self, name: str, grid: str, column: str, values: pd.Series, unit: str = "auto", heading: str = ""
    ) -> Field:
        """A column that repeats one of another sheet, row by row.

        Parameters
        ----------
        name : of the new column
        grid, column : where it comes from
        values : row label → what Python found, in the unit
        unit, heading : as of :class:`Field`
        """
        source = self.grids[grid]
        return Field(name, values.to_dict(), "live", lambda label: source.ref(column, label), unit, heading)
