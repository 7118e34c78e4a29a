"""Whether the workbook is still whole: formulas overwritten, labels that differ, texts for numbers, blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.grid import Field, Formula, Grid, Label, ToFormula
from capshare.reports.workbook.runs import Run, runs
from capshare.reports.workbook.sheet import Book, Sheet
from capshare.reports.workbook.sheets.edited import table_name
from capshare.reports.workbook.sheets.table_sums import TableSums, table_sums, total_now, words_now
from capshare.reports.workbook.stale import EDITED
from capshare.reports.workbook.text_cells import in_one_line
from capshare.reports.workbook.writer import BACK_ROW

# Rows of the list of live cells, below its headings: sheet, heading, cells, formula of the first.
LIVE = "capshare_live"
# The counts of the table, whose sums are checks; each sum has its name.
COUNTS = (
    *("formulas_overwritten", "results_differ", "values_overwritten"),
    *("labels_differ", "texts_for_numbers", "inputs_blank"),
)
# Sheets that tell of the run and its files.
ABOUT_THE_RUN = ("cover", "study_file")
_PER_CELL = {"texts_for_numbers": "text_for_number", "inputs_blank": "input_blank"}
_KEYS = ("year", "code")
# What stands beside formulas and inputs: sum of the numbers and of their sizes, and a sum of the texts.
_FIXED = ("values_sum_run", "values_size", "values_sum_now", "words_run", "words_now")
# The same of the numbers that formulas give.
_LIVE = ("results_sum_run", "results_size", "results_sum_now")


def integrity_checks() -> dict[str, Check]:
    """The sums of the counts, as checks that allow none."""
    return {name: Check(name, 0.0, 0.0) for name in COUNTS}


def integrity_sheet(builder: WorkbookBuilder) -> None:
    """One row per table, with what is wrong in it; below, where formulas stand, for other programs.

    Parameters
    ----------
    builder : with every other sheet of formulas written
    """
    sheet = builder.open("integrity")
    tables = _tables(builder)
    names = ("table", "formulas_run", "formulas_now", *COUNTS, *_LIVE, *_FIXED)
    grid = builder.grid("integrity", "integrity", tuple(tables), names)
    written = (*_fields(builder, tables), *_live_fields(builder, tables), *_fixed_fields(builder, tables))
    fields = {field.name: field for field in written}
    builder.write("integrity", [fields[name] for name in names], 1)
    for name in COUNTS:
        total = Formula(f"=SUM({grid.span(name)})", 0)
        builder.put(sheet, BACK_ROW, grid.place(name), total)
        builder.book.names[name] = f"{grid.quoted}!${grid.letter(name)}${BACK_ROW}"
    # What the counts are taken from, and the list below, is not printed.
    sheet.page.area = (grid.bottom, len(names) - len(_FIXED) - len(_LIVE))
    _live_cells(builder, grid.bottom + 3)


def _tables(builder: WorkbookBuilder) -> dict[str, Grid]:
    """Every table of figures but those whose formulas need the counts: they would go round in a circle."""
    after = _built_on(builder.book, builder.title("integrity"))
    # What these say of the run's files depends on where the run is made again, and is no figure.
    apart = {builder.title(key) for key in ABOUT_THE_RUN}
    return {
        name: grid
        for name, grid in builder.grids.items()
        if grid.labels and grid.sheet not in apart and (grid.sheet not in after or not _count(builder, grid))
    }


def _built_on(book: Book, title: str) -> set[str]:
    """Titles of the sheets whose formulas go back to the counts, the sheet of the counts included."""
    found, grown = {title}, True
    formulas = {sheet.title: _formulas(sheet) for sheet in book}
    while grown:
        needles = [*COUNTS, *("'" + one.replace("'", "''") + "'!" for one in found)]
        needles += [name for name, place in book.names.items() if place.startswith(tuple(needles))]
        more = {one for one, text in formulas.items() if any(needle in text for needle in needles)}
        grown = not more <= found
        found |= more
    return found


def _formulas(sheet: Sheet) -> str:
    return "\n".join(cell.value.text for cell in sheet.cells.values() if isinstance(cell.value, Formula))


def _fields(builder: WorkbookBuilder, tables: dict[str, Grid]) -> list[Field]:
    grid, edited = builder.grids["integrity"], builder.grids["edited"]
    formulas = {name: _count(builder, table) for name, table in tables.items()}
    nothing = dict.fromkeys(tables, 0)

    def now(name: Label) -> str:
        return f"SUMPRODUCT(_xlfn.ISFORMULA({_body(tables[name])})*1)"

    def overwritten(name: Label) -> str:
        return f"ABS({grid.at('formulas_run', name)}-{grid.at('formulas_now', name)})"

    def per_cell(column: str) -> ToFormula:
        if not edited.labels:
            return lambda name: "0"
        return lambda name: edited.sum_where(column, table=grid.at("table", name))

    return [
        Field("table", {name: table_name(table) for name, table in tables.items()}),
        Field("formulas_run", formulas, unit=""),
        Field("formulas_now", formulas, "live", now, ""),
        Field("formulas_overwritten", nothing, "live", overwritten, ""),
        Field("labels_differ", nothing, "live", _labels_differ(tables), "", plain="text"),
        *(Field(name, nothing, "live", per_cell(column), "") for name, column in _PER_CELL.items()),
    ]


def _live_fields(builder: WorkbookBuilder, tables: dict[str, Grid]) -> list[Field]:
    """Whether formulas still give what they did, which can be told while no input has been edited.

    It is how a formula shows that another one overwrote: its text is of the program's own language, and a
    program tells it of one cell at a time.
    """
    grid, live = builder.grids["integrity"], table_sums(builder.book, tables, "live")
    rounding = builder.named("formula_rounding")

    def differ(name: Label) -> str:
        run, size, now = (grid.at(column, name) for column in _LIVE)
        return f"IF(AND({EDITED}=0,ABS({now}-{run})>{rounding}*{size}),1,0)"

    return [
        Field("results_differ", dict.fromkeys(tables, 0), "live", differ, ""),
        *_total_fields(_LIVE, live, lambda name: _results_now(tables[name])),
    ]


def _results_now(grid: Grid) -> str:
    """Sum of what formulas give, each times its row and its column; of one range, however they stand."""
    body = _body(grid)
    return f"SUMPRODUCT({body},_xlfn.ISFORMULA({body})*ROW({body})*COLUMN({body}))"


def _fixed_fields(builder: WorkbookBuilder, tables: dict[str, Grid]) -> list[Field]:
    """Whether the values that nobody edits still add up to what they did, and their texts as well."""
    grid, fixed = builder.grids["integrity"], table_sums(builder.book, tables, "fixed")
    rounding, two = builder.named("control_rounding"), builder.named("two")

    def overwritten(name: Label) -> str:
        run, size, now, words, words_left = (grid.at(column, name) for column in _FIXED)
        return f"IF(OR(ABS({now}-{run})>{rounding}*{size},{words_left}<>{words}),1,0)"

    words = {name: one.words for name, one in fixed.items()}
    return [
        Field("values_overwritten", dict.fromkeys(tables, 0), "live", overwritten, ""),
        *_total_fields(_FIXED[:3], fixed, lambda name: total_now(fixed[name])),
        Field("words_run", words, unit=""),
        Field("words_now", words, "live", lambda name: words_now(fixed[name], two), ""),
    ]


def _total_fields(names: Sequence[str], sums: Mapping[str, TableSums], formula: ToFormula) -> list[Field]:
    """Sum of the numbers in the run, of their sizes, and the sum now."""
    run, size, now = names
    totals = {name: one.total for name, one in sums.items()}
    return [
        Field(run, totals, unit=""),
        Field(size, {name: one.size for name, one in sums.items()}, unit=""),
        Field(now, totals, "live", formula, ""),
    ]


def _count(builder: WorkbookBuilder, grid: Grid) -> int:
    cells, columns = builder.book[grid.sheet].cells, range(grid.left, grid.left + len(grid.names))
    rows = range(grid.top + 1, grid.bottom + 1)
    held = (cells.get((row, column)) for row in rows for column in columns)
    return sum(type(cell.value) is Formula for cell in held if cell is not None)


def _body(grid: Grid) -> str:
    first, last = grid.letter(grid.names[0]), grid.letter(grid.names[-1])
    return f"{grid.quoted}!${first}${grid.top + 1}:${last}${grid.bottom}"


def _labels_differ(tables: dict[str, Grid]) -> ToFormula:
    """Rows whose keys differ from those of the first table with the same rows."""
    first: dict[tuple[Label, ...], Grid] = {}
    for grid in tables.values():
        if set(_KEYS) & set(grid.names):
            first.setdefault(grid.labels, grid)

    def formula(name: Label) -> str:
        grid = tables[name]
        model = first.get(grid.labels, grid)
        keys = [key for key in _KEYS if key in grid.names and key in model.names and model is not grid]
        parts = [f"SUMPRODUCT(({grid.column(key)}<>{model.column(key)})*1)" for key in keys]
        return "+".join(parts)

    return formula


def _live_cells(builder: WorkbookBuilder, top: int) -> None:
    """Every run of formulas in a column, as text."""
    found = {
        (sheet.title, run.cells): (run, _text(sheet, run))
        for sheet in builder.book
        for run in runs(sheet, "live")
    }
    builder.subtitle(builder.book[builder.title("integrity")], top - 1, "live_cells")
    grid = builder.grid(
        "live_cells", "integrity", tuple(found), ("sheet", "heading", "cells", "formula"), top
    )
    headings = {(title, cells): _heading(builder, title, run) for (title, cells), (run, _) in found.items()}
    builder.write(
        "live_cells",
        [
            Field("sheet", {label: label[0] for label in found}),
            Field("heading", headings, widens=False),
            Field("cells", {label: label[1] for label in found}, widens=False),
            Field("formula", {label: text for label, (_, text) in found.items()}, widens=False),
        ],
    )
    builder.name_rows(LIVE, grid, top + 1)


def _text(sheet: Sheet, run: Run) -> str:
    """The formula of a run's first cell, without = so that nobody takes it for one."""
    value = sheet.cell(run.first, run.column).value
    return value.text.removeprefix("=") if isinstance(value, Formula) else ""


def _heading(builder: WorkbookBuilder, title: str, run: Run) -> str:
    for grid in builder.grids.values():
        inside = grid.left <= run.column < grid.left + len(grid.names)
        if grid.sheet == title and grid.top < run.first <= grid.bottom and inside:
            return in_one_line(str(builder.book[title].cell(grid.top, run.column).value), builder.lang)
    return ""
