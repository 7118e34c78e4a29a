"""Single cells of the workbook: value, style, link and width."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import TYPE_CHECKING

import numpy as np

from capshare.reports.columns import number_format

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_FACE = "Calibri"
_INK, _GREY, _LINK, _SHADE = "FF1F2933", "FF7B8794", "FF1F5FA8", "FFE4ECF4"
_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST, _LINE_POINTS = 8.0, 60.0, 15.0


def put(sheet: Worksheet, row: int, column: int, value: object, unit: str = "") -> Cell:
    """Write one value of a result into a cell, numbers formatted as their unit asks.

    Parameters
    ----------
    value : a number in ``unit``, a boolean or text; None is an infeasible side of a price, infinity no limit

    Returns
    -------
    Cell
        text is always text, whatever it starts with
    """
    if isinstance(value, bool | np.bool_):
        return put_text(sheet, row, column, "yes" if value else "no")
    if isinstance(value, Real):
        return _put_number(sheet, row, column, value, unit)
    if value is None:
        return _put_absent(sheet, row, column, "infeasible")
    return put_text(sheet, row, column, str(value))


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text that no spreadsheet takes for a formula."""
    cell: Cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    if text.startswith(_READ_AS_FORMULA):
        # Without it, text like "=A1" turns into a formula as soon as someone edits the cell.
        cell.quotePrefix = True
    return cell


def _put_number(sheet: Worksheet, row: int, column: int, value: Real, unit: str) -> Cell:
    if math.isinf(value):
        return _put_absent(sheet, row, column, "no limit")
    from openpyxl.styles import Alignment

    cell: Cell = sheet.cell(row, column, int(value) if isinstance(value, Integral) else float(value))
    # Without the indent a number runs into the text of the next column.
    cell.alignment = Alignment(horizontal="right", indent=1)
    cell.number_format = number_format(unit, float(value))
    return cell


def _put_absent(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    from openpyxl.styles import Alignment, Font

    cell = put_text(sheet, row, column, text)
    cell.alignment = Alignment(horizontal="right", indent=1)
    cell.font = Font(name=_FACE, italic=True, color=_GREY)
    return cell


def put_title(sheet: Worksheet, title: str, meaning: str) -> None:
    """Write a sheet's title and the sentence beneath it, into its first two rows."""
    from openpyxl.styles import Font

    put_text(sheet, 1, 1, title).font = Font(name=_FACE, bold=True, size=14, color=_INK)
    put_text(sheet, 2, 1, meaning).font = Font(name=_FACE, color=_GREY)


def put_heading(sheet: Worksheet, row: int, column: int, text: str, of_numbers: bool = False) -> None:
    """Write the heading of a column, on the side where its values stand."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = put_text(sheet, row, column, text)
    cell.font = Font(name=_FACE, bold=True, color=_INK)
    cell.fill = PatternFill("solid", start_color=_SHADE)
    side = "right" if of_numbers else "left"
    cell.alignment = Alignment(side, "bottom", wrap_text=True, indent=int(of_numbers))
    cell.border = Border(bottom=Side("thin", color=_GREY))


def put_caption(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a small grey remark: a column's name in the CSV file, a way back."""
    from openpyxl.styles import Font

    put_text(sheet, row, column, text).font = Font(name=_FACE, size=8, color=_GREY)


def put_link(sheet: Worksheet, row: int, column: int, text: str, target: str) -> None:
    """Write text that leads to the first cell of another sheet."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = put_text(sheet, row, column, text)
    # A location inside the book; a target would be written as an outside file.
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=text)
    cell.font = Font(name=_FACE, color=_LINK, underline="single")


def fit(sheet: Worksheet, heading_row: int) -> None:
    """Make each column as wide as its content from the heading's row on; what is wider is wrapped.

    Parameters
    ----------
    heading_row : the row above may hold captions; the heading itself may take three lines
    """
    from openpyxl.utils import get_column_letter

    sheet.row_dimensions[heading_row].height = 3 * _LINE_POINTS
    for place in range(1, sheet.max_column + 1):
        caption, heading = (sheet.cell(row, place) for row in (heading_row - 1, heading_row))
        body = [sheet.cell(row, place) for row in range(heading_row + 1, sheet.max_row + 1)]
        widest = max([0.75 * _width(caption), _heading_width(heading), *map(_width, body)])
        width = min(max(widest + 3, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
        for cell in body:
            _wrap(sheet, cell, width)


def _wrap(sheet: Worksheet, cell: Cell | MergedCell, width: float) -> None:
    from openpyxl.styles import Alignment

    lines = math.ceil(_width(cell) / (width - 2))
    if lines > 1:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        row = sheet.row_dimensions[cell.row or 1]
        # A row grows by itself only in the program that last saved it.
        row.height = max(row.height or 0, lines * _LINE_POINTS)


def _width(cell: Cell | MergedCell) -> float:
    if cell.value is None:
        return 0.0
    if isinstance(cell.value, Real):
        return len(f"{float(cell.value):,.2f}")
    return _text_width(str(cell.value))


def _heading_width(cell: Cell | MergedCell) -> float:
    label, *units = str(cell.value or "").split("\n")
    # The label may break over two lines between its words, the unit stays on one.
    return max([_text_width(label) / 2, *map(_text_width, [*label.split(), *units])])


def _text_width(text: str) -> float:
    # A Chinese character takes the room of two Latin ones.
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
