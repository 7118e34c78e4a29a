"""Single cells of the workbook: value, look and link."""

from __future__ import annotations

import math
from copy import copy
from numbers import Integral, Real
from typing import TYPE_CHECKING

import numpy as np

from capshare.reports.catalogue import text
from capshare.reports.columns import number_format
from capshare.reports.workbook.grid import Formula, Kind

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

# A unit of its own: figures that ought to be nearly 0.
SCIENTIFIC = "scientific"
FACE = "Calibri"
INK, GREY, LINK, SHADE = "FF1F2933", "FF5F6C7B", "FF1F5FA8", "FFE4ECF4"
# What may be edited, and what a solver or an estimate decided: told apart in grey print as well.
FILLS: dict[Kind, str] = {"input": "FFFFF4CC", "solved": "FFE3E3EA"}
_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_Look = tuple[Kind, str, str]


class Pen:
    """Writes cells in a language; looks are made once and copied, as making them takes most of the time.

    Attributes
    ----------
    lang : of the words for what is no number
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._looks: dict[_Look, StyleArray] = {}

    def put(
        self, sheet: Worksheet, row: int, column: int, value: object, kind: Kind = "text", unit: str = ""
    ) -> Cell:
        """Write a value or a formula; None is an infeasible side of a price, infinity no limit."""
        shown = value.value if isinstance(value, Formula) else value
        plain = readable_cell(shown, self.lang)
        is_number = not isinstance(plain, str)
        written = value.text if isinstance(value, Formula) else plain
        cell: Cell = sheet.cell(row, column, written)
        if isinstance(value, Formula):
            cell.data_type = "f"
        elif not is_number:
            cell.data_type = "s"
        kind = "live" if isinstance(value, Formula) else kind
        form = _form(unit, float(plain)) if isinstance(plain, int | float) else "General"
        self._look(cell, (kind, form, "right" if is_number or not isinstance(shown, str) else "left"))
        if not isinstance(value, Formula) and str(plain).startswith(_READ_AS_FORMULA) and not is_number:
            # Without it, text like "=A1" turns into a formula as soon as someone edits the cell.
            cell.quotePrefix = True
        return cell

    def _look(self, cell: Cell, look: _Look) -> None:
        known = self._looks.get(look)
        if known is not None:
            cell._style = copy(known)
            return
        from openpyxl.styles import Alignment, Font, PatternFill

        kind, form, side = look
        cell.font = Font(name=FACE, color=LINK if kind == "input" else INK)
        cell.number_format = form
        # Without the indent a number runs into the text of the next column.
        cell.alignment = Alignment(horizontal=side, vertical="top", indent=int(side == "right"))
        if kind in FILLS:
            cell.fill = PatternFill("solid", start_color=FILLS[kind])
        self._looks[look] = copy(cell._style)


def _form(unit: str, value: float) -> str:
    return "0.0E+00" if unit == SCIENTIFIC else number_format(unit, value)


def readable_cell(value: object, lang: str) -> float | int | str:
    """What stands in a cell: a number, or words for what is none."""
    if isinstance(value, bool | np.bool_):
        return text("terms.yes" if value else "terms.no", lang)
    if value is None:
        return text("terms.infeasible", lang)
    if isinstance(value, Real):
        if math.isinf(value):
            return text("terms.no_limit", lang)
        return int(value) if isinstance(value, Integral) else float(value)
    return str(value)


def put_text(sheet: Worksheet, row: int, column: int, words: str) -> Cell:
    """Write text that no spreadsheet takes for a formula."""
    cell: Cell = sheet.cell(row, column, words)
    cell.data_type = "s"
    if words.startswith(_READ_AS_FORMULA):
        cell.quotePrefix = True
    return cell


def put_title(sheet: Worksheet, title: str, meaning: str) -> None:
    """Write a sheet's title and the sentence beneath it, into its first two rows."""
    from openpyxl.styles import Font

    put_text(sheet, 1, 1, title).font = Font(name=FACE, bold=True, size=14, color=INK)
    put_text(sheet, 2, 1, meaning).font = Font(name=FACE, color=GREY)


def put_heading(sheet: Worksheet, row: int, column: int, words: str, of_numbers: bool = False) -> None:
    """Write the heading of a column, on the side where its values stand."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = put_text(sheet, row, column, words)
    cell.font = Font(name=FACE, bold=True, color=INK)
    cell.fill = PatternFill("solid", start_color=SHADE)
    side = "right" if of_numbers else "left"
    cell.alignment = Alignment(side, "bottom", wrap_text=True, indent=int(of_numbers))
    cell.border = Border(bottom=Side("thin", color=GREY))


def put_caption(sheet: Worksheet, row: int, column: int, words: str) -> None:
    """Write a small grey remark: a column's name in the CSV file."""
    from openpyxl.styles import Font

    put_text(sheet, row, column, words).font = Font(name=FACE, size=8, color=GREY)


def put_subtitle(sheet: Worksheet, row: int, words: str) -> None:
    """Write the title of a further table on a sheet."""
    from openpyxl.styles import Font

    put_text(sheet, row, 1, words).font = Font(name=FACE, bold=True, size=12, color=INK)


def put_link(sheet: Worksheet, row: int, column: int, words: str, target: str) -> None:
    """Write text that leads to the first cell of another sheet."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = put_text(sheet, row, column, words)
    # A location inside the book; a target would be written as an outside file.
    location = "'" + target.replace("'", "''") + "'!A1"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=words)
    cell.font = Font(name=FACE, color=LINK, underline="single")
