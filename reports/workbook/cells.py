"""The cells of the workbook that hold numbers: values and formulas, and how they look."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
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
# Two more: each row has a unit of its own; in the latter no edit may be hidden by rounding.
MIXED, EXACT = "mixed", "exact"
# Whole numbers of a column without a unit that are years take no separator of thousands.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# From here on a column shows fewer digits; what is left of 0 by rounding is no small number.
_LARGE, _ROUNDING = 100, 1e-9
# Where the largest number of a column is smaller, three decimals would leave nearly nothing of the others.
_SMALL, _RESIDUAL = 0.1, 1e-6
# Significant digits of the largest number of a column of small ones, and of every number with its own unit.
_DIGITS, _OWN_DIGITS = 3, 4
_GENERAL = "General"
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
    if isinstance(value, Formula):
        plain = readable_cell(value.value, lang)
        return sheet.put(
            row, column, Formula(value.text, plain), _shape("live", value.value, plain, form), "live"
        )
    plain = readable_cell(value, lang)
    return sheet.put(row, column, plain, _shape(kind, value, plain, form), kind)


def put_column(
    sheet: Sheet,
    place: tuple[int, int],
    values: Iterable[tuple[object, float | int | str]],
    formulas: Iterable[str],
    kind: Kind,
    form: str,
    own_form: Callable[[float], str] | None = None,
) -> None:
    """Write the cells of a column, each as :func:`put_value` writes one.

    Parameters
    ----------
    sheet : that it stands on
    place : row of the first cell and column, from 1
    values : (value, what :func:`readable_cell` makes of it) per row
    formulas : per row, without =; where it is empty, the value stands
    kind : of the cells without a formula
    form : number format of Excel; "" is the general one
    own_form : number → format, where each has one of its own
    """
    top, column = place
    # Most cells are numbers, whose look is that of the column.
    of_numbers, of_live_numbers = _look(kind, form, "right", False), _look("live", form, "right", False)
    for row, ((value, plain), formula) in enumerate(zip(values, formulas, strict=False), start=top):
        is_number = type(value) is float and type(plain) is float and own_form is None
        form = form if own_form is None or isinstance(plain, str) else own_form(plain)
        if formula:
            look = of_live_numbers if is_number else _shape("live", value, plain, form)
            sheet.put(row, column, Formula(f"={formula}", plain), look, "live")
        else:
            look = of_numbers if is_number else _shape(kind, value, plain, form)
            sheet.put(row, column, plain, look, kind)


def _shape(kind: Kind, value: object, plain: float | int | str, form: str) -> Look:
    """The look of a cell: words for what is no number stand where numbers do."""
    side: Literal["left", "right"] = "left" if isinstance(value, str | bool | np.bool_) else "right"
    if not isinstance(plain, str):
        return _look(kind, form, side, False)
    # Without it, text like "=A1" turns into a formula as soon as someone edits the cell.
    return _look(kind, "", side, kind != "live" and plain.startswith(READ_AS_FORMULA))


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
    if unit in OWN_FORMS:
        return _GENERAL
    if unit == CHOSEN:
        return number_format(MT, 0.0)
    if unit in KNOWN_UNITS:
        return number_format(unit, 0.0)
    if all(float(number).is_integer() for number in found):
        return "0" if all(_FIRST_YEAR <= number <= _LAST_YEAR for number in found) else "#,##0"
    if all((2 * number).is_integer() for number in map(float, found)):
        # Ranks that equal ones share.
        return "#,##0.0"
    largest = max(found)
    if _RESIDUAL < largest < _SMALL:
        return _decimals(largest, _DIGITS)
    form = "#,##0.0" if largest >= 10_000 else "#,##0.00" if largest >= 100 else "0.000"
    # Rows with units of their own: a digit more or less of the large ones would show the small ones as 0.
    least = shown_as_0(form)
    is_mixed = largest >= _LARGE and any(_ROUNDING < number < least for number in found)
    return _GENERAL if is_mixed else form


def _own_form(number: float) -> str:
    """The number format of a number beside others in other units: no more decimals than it has."""
    if float(number).is_integer():
        return column_form("", [number])
    whole = max(1, math.floor(math.log10(abs(number))) + 1)
    rounded = f"{float(f'{number:.{_OWN_DIGITS}g}'):.{_OWN_DIGITS + 4}f}".rstrip("0")
    decimals = len(rounded.partition(".")[2])
    return f"{'#,##0' if whole > 3 else '0'}.{'0' * max(decimals, 1)}"


def _exact_form(number: float) -> str:
    """The number format of an input that may be edited: as many decimals as it has, up to six."""
    return _GENERAL if float(number).is_integer() else "#,##0.0#####"


OWN_FORMS: dict[str, Callable[[float], str]] = {MIXED: _own_form, EXACT: _exact_form}


def _decimals(number: float, digits: int) -> str:
    """The number format that shows so many significant digits of a number below 1."""
    return f"0.{'0' * (digits - 1 - math.floor(math.log10(number)))}"


def shown_as_0(form: str) -> float:
    """The size below which a number format shows only zeros; 0 for those that always show a digit.

    Parameters
    ----------
    form : "#,##0.0", "0.0%", "0.0E+00" or "General"
    """
    if "E" in form or form == _GENERAL:
        return 0.0
    digits = len(form.rstrip("%").partition(".")[2]) + 2 * form.endswith("%")
    return 0.5 * 10.0**-digits


def readable_cell(value: object, lang: str) -> float | int | str:
    """What stands in a cell: a number, or words for what is none.

    Parameters
    ----------
    value : None is an infeasible side of a price, infinity no limit
    lang : of the words
    """
    # Most cells are floats and texts; asking the abstract classes of numbers takes ten times as long.
    if type(value) is str:
        return value
    if isinstance(value, float):
        return text("terms.no_limit", lang) if math.isinf(value) else float(value)
    if isinstance(value, bool | np.bool_):
        return text("terms.yes" if value else "terms.no", lang)
    if value is None:
        return text("terms.infeasible", lang)
    if isinstance(value, Real):
        return int(value) if isinstance(value, Integral) else readable_cell(float(value), lang)
    return str(value)
