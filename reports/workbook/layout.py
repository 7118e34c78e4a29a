"""How a sheet looks on screen and on paper: widths, frozen headings, filters, print area."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.sheet import ROW_POINTS, Sheet

# Characters; lines of a heading before its row is too high.
_NARROWEST, _WIDEST, _MOST_LINES = 9.0, 45.0, 4
# Chinese signs are higher and, bold, wider than others.
_LINES_OF_CHINESE, _HIGHER = 1.5, 1.2
# Fonts differ: a line of a heading holds less than its column is wide.
_FILLED = 0.85


def lay_out(sheet: Sheet, grid: Grid | None = None, frozen: int = 0) -> None:
    """Freeze and filter the table of a sheet, and set it up for printing.

    Parameters
    ----------
    sheet : in the making
    grid : its main table; None leaves it without frozen rows and filter
    frozen : how many of its columns stay in sight
    """
    sheet.page.is_set = True
    if grid is None:
        return
    sheet.page.heading = grid.top
    sheet.page.frozen = (grid.top + 1, grid.left + frozen)
    if grid.labels and len(grid.names) > 1:
        last = grid.left + len(grid.names) - 1
        sheet.page.filtered = (grid.top, grid.bottom, grid.left, last)


def widen(sheet: Sheet, widths: Iterable[float]) -> None:
    """Give the first columns their widths.

    Parameters
    ----------
    sheet : in the making
    widths : from column A on, in characters
    """
    sheet.widths |= dict(enumerate(widths, start=1))


def fit(sheet: Sheet, place: int, row: int, caption: str, heading: str, values: Iterable[object]) -> None:
    """Make a column as wide as its heading and values; what is wider is wrapped.

    Parameters
    ----------
    sheet : in the making
    place : of the column, from 1
    row : of the heading, which may take several lines; the small caption stands above it
    caption, heading : what these two say
    values : below the heading, as written
    """
    shown = [value.value if isinstance(value, Formula) else value for value in values]
    numbers = [value for value in shown if isinstance(value, float | int)]
    # The longest number is the largest or, with its sign, the least.
    ends = {max(numbers), min(numbers)} if numbers else set()
    widths = {
        below: text_width(value) for below, value in enumerate(shown, start=row + 1) if isinstance(value, str)
    }
    widest = max(
        [
            0.75 * text_width(caption),
            _heading_width(heading),
            *map(text_width, map(_shown, ends)),
            *widths.values(),
        ]
    )
    fitting = min(max(widest + 3, _NARROWEST), _WIDEST)
    sheet.widths[place] = max(sheet.widths.get(place, 0.0), fitting)
    label, *units = heading.split("\n")
    lines = math.ceil(text_width(label) / (_FILLED * (sheet.widths[place] - 3))) + len(units)
    _raise(sheet, row, min(lines, _MOST_LINES) * (_HIGHER if _is_chinese(heading) else 1.0))
    for below, width in widths.items():
        lines = math.ceil(width / (_WIDEST - 2))
        if lines > 1:
            wrap(sheet, below, place, lines)


def make_room(sheet: Sheet, place: int, value: float) -> None:
    """Make a column wide enough for one more value.

    Parameters
    ----------
    sheet : in the making
    place : of the column, from 1
    value : that stands above or below its table
    """
    sheet.widths[place] = max(sheet.widths.get(place, 0.0), text_width(_shown(value)) + 3)


def wrap(sheet: Sheet, row: int, column: int, lines: int) -> None:
    """Break the text of a cell, and make its row high enough.

    Parameters
    ----------
    sheet, row, column : of the cell
    lines : that the text takes
    """
    cell = sheet.cell(row, column)
    cell.look = replace(cell.look, wraps=True, vertical="top")
    # A row grows by itself only in the program that last saved it.
    _raise(sheet, row, lines)


def _raise(sheet: Sheet, row: int, lines: float) -> None:
    sheet.heights[row] = max(sheet.heights.get(row, 0.0), lines * ROW_POINTS)


def _shown(value: float) -> str:
    return f"{float(value):,.2f}"


def _heading_width(heading: str) -> float:
    label, *units = heading.split("\n")
    # The label may break between its words, the unit stays on one line.
    # Chinese has no spaces and breaks between any two signs.
    words = re.findall(r"[^\s\u2e80-\uffff]+", label)
    lines = _LINES_OF_CHINESE if _is_chinese(label) else _MOST_LINES - 2
    return max([text_width(label) / lines, *map(text_width, [*words, *units])])


def _is_chinese(words: str) -> bool:
    return any(letter > "\u2e7f" for letter in words)


def text_width(words: str) -> float:
    """Room that a text takes, in characters.

    Parameters
    ----------
    words : of one line
    """
    if words.isascii():
        return float(len(words))
    # A Chinese character takes the room of two Latin ones.
    return float(sum(2 if ord(letter) > 0x2E7F else 1 for letter in words))
