"""The cells of the workbook that hold numbers: values and formulas, and how they look."""

from __future__ import annotations

import math
from collections.abc import Iterable
from copy import copy
from numbers import Integral, Real
from typing import TYPE_CHECKING

import numpy as np

from capshare.indicators.dataset.names import READ_AS_FORMULA
from capshare.reports.words.catalogue import text
from capshare.reports.words.columns import (
    HUNDRED,
    MONEY,
    MT,
    PERCENT,
    POINTS,
    PRICE,
    SHARE,
    UNIT_INTERVAL,
    number_format,
)
from capshare.reports.workbook.grid import Formula, Kind
from capshare.reports.workbook.text_cells import FACE, INK, LINK

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

KNOWN_UNITS = (MT, PRICE, MONEY, SHARE, PERCENT, POINTS, UNIT_INTERVAL, HUNDRED)
# A unit of its own: figures that ought to be nearly 0.
SCIENTIFIC = "scientific"
# What may be edited, and what a solver or an estimate decided: told apart in grey print as well.
FILLS: dict[Kind, str] = {"input": "FFFFF4CC", "solved": "FFE3E3EA"}
_Look = tuple[Kind, str, str]


class CellWriter:
    """Writes cells in a language; looks are made once and copied, as making them takes most of the time.

    Attributes
    ----------
    lang : of the words for what is no number
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._looks: dict[_Look, StyleArray] = {}

    def put(
        self, sheet: Worksheet, row: int, column: int, value: object, kind: Kind = "text", form: str = ""
    ) -> Cell:
        """Write a value or a formula, a number in the format `form`.

        None is an infeasible side of a price, infinity no limit.

        Parameters
        ----------
        sheet : openpyxl worksheet
        row, column : from 1
        value : number, text, truth value or :class:`Formula`
        kind : how it is coloured; a formula is always "live"
        form : number format of Excel; "" is the general one
        """
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
        shape = form if isinstance(plain, int | float) else "General"
        is_word = isinstance(shown, str | bool | np.bool_)
        self._look(cell, (kind, shape or "General", "left" if is_word else "right"))
        if not isinstance(value, Formula) and str(plain).startswith(READ_AS_FORMULA) and not is_number:
            # Without it, text like "=A1" turns into a formula as soon as someone edits the cell.
            cell.quotePrefix = True
        return cell

    def _look(self, cell: Cell, look: _Look) -> None:
        known = self._looks.get(look)
        if known is not None:
            cell._style = copy(known)  # type: ignore[attr-defined]
            return
        from openpyxl.styles import Alignment, Font, PatternFill

        kind, form, side = look
        cell.font = Font(name=FACE, color=LINK if kind == "input" else INK)
        cell.number_format = form
        # Without the indent a number runs into the text of the next column, and a text into its number.
        cell.alignment = Alignment(horizontal=side, vertical="top", indent=1)
        if kind in FILLS:
            cell.fill = PatternFill("solid", start_color=FILLS[kind])
        self._looks[look] = copy(cell._style)  # type: ignore[attr-defined]


def column_form(unit: str, numbers: Iterable[float]) -> str:
    """The number format of a column: by its unit, else by the size of its numbers.

    Parameters
    ----------
    unit : as :func:`~capshare.reports.words.columns.describe` gives it
    numbers : of the column
    """
    found = [abs(number) for number in numbers]
    if unit == SCIENTIFIC:
        return "0.0E+00"
    if unit in KNOWN_UNITS:
        return number_format(unit, 0.0)
    if all(float(number).is_integer() for number in found):
        return "#,##0"
    largest = max(found)
    return "#,##0.0" if largest >= 10_000 else "#,##0.00" if largest >= 100 else "0.000"


def readable_cell(value: object, lang: str) -> float | int | str:
    """What stands in a cell: a number, or words for what is none.

    Parameters
    ----------
    value : None is an infeasible side of a price, infinity no limit
    lang : of the words
    """
    # Most cells are floats; asking the abstract classes of numbers takes ten times as long.
    if isinstance(value, float):
        return text("terms.no_limit", lang) if math.isinf(value) else float(value)
    if isinstance(value, bool | np.bool_):
        return text("terms.yes" if value else "terms.no", lang)
    if value is None:
        return text("terms.infeasible", lang)
    if isinstance(value, Real):
        return int(value) if isinstance(value, Integral) else readable_cell(float(value), lang)
    return str(value)
