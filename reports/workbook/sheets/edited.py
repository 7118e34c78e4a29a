"""Every cell that may be edited beside its value in the run: what was changed, and what that asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real

from capshare.reports.workbook.builder import NAMES_ROW, STATE, WorkbookBuilder
from capshare.reports.workbook.cells import EXACT
from capshare.reports.workbook.formats import mark_state
from capshare.reports.workbook.grid import Field, Formula, Grid, Label, literal
from capshare.reports.workbook.sheet import Sheet
from capshare.reports.workbook.stale import EDITED
from capshare.reports.workbook.text_cells import in_one_line
from capshare.reports.workbook.writer import BACK_ROW

# Rows of it, from the names of its columns on: ``capshare run --from`` reads them.
INPUTS = "capshare_inputs"
_READ = ("sheet", "cell", "row_name", "column", "value_run", "value_now", "changed", "text_for_number")
# The last of them, which formulas and other programs read, are not printed.
_FURTHER = ("input_blank", "study_key", "words_allowed", "blank_allowed", "table")


@dataclass(frozen=True)
class _Input:
    """A cell that may be edited.

    Attributes
    ----------
    table : what its table is called where tables are listed
    grid : of its table
    field : of its column
    label : of its row
    row_name, heading : what its row and its column are called
    value : in the run
    """

    table: str
    grid: Grid
    field: Field
    label: Label
    row_name: str
    heading: str
    value: float | str


def edited_sheet(builder: WorkbookBuilder) -> None:
    """One row per input cell: its place, its value in the run, its value now.

    Parameters
    ----------
    builder : with every column that may be edited written
    """
    cells = _input_cells(builder)
    sheet = builder.open("edited")
    grid = builder.grid("edited", "edited", tuple(cells), (*_READ, *_FURTHER))
    fields = [*_places(builder, cells), *_values(builder, cells), *_faults(builder, cells)]
    by_name = {field.name: field for field in fields}
    builder.write("edited", [by_name[name] for name in grid.names], 4)
    sheet.page.area = (grid.bottom, grid.place("input_blank"))
    builder.name_rows(INPUTS, grid, NAMES_ROW)
    _state(builder, sheet, grid)


def table_name(grid: Grid) -> str:
    """What a table is called where tables are listed: its sheet and its range.

    Parameters
    ----------
    grid : of the table
    """
    last = grid.letter(grid.names[-1])
    return f"{grid.sheet} {grid.letter(grid.names[0])}{grid.top}:{last}{grid.bottom}"


def _input_cells(builder: WorkbookBuilder) -> dict[Label, _Input]:
    """Every cell that may be edited, by table, column and row."""
    found: dict[Label, _Input] = {}
    for name, column in builder.watched:
        grid, field = builder.grids[name], builder.fields[name, column]
        sheet, place, table = builder.book[grid.sheet], grid.place(field.name), table_name(grid)
        heading = in_one_line(str(sheet.cell(grid.top, place).value), builder.lang)
        for label in grid.labels:
            cell = sheet.cell(grid.row(label), place)
            if cell.kind == "input" and not isinstance(cell.value, Formula):
                called = _row_name(sheet, grid, label)
                found[name, field.name, label] = _Input(
                    table, grid, field, label, called, heading, cell.value
                )
    return found


def _row_name(sheet: Sheet, grid: Grid, label: Label) -> str:
    row = grid.row(label)
    first, second = (sheet.cells.get((row, place)) for place in (grid.left, grid.left + 1))
    # A cell to be edited may hold words too: no limit.
    is_name = second is not None and second.kind == "text" and not isinstance(second.value, Real | Formula)
    named = second if is_name else first
    return "" if named is None else str(named.value)


def _places(builder: WorkbookBuilder, cells: dict[Label, _Input]) -> list[Field]:
    def column(name: str, told: Callable[[_Input], str]) -> Field:
        return Field(name, {label: told(cell) for label, cell in cells.items()}, widens=name != "study_key")

    no_limit = builder.word("no_limit")
    unlimited = {(one.table, one.field.name) for one in cells.values() if one.value == no_limit}

    def words(cell: _Input) -> str:
        if cell.field.choices:
            return builder.say("list_comma").join(cell.field.choices)
        return no_limit if (cell.table, cell.field.name) in unlimited else ""

    return [
        column("table", lambda cell: cell.table),
        column("sheet", lambda cell: cell.grid.sheet),
        column("cell", lambda cell: cell.grid.at(cell.field.name, cell.label)),
        column("row_name", lambda cell: cell.row_name),
        column("column", lambda cell: cell.heading),
        column("study_key", lambda cell: "" if cell.field.key is None else cell.field.key(cell.label)),
        column("words_allowed", words),
        column("blank_allowed", lambda cell: builder.word("yes" if cell.field.optional else "no")),
    ]


def _values(builder: WorkbookBuilder, cells: dict[Label, _Input]) -> list[Field]:
    grid, blank, error = builder.grids["edited"], builder.say("blank"), builder.say("error_value")
    values = {label: blank if cell.value == "" else cell.value for label, cell in cells.items()}

    def now(label: Label) -> str:
        cell = cells[label]
        place = cell.grid.peer(cell.field.name, cell.label)
        # An error left as it is would spoil every count, and with it the flag of every sheet.
        return f"IF(ISBLANK({place}),{literal(blank)},IF(ISERROR({place}),{literal(error)},{place}))"

    def changed(label: Label) -> str:
        return f"IF({grid.at('value_now', label)}={grid.at('value_run', label)},0,1)"

    return [
        Field("value_run", values, "text", unit=EXACT),
        Field("value_now", values, "live", now, EXACT),
        Field("changed", dict.fromkeys(cells, 0), "live", changed, ""),
    ]


def _faults(builder: WorkbookBuilder, cells: dict[Label, _Input]) -> list[Field]:
    grid, blank, no = builder.grids["edited"], literal(builder.say("blank")), builder.words("no")
    comma = literal(builder.say("list_comma"))

    def text(label: Label) -> str:
        changed, now, words = (grid.at(name, label) for name in ("changed", "value_now", "words_allowed"))
        # Between commas, so that a part of a word is none.
        whole, listed = (f"LOWER({comma}&{one}&{comma})" for one in (now, words))
        return f"IF(AND({changed}=1,ISTEXT({now}),{now}<>{blank},ISERROR(FIND({whole},{listed}))),1,0)"

    def left_blank(label: Label) -> str:
        now, may = grid.at("value_now", label), grid.at("blank_allowed", label)
        return f"IF(AND({now}={blank},{may}={no}),1,0)"

    nothing = dict.fromkeys(cells, 0)
    return [
        Field("text_for_number", nothing, "live", text, ""),
        Field("input_blank", nothing, "live", left_blank, ""),
    ]


def _state(builder: WorkbookBuilder, sheet: Sheet, grid: Grid) -> None:
    """How many cells are changed, and the sentence about it that every sheet repeats."""
    place = grid.place("changed")
    changed = Formula(f"=SUM({grid.span('changed')})" if grid.labels else "=0", 0)
    builder.put(sheet, BACK_ROW, place, changed)
    builder.book.names[EDITED] = f"{grid.quoted}!${grid.letter('changed')}${BACK_ROW}"
    as_run, before, after = (builder.say(f"state.{key}") for key in ("as_run", "changed", "solve_again"))
    told = f"{literal(before)}&{EDITED}&{literal(after)}"
    builder.put(sheet, BACK_ROW, 3, Formula(f"=IF({EDITED}=0,{literal(as_run)},{told})", as_run))
    mark_state(sheet, sheet.cell(BACK_ROW, 3).coordinate, builder.state)
    builder.book.names[STATE] = f"{grid.quoted}!$C${BACK_ROW}"
