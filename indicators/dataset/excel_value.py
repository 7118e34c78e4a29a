"""Excel value: what a cell of a workbook holds, as the text that a person sees."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from capshare.base.shown import shown
from capshare.indicators.dataset.excel_contents import Contents, unescaped
from capshare.indicators.dataset.fields import Fault

_NUMBER = re.compile(r"[+-]?([0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})([eE][+-]?[0-9]{1,5})?")
_AGAIN = "Save the workbook again in Excel or LibreOffice."
_TRUTH = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


@dataclass(frozen=True)
class Cell:
    """A cell as it stands in the part of its sheet.

    Attributes
    ----------
    kind, style : the attributes ``t`` and ``s``
    value : as stored; None where the cell has none
    formula : without its sign =; None where the cell has none
    inline : text inside the cell; None where it has none
    shared : number of the formula that it shares with other cells, of which one has the text; else empty
    """

    kind: str
    style: str
    value: str | None
    formula: str | None
    inline: str | None
    shared: str = ""


def cell_text(cell: Cell, contents: Contents) -> str | Fault:
    """Text of a cell: a number in its shortest form, a percentage with its sign, of a formula its value.

    Parameters
    ----------
    cell : as it stands in the file
    contents : what it refers to

    Returns
    -------
    the text, ``""`` for a blank cell, or what is wrong with it
    """
    if cell.kind == "inlineStr":
        return cell.inline or ""
    if not cell.value:
        # A formula that gives an empty text says so; one that was never worked out has no value at all.
        unsaved = cell.formula is not None and cell.kind != "str"
        return f"the formula ={cell.formula}, whose value was never saved" if unsaved else ""
    if cell.kind == "n":
        return _number(cell, cell.value, contents)
    if cell.kind == "s":
        position = _position(cell.value, len(contents.texts))
        if position is None:
            expected = f"one of the {len(contents.texts)} texts of the workbook"
            return Fault(expected, shown(cell.value), _AGAIN)
        return contents.texts[position]
    if cell.kind == "b":
        return _TRUTH.get(cell.value, cell.value)
    return f"the date {cell.value}" if cell.kind == "d" else unescaped(cell.value)


def _number(cell: Cell, written: str, contents: Contents) -> str | Fault:
    position = _position(cell.style, len(contents.formats))
    if position is None:
        expected = f"one of the {len(contents.formats)} formats of the workbook"
        return Fault(expected, f"number {shown(cell.style)}", _AGAIN)
    if not _NUMBER.fullmatch(written.strip()):
        return Fault("a number", shown(written), _AGAIN)
    value, form = float(written), contents.formats[position]
    if not math.isfinite(value):
        return written.strip()
    if "%" in form:
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if form != "General" and is_date_format(form):
        return f"the date {_date(value, contents.from_1904)}"
    return str(int(value)) if value.is_integer() else repr(value)


def _position(written: str, count: int) -> int | None:
    """A position among so many, None where it is outside."""
    if not (written.isascii() and written.isdecimal()) or len(written) > 9:
        return None
    return int(written) if int(written) < count else None


def _date(days: float, from_1904: bool) -> str:
    try:
        return str(from_excel(days, MAC_EPOCH if from_1904 else WINDOWS_EPOCH).isoformat())
    except (OverflowError, ValueError):
        return f"of day {days:g}"
