"""A workbook in the making written as a file: repeatable to the byte, each formula with its value."""

from __future__ import annotations

import datetime
import io
import math
from typing import TYPE_CHECKING, Any

from capshare.reports.workbook.grid import Formula
from capshare.reports.workbook.look import Look
from capshare.reports.workbook.native_chart import add_chart
from capshare.reports.workbook.print_pages import MARGINS
from capshare.reports.workbook.sheet import CHARACTER_PIXELS, Book, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from capshare.reports.workbook.lean_sheet import LeanSheet

# The earliest time a zip file can hold: two runs of a study must agree to the byte.
_NO_TIME = datetime.datetime(1980, 1, 1)
# In memory: no temporary file is left where writing fails. Nothing becomes what it was not written as.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Excel's own limit, in characters.
_LONGEST_FORMULA = 8192
_TOO_LONG = "longer than a cell of Excel can hold"
_A4 = 9
# What stays allowed on a protected sheet: to filter, and to see what a narrow column hides.
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True}


class _Formats:
    """Formats of a file by look: each is made once."""

    def __init__(self, file: Workbook) -> None:
        self.file = file
        # Most cells share the very same look; to compare looks field by field takes longer than to write one.
        self._seen: dict[int, Format] = {}
        self._known: dict[Look, Format] = {}
        self._of_marks: dict[Look, Format] = {}

    def of(self, look: Look) -> Format:
        found = self._seen.get(id(look))
        if found is None:
            if look not in self._known:
                self._known[look] = self.file.add_format(look.properties())
            found = self._seen[id(look)] = self._known[look]
        return found

    def of_mark(self, look: Look) -> Format:
        if look not in self._of_marks:
            self._of_marks[look] = self.file.add_format(look.emphasis())
        return self._of_marks[look]


def packed(book: Book) -> bytes:
    """A workbook as a file, its formulas with their values; the same workbook gives the same bytes.

    Parameters
    ----------
    book : its sheets, with at least one
    """
    from xlsxwriter import Workbook

    from capshare.reports.workbook.lean_sheet import LeanSheet

    kept = io.BytesIO()
    file = Workbook(kept, _OPTIONS)
    file.set_properties({"title": book.title, "author": "capshare", "created": _NO_TIME})
    formats = _Formats(file)
    for sheet in book:
        target = file.add_worksheet(sheet.title, LeanSheet)
        _write_cells(sheet, target, formats)
        _write_sizes(sheet, target, formats)
        _write_page(sheet, target)
        _write_rules(sheet, target, formats)
        for chart in sheet.charts:
            add_chart(file, target, chart)
    for name, place in book.names.items():
        if file.define_name(name, f"={place}"):
            raise ValueError(f"{name} cannot be the name of a cell")
    file.close()
    return kept.getvalue()


def _write_cells(sheet: Sheet, target: LeanSheet, formats: _Formats) -> None:
    _refuse(sheet)
    for cell in target.take(sheet.cells.values(), formats.of):
        place, value, form = (cell.row - 1, cell.column - 1), cell.value, formats.of(cell.look)
        if value == "":
            target.write_blank(*place, None, form)
        elif cell.link:
            # A place inside the book; its title is quoted as in a formula.
            quoted = cell.link.replace("'", "''")
            target.write_url(*place, f"internal:'{quoted}'!A1", form, value)
        elif target.write_string(*place, value, form):
            raise ValueError(f"{sheet.title}, {cell.coordinate}: {_TOO_LONG}")


def _refuse(sheet: Sheet) -> None:
    """Refuse what no cell of Excel can hold, naming the first such cell.

    Raises
    ------
    ValueError
        for a formula that is too long, and for a number that is none
    """
    for cell in sheet.cells.values():
        held = cell.value
        value = held.value if isinstance(held, Formula) else held
        if isinstance(held, Formula) and len(held.text) > _LONGEST_FORMULA:
            raise ValueError(f"{sheet.title}, {cell.coordinate}: {_TOO_LONG}")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{sheet.title}, {cell.coordinate}: {value} is no number that Excel can hold")


def _write_sizes(sheet: Sheet, target: Worksheet, formats: _Formats) -> None:
    for place in sorted({*sheet.widths, *sheet.column_forms}):
        width = sheet.widths.get(place)
        pixels = None if width is None else round(width * CHARACTER_PIXELS)
        look = Look(form=sheet.column_forms[place]) if place in sheet.column_forms else None
        target.set_column_pixels(place - 1, place - 1, pixels, look and formats.of(look))
    for row, height in sheet.heights.items():
        target.set_row(row - 1, height)
    for row, last in sheet.spread.items():
        first = sheet.cell(row, 1)
        target.merge_range(row - 1, 0, row - 1, last - 1, first.value, formats.of(first.look))


def _write_page(sheet: Sheet, target: Worksheet) -> None:
    page = sheet.page
    if sheet.tab_colour:
        target.set_tab_color(sheet.tab_colour)
    if page.frozen:
        target.freeze_panes(page.frozen[0] - 1, page.frozen[1] - 1)
    if page.filtered:
        first, last, left, right = (place - 1 for place in page.filtered)
        target.autofilter(first, left, last, right)
    if page.heading:
        target.repeat_rows(page.heading - 1)
    if page.area:
        target.print_area(0, 0, page.area[0] - 1, page.area[1] - 1)
    target.set_landscape()
    target.set_paper(_A4)
    if page.scale:
        target.set_print_scale(page.scale)
    else:
        target.fit_to_pages(page.across, page.down)
    if page.is_set:
        target.set_margins(*MARGINS)
        target.hide_gridlines(2)
        target.set_footer("&C&A   &P / &N")
    if sheet.protected:
        target.protect("", _ALLOWED)
    if page.repeated:
        target.repeat_columns(0, page.repeated - 1)
    if page.column_breaks:
        target.set_v_pagebreaks(page.column_breaks)
    if page.row_breaks:
        target.set_h_pagebreaks(page.row_breaks)


def _write_rules(sheet: Sheet, target: Worksheet, formats: _Formats) -> None:
    for mark in sheet.marks:
        options: dict[str, Any] = dict(mark.rule)
        if mark.look is not None:
            options["format"] = formats.of_mark(mark.look)
        if target.conditional_format(mark.cells, options):
            raise ValueError(f"{sheet.title}, {mark.cells}: no such rule, {mark.rule}")
    for entry in sheet.entries:
        if target.data_validation(entry.cells, dict(entry.rule)):
            raise ValueError(f"{sheet.title}, {entry.cells}: no such rule, {entry.rule}")
    for (row, column), note in sheet.notes.items():
        target.write_comment(row - 1, column - 1, note, {"author": "capshare", "width": 280, "height": 90})
