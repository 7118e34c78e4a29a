"""The cells of the workbook that hold numbers: values and formulas, and how they look."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from numbers import Integral, Real
from typing import Literal

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
from capshare.reports.workbook.look import INK, LINK, Look
from capshare.reports.workbook.sheet import Cell, Sheet

KNOWN_UNITS = (MT, PRICE, MONEY, SHARE, PERCENT, POINTS, UNIT_INTERVAL, HUNDRED)
# A unit of its own: figures that ought to be nearly 0.
SCIENTIFIC = "scientific"
# Another: amounts in the unit that the reader chooses, whose digits ``mark_unit`` sets.
CHOSEN = "chosen"
# What may be edited, and what a solver or an estimate decided: told apart in grey print as well.
GROUNDS: dict[Kind, str] = {"input": "#FFF4CC", "solved": "#E3E3EA"}


def put_value(
    sheet: Sheet, row: int, column: int, value: object, lang: str, kind: Kind = "text", form: str = ""
) -> Cell:
    """Write a value or a formula, a number in the format `form`.

    None is an infeasible side of a price, infinity no limit.

    Parameters
    ----------
    sheet : that it stands on
    row, column : from 1
    value : number, text, truth value or :class:`Formula`
    lang : of the words for what is no number
    kind : how it is coloured; a formula is always "live"
    form : number format of Excel; "" is the general one
    """
    shown = value.value if isinstance(value, Formula) else value
    plain = readable_cell(shown, lang)
    is_word = isinstance(shown, str | bool | np.bool_)
    side: Literal["left", "right"] = "left" if is_word else "right"
    if isinstance(value, Formula):
        shape = "" if isinstance(plain, str) else form
        return sheet.put(row, column, Formula(value.text, plain), _look("live", shape, side, False), "live")
    if isinstance(plain, str):
        # Without it, text like "=A1" turns into a formula as soon as someone edits the cell.
        quoted = plain.startswith(READ_AS_FORMULA)
        return sheet.put(row, column, plain, _look(kind, "", side, quoted), kind)
    return sheet.put(row, column, plain, _look(kind, form, side, False), kind)


@cache
def _look(kind: Kind, form: str, side: Literal["left", "right"], quoted: bool) -> Look:
    # Without the indent a number runs into the text of the next column, and a text into its number.
    return Look(
        colour=LINK if kind == "input" else INK,
        ground=GROUNDS.get(kind, ""),
        form=form,
        side=side,
        vertical="top",
        indent=1,
        quoted=quoted,
        unlocked=kind == "input",
    )


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
    if unit == CHOSEN:
        return number_format(MT, 0.0)
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
