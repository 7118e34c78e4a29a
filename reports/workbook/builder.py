"""A workbook in the making: its sheets, the tables on them, and what every formula must give."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat

from capshare.base.conventions import conventions
from capshare.reports.words.catalogue import text
from capshare.reports.words.shown_units import DEFAULT_UNIT, PER_MT
from capshare.reports.workbook.book_fields import BookFields
from capshare.reports.workbook.cells import CHOSEN, OWN_FORMS, column_form, put_column, readable_cell
from capshare.reports.workbook.formats import mark_rounded_to_0
from capshare.reports.workbook.grid import Field, Formula, Grid, Kind, Label
from capshare.reports.workbook.layout import WIDEST, WIDEST_BELOW, fit, hold_words, lay_out, make_room
from capshare.reports.workbook.sheet import Sheet, place_of
from capshare.reports.workbook.sheets.splits import splits
from capshare.reports.workbook.text_cells import put_caption, put_name, put_subtitle, put_text
from capshare.reports.workbook.workbook_data import WorkbookData
from capshare.reports.workbook.writer import BACK_ROW, BookWriter

NAMES_ROW, HEADING_ROW = 4, 5
# Name of the cell that says whether groups and optimum still belong to the inputs.
STATE = "workbook_state"
# Sum of the rows that a filter leaves; a code of the spreadsheet's, not a quantity.
_SUBTOTAL = "SUBTOTAL(109,"


class WorkbookBuilder(BookFields, BookWriter):
    """The workbook of a run in the making.

    Attributes
    ----------
    data : what is shown
    splits : breakpoints of every proportional split
    grids : tables by name, once they are written
    watched : (grid's name, column's name) of every column that may be edited
    fields : the same → the column as it was written
    totalled : titles of the sheets with subtotals above the headings
    state : the cell of every head that says whether groups and optimum still belong to the inputs
    shown_unit : of amounts on the summary, a key of :data:`~capshare.reports.words.shown_units.PER_MT`
    columns : for the guide, one row per column: sheet, field, heading, unit, example of the formula
    """

    def __init__(
        self, data: WorkbookData, lang: str, sheets: Sequence[str], shown_unit: str = DEFAULT_UNIT
    ) -> None:
        super().__init__(lang, (text(f"workbook.sheet.{key}", lang) for key in sheets))
        self.shown_unit = shown_unit
        self.data, self.splits, self.of_targets = data, splits(data), data.targets is not None
        self.grids: dict[str, Grid] = {}
        self.watched: list[tuple[str, str]] = []
        self.fields: dict[tuple[str, str], Field] = {}
        self.totalled: set[str] = set()
        self.state = Formula(f"={STATE}", self.say("state.as_run"))
        self.columns: list[tuple[str, Field, str, str, str]] = []

    def open(self, key: str) -> Sheet:
        """A sheet with its title, meaning and the way back.

        Parameters
        ----------
        key : as of :meth:`title`
        """
        sheet = self.book[self.title(key)]
        left_out = self.years_left_out(key, self.data.years, self.data.all_years)
        meaning, contents = self.meaning(key) + left_out, self.title("contents")
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

    def write(
        self, name: str, fields: Sequence[Field], frozen: int | None = None, totals: Sequence[str] = ()
    ) -> None:
        """Write a table.

        Parameters
        ----------
        name : of its grid
        fields : its columns, in the order of the grid's names
        frozen : columns that stay in sight where the table is the sheet's main one; None where it is not
        totals : columns whose sum over the rows that a filter leaves stands in the head
        """
        grid = self.grids[name]
        sheet = self.book[grid.sheet]
        if tuple(field.name for field in fields) != grid.names:
            raise ValueError(f"{name}: fields {[field.name for field in fields]} for {grid.names}")
        for place, field in enumerate(fields, start=grid.left):
            self._column(sheet, grid, place, field)
            if "input" in (field.kind, field.plain):
                self.watched.append((name, field.name))
                self.fields[name, field.name] = field
        if frozen is not None:
            lay_out(sheet, grid, frozen)
        if totals:
            self._total(sheet, grid, [field for field in fields if field.name in totals])

    def _total(self, sheet: Sheet, grid: Grid, fields: Sequence[Field]) -> None:
        places = [grid.place(field.name) for field in fields]
        put_caption(sheet, BACK_ROW, min(places) - 1, self.say("subtotal"))
        hold_words(sheet, BACK_ROW)
        for place, field in zip(places, fields, strict=True):
            shown = (readable_cell(value, self.lang) for value in field.values.values())
            total = math.fsum(value for value in shown if not isinstance(value, str))
            unit = self.about(field.name).unit if field.unit == "auto" else field.unit
            formula = Formula(f"={_SUBTOTAL}{grid.span(field.name)})", total)
            self.put(sheet, BACK_ROW, place, formula, "live", unit)
            form = column_form(unit, [total])
            mark_rounded_to_0(sheet, sheet.cell(BACK_ROW, place).coordinate, form, [total])
            make_room(sheet, place, total, form)
        self.totalled.add(sheet.title)

    def _column(self, sheet: Sheet, grid: Grid, place: int, field: Field) -> None:
        known = self.about(field.name)
        unit = known.unit if field.unit == "auto" else field.unit
        label = field.heading or known.label
        values = [field.values[label_of_row] for label_of_row in grid.labels]
        shown = [readable_cell(value, self.lang) for value in values]
        numbers = [value for value in shown if not isinstance(value, str)]
        heading = self.head(sheet, grid.top, place, label, unit, bool(numbers))
        called = conventions().outward(field.name) if grid.top == HEADING_ROW else ""
        if called:
            put_name(sheet, NAMES_ROW, place, called)
        formulas = [field.formula(one) for one in grid.labels] if field.formula else []
        kind: Kind = field.plain if field.kind == "live" else field.kind
        form = "0" if field.name == "year" else column_form(unit, numbers)
        cells = zip(values, shown, strict=True)
        put_column(
            sheet, (grid.top + 1, place), cells, formulas or repeat(""), kind, form, OWN_FORMS.get(unit)
        )
        if kind == "input" and field.key is not None:
            self._without_keys(sheet, grid, field, form)
        mark_rounded_to_0(sheet, grid.span(field.name).replace("$", ""), form, numbers)
        widest = WIDEST if called else WIDEST_BELOW
        fit(sheet, place, grid.top, called, heading, shown if field.widens else [], form, widest)
        if unit == CHOSEN:
            self._room_for_units(sheet, place, numbers)
        example = f"={formulas[0]}" if formulas and formulas[0] else ""
        self.columns.append((grid.sheet, field, label, self.unit_below(unit), example))

    def _room_for_units(self, sheet: Sheet, place: int, numbers: Sequence[float]) -> None:
        """Make a column of amounts wide enough for every unit that the reader may choose."""
        for per_mt in PER_MT.values():
            form = "#,##0.0000" if per_mt < 1 else "#,##0"
            for number in (max(numbers, default=0.0), min(numbers, default=0.0)):
                make_room(sheet, place, number / PER_MT[self.shown_unit] * per_mt, form)

    def _without_keys(self, sheet: Sheet, grid: Grid, field: Field, form: str) -> None:
        """Cells of an input column that no run reads cannot be edited."""
        for label in grid.labels:
            cell = sheet.cell(grid.row(label), grid.place(field.name))
            if cell.kind == "input" and field.key is not None and not field.key(label):
                self.put_cell(sheet, cell.row, cell.column, field.values[label], field.keyless, form)

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
        self.book.names[conventions().outward(name)] = grid.ref(column, label)

    def name_rows(self, name: str, grid: Grid, first: int) -> None:
        """Give the rows of a table a name, by which another program finds them.

        Parameters
        ----------
        name : letters, digits and underscores
        grid : of the table
        first : its first row, which may be that of the names or of the headings
        """
        left, right = grid.letter(grid.names[0]), grid.letter(grid.names[-1])
        self.book.names[name] = f"{grid.quoted}!${left}${first}:${right}${grid.bottom}"

    def named(self, name: str) -> str:
        """The name of an assumption's cell, for a formula.

        Parameters
        ----------
        name : as of :func:`~capshare.reports.workbook.sheets.assumptions.assumptions`
        """
        outward = conventions().outward(name)
        if outward not in self.book.names:
            raise KeyError(f"no cell is called {name}")
        return outward
