"""The sheets of the workbook, one small function each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from capshare.model.result import Result
from capshare.reports.cells import fit, put, put_caption, put_heading, put_link, put_text, put_title
from capshare.reports.columns import describe
from capshare.reports.figures import key_figures, largest_deficits, largest_quotas
from capshare.reports.tables import Table, refuse_gaps

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CONTENTS = "Contents"
_BACK_ROW, _NAMES_ROW, _HEADING_ROW = 3, 4, 5
_IDENTIFIERS = (
    "year",
    "code",
    "name_en",
    "group",
    "indicator",
    "constraint",
    "name",
    "step",
    "figure",
    "within",
)


def sheet_name(table: Table) -> str:
    """The name of a table's sheet."""
    return table.name.replace("_", " ").capitalize()


def contents_sheet(book: Workbook, result: Result, entries: Mapping[str, str]) -> None:
    """The first sheet: what each sheet holds, with a link to it."""
    sheet = _sheet(
        book, CONTENTS, f"Study {result.name}", "A national cap on CO2 emissions, split across provinces."
    )
    for column, heading in enumerate(("Sheet", "What it holds"), start=1):
        put_heading(sheet, _HEADING_ROW, column, heading)
    for row, (name, meaning) in enumerate(entries.items(), start=_HEADING_ROW + 1):
        put_link(sheet, row, 1, name, name)
        put_text(sheet, row, 2, meaning)
    last = _HEADING_ROW + len(entries) + 2
    put_text(
        sheet,
        last,
        1,
        "All cells are values; the CSV files beside this workbook hold the same tables.",
    )
    _lay_out(sheet, (22, 100))


def summary_sheet(book: Workbook, result: Result) -> None:
    """Key figures, then the largest quotas and deficits."""
    sheet = _sheet(book, "Summary", "Summary", "The figures to read first; the other sheets hold the rest.")
    figures = key_figures(result)
    _headings(sheet, _HEADING_ROW, ("Figure", "Value", "Unit", "Meaning"))
    for row, figure in enumerate(figures, start=_HEADING_ROW + 1):
        put_text(sheet, row, 1, figure.name)
        put(sheet, row, 2, figure.value, figure.unit)
        # An empty cell is left out, so that a long text before it can run on.
        for place, text in ((3, figure.unit), (4, figure.meaning)):
            if text:
                put_text(sheet, row, place, text)
    row = _HEADING_ROW + len(figures) + 2
    row = _extract(sheet, row, "Largest quotas", largest_quotas(result.provinces, 5))
    _extract(sheet, row, "Largest deficits", largest_deficits(result.provinces, 5))
    _lay_out(sheet, (18, 18, 22, 20, 22))


def _extract(sheet: Worksheet, row: int, title: str, provinces: pd.DataFrame) -> int:
    columns = ("name_en", "quota_mt", "emissions_mt", "balance_mt", "balance_class")
    shown = [describe("provinces", column) for column in columns]
    put_heading(sheet, row, 1, title)
    for place, column in enumerate(shown[1:], start=2):
        put_heading(sheet, row, place, column.heading, of_numbers=bool(column.unit))
    for below, values in enumerate(provinces[list(columns)].itertuples(index=False), start=1):
        for place, (value, column) in enumerate(zip(values, shown, strict=True), start=1):
            put(sheet, row + below, place, value, column.unit)
    return row + len(provinces) + 2


def table_sheet(book: Workbook, table: Table, frame: pd.DataFrame, names: pd.Series) -> None:
    """One table of the result: headings with units, the CSV file's column names above them.

    Parameters
    ----------
    frame : the table, index levels named
    names : index ``code``; what a province is called where the table has only its code
    """
    refuse_gaps(frame, table.file)
    sheet = _sheet(book, sheet_name(table), table.title, table.meaning)
    flat = _with_names(frame.reset_index(), names)
    for place, column in enumerate(flat.columns, start=1):
        shown = describe(table.name, column)
        put_caption(sheet, _NAMES_ROW, place, column)
        of_numbers = is_numeric_dtype(flat[column]) and not is_bool_dtype(flat[column])
        heading = ",\n".join(shown.heading.rsplit(", ", 1))
        put_heading(sheet, _HEADING_ROW, place, heading, of_numbers or bool(shown.unit))
        for row, value in enumerate(flat[column], start=_HEADING_ROW + 1):
            put(sheet, row, place, value, shown.unit)
    if flat.empty:
        put_text(sheet, _HEADING_ROW + 1, 1, "This run has no such rows; the sheet of notes says why.")
    fit(sheet, _HEADING_ROW)
    _lay_out(sheet)
    identifiers = sum(column in _IDENTIFIERS for column in flat.columns[:3])
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, identifiers + 1).coordinate
    last = sheet.cell(_HEADING_ROW + max(len(flat), 1), len(flat.columns))
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last.coordinate}"


def _with_names(flat: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    keys = [key for key in ("code", "name") if key in flat.columns]
    if not keys or "name_en" in flat.columns:
        return flat
    called = flat[keys[0]].map(names).fillna("")
    place = list(flat.columns).index(keys[0]) + 1
    return pd.concat([flat.iloc[:, :place], called.rename("name_en"), flat.iloc[:, place:]], axis=1)


def columns_sheet(book: Workbook, tables: Mapping[Table, pd.DataFrame]) -> None:
    """What every column means, in which unit."""
    sheet = _sheet(book, "Columns", "Columns", "Every column of every table: its heading, unit and meaning.")
    _headings(sheet, _HEADING_ROW, ("Sheet", "Column in CSV", "Heading", "Unit", "Meaning"))
    row = _HEADING_ROW
    for table, frame in tables.items():
        for column in frame.reset_index().columns:
            row, shown = row + 1, describe(table.name, column)
            texts = (sheet_name(table), column, shown.label, shown.unit, shown.meaning)
            for place, text in enumerate(texts, start=1):
                put_text(sheet, row, place, text)
    _lay_out(sheet, (18, 26, 26, 14, 60))
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:E{row}"


def notes_sheet(book: Workbook, result: Result) -> None:
    """What a planner should know about this run, and what was checked."""
    sheet = _sheet(book, "Notes", "Notes and checks", "Read the notes before using a figure.")
    _headings(sheet, _HEADING_ROW, ("Note",))
    for row, note in enumerate(result.notes or ("None.",), start=_HEADING_ROW + 1):
        put_text(sheet, row, 1, note)
    row = _HEADING_ROW + max(len(result.notes), 1) + 2
    _headings(sheet, row, ("Check", "Figure", "Passed"))
    for below, (name, check) in enumerate(result.checks.iterrows(), start=row + 1):
        put_text(sheet, below, 1, str(name))
        put(sheet, below, 2, check["figure"]).number_format = "General"
        put(sheet, below, 3, check["passed"])
    _lay_out(sheet, (100, 14, 10))


def _sheet(book: Workbook, name: str, title: str, meaning: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    put_title(sheet, title, meaning)
    if name != CONTENTS:
        put_link(sheet, _BACK_ROW, 1, "Back to contents", CONTENTS)
    return sheet


def _headings(sheet: Worksheet, row: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts, start=1):
        put_heading(sheet, row, column, text)


def _lay_out(sheet: Worksheet, widths: Iterable[float] = ()) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"
    # A wide table on one page is too small to read.
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1 + (sheet.max_column > 14), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
