"""How a sheet looks on screen and on paper: widths, frozen headings, filters, print area."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real
from typing import TYPE_CHECKING

from capshare.reports.workbook.grid import Formula, Grid

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Characters; height of a line of Excel's default font; lines of a heading before its row is too high.
_NARROWEST, _WIDEST, _LINE_POINTS, _MOST_LINES = 9.0, 60.0, 15.0, 4
# So wide a page takes a chart, and the sentence under a title.
_PAGE_WIDTH, _READABLE_WIDTH = 125.0, 190.0
# Fonts differ: a line of a heading holds less than its column is wide.
_FILLED = 0.85


def lay_out(sheet: Worksheet, grid: Grid | None = None, frozen: int = 0) -> None:
    """Freeze and filter the table of a sheet, and set it up for printing.

    Parameters
    ----------
    sheet : openpyxl worksheet
    grid : its main table; None leaves it without frozen rows and filter
    frozen : how many of its columns stay in sight
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A   &P / &N"
    if grid is None:
        return
    sheet.print_title_rows = f"{grid.top}:{grid.top}"
    sheet.freeze_panes = sheet.cell(grid.top + 1, grid.left + frozen).coordinate
    if grid.labels and len(grid.names) > 1:
        last = sheet.cell(grid.bottom, grid.left + len(grid.names) - 1).coordinate
        sheet.auto_filter.ref = f"{grid.letter(grid.names[0])}{grid.top}:{last}"


def set_print_area(sheet: Worksheet, rows_of_charts: int) -> None:
    """Print everything that a sheet holds, charts below its cells included.

    Parameters
    ----------
    sheet : openpyxl worksheet, its cells written
    rows_of_charts : height of the charts below them, in rows
    """
    from openpyxl.utils import get_column_letter

    # openpyxl goes through all cells for it.
    columns = sheet.max_column
    last, width = 0, 0.0
    while last < columns or width < _PAGE_WIDTH:
        last += 1
        width += sheet.column_dimensions[get_column_letter(last)].width
    # A wide table on one page is too small to read.
    sheet.page_setup.fitToWidth = max(1, round(width / _READABLE_WIDTH))
    sheet.print_area = f"A1:{get_column_letter(last)}{sheet.max_row + rows_of_charts}"


def widen(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Give the first columns their widths.

    Parameters
    ----------
    sheet : openpyxl worksheet
    widths : from column A on, in characters
    """
    from openpyxl.utils import get_column_letter

    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def fit(
    sheet: Worksheet, letter: str, row: int, caption: str, heading: str, values: Iterable[object]
) -> None:
    """Make a column as wide as its heading and values; what is wider is wrapped.

    Parameters
    ----------
    sheet : openpyxl worksheet
    letter : of the column
    row : of the heading, which may take several lines; the small caption stands above it
    caption, heading : what these two say
    values : below the heading, as written
    """
    widths = [_width(_shown(value)) for value in values]
    widest = max([0.75 * _width(caption), _heading_width(heading), *widths])
    fitting = min(max(widest + 3, _NARROWEST), _WIDEST)
    column = sheet.column_dimensions[letter]
    if not column.customWidth or column.width < fitting:
        column.width = fitting
    label, *units = heading.split("\n")
    lines = math.ceil(_width(label) / (_FILLED * (column.width - 3))) + len(units)
    height = sheet.row_dimensions[row].height or 0
    sheet.row_dimensions[row].height = max(height, min(lines, _MOST_LINES) * _LINE_POINTS)
    for below, width in enumerate(widths, start=row + 1):
        lines = math.ceil(width / (_WIDEST - 2))
        if lines > 1:
            _wrap(sheet, f"{letter}{below}", lines)


def _wrap(sheet: Worksheet, coordinate: str, lines: int) -> None:
    from openpyxl.styles import Alignment

    cell = sheet[coordinate]
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    row = sheet.row_dimensions[cell.row]
    # A row grows by itself only in the program that last saved it.
    row.height = max(row.height or 0, lines * _LINE_POINTS)


def _shown(value: object) -> str:
    found = value.value if isinstance(value, Formula) else value
    if isinstance(found, Real) and not isinstance(found, bool):
        return f"{float(found):,.2f}"
    return str(found)


def _heading_width(heading: str) -> float:
    label, *units = heading.split("\n")
    # The label may break between its words, the unit stays on one line.
    return max([_width(label) / (_MOST_LINES - 2), *map(_width, [*label.split(), *units])])


def _width(words: str) -> float:
    if words.isascii():
        return float(len(words))
    # A Chinese character takes the room of two Latin ones.
    return float(sum(2 if ord(letter) > 0x2E7F else 1 for letter in words))
