"""Written number: digits as people and spreadsheets write them, brought into plain form.

Full-width digits, thousands marks and the decimal comma are read; what may mean two numbers is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

_NUMBER = re.compile(r"[+-]?(\d++(?:\.\d*+)?|\.\d++)([eE][+-]?\d++)?", re.ASCII)
_NUMERIC = re.compile(r"[+-]?[.,' ]*+\d[\d.,' ]*+(?:[eE][+-]?\d++)?", re.ASCII)
# Letters of a number: written out, the largest float has 309 digits.
_LONGEST = 400
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'", "\uff0c": ",", "\u3002": "."})


class DecimalMark(Enum):
    """What separates the decimals of a file's numbers."""

    POINT = "."
    COMMA = ","
    UNCLEAR = "?"
    """Every comma and point of the file may be either."""


def plain_number(text: str, mark: DecimalMark = DecimalMark.POINT) -> str | None:
    """Number without width, thousands marks and decimal comma.

    Parameters
    ----------
    text : for example ``1,234.5``, ``１２３``, ``1 234,5``
    mark : of the file's decimals

    Returns
    -------
    text that `float` reads, None where it is no number or may be two
    """
    number = _narrow(text)
    if _NUMBER.fullmatch(number) and (mark is DecimalMark.POINT or "." not in number):
        return number
    readings = {_read_with(number, point) for point in _points(mark)} - {None}
    return readings.pop() if len(readings) == 1 else None


def is_unclear(text: str, mark: DecimalMark) -> bool:
    """Whether a text may be either of two numbers: ``1,234`` where nothing tells what the comma means.

    Parameters
    ----------
    text : of a cell
    mark : of the file's decimals
    """
    return mark is DecimalMark.UNCLEAR and plain_number(text, mark) is None and _is_either(_narrow(text))


def decimal_mark(cells: Iterable[str]) -> DecimalMark:
    """What separates decimals in a file that may use either mark.

    A comma before three digits may be of either kind; one cell that can only be read one way decides for
    the whole file.

    Parameters
    ----------
    cells : every cell of the file, numbers or not

    Returns
    -------
    DecimalMark; unclear where nothing decides, or where cells decide differently
    """
    told = set()
    for cell in cells:
        number = _narrow(cell)
        if ("," in number or "." in number) and _NUMERIC.fullmatch(number):
            possible = [point for point in ".," if _read_with(number, point) is not None]
            told |= set(possible) if len(possible) == 1 else set()
    return DecimalMark(told.pop()) if len(told) == 1 else DecimalMark.UNCLEAR


def _narrow(text: str) -> str:
    # A longer text is no number: to find that out letter by letter would take for ever.
    stripped = text.strip() if len(text) <= _LONGEST else ""
    if stripped.isascii():
        return stripped
    return unicodedata.normalize("NFKC", stripped.translate(_MINUS)).strip()


def _points(mark: DecimalMark) -> str:
    return ".," if mark is DecimalMark.UNCLEAR else mark.value


def _read_with(number: str, point: str) -> str | None:
    """Plain form of a number whose decimals follow one mark, None where it cannot be one."""
    marks = {".": r",' ", ",": r".' "}[point]
    grouped = rf"[+-]?[1-9]\d{{0,2}}(?P<mark>[{marks}])\d{{3}}(?:(?P=mark)\d{{3}})*(?:{re.escape(point)}\d*)?"
    if re.fullmatch(grouped, number, re.ASCII):
        number = number.translate(dict.fromkeys(map(ord, marks)))
    plain = number.replace(point, ".") if "." not in number or point == "." else ""
    return plain if _NUMBER.fullmatch(plain) else None


def _is_either(number: str) -> bool:
    return all(_read_with(number, point) is not None for point in ".,")
