"""How a sheet looks on screen and on paper: widths, frozen headings, filters, print area."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.sheet import ROW_POINTS, Sheet

# Characters; lines of a heading before its row is too high.
_NARROWEST, WIDEST, _MOST_LINES = 7.0, 45.0, 5
# Words of a table below another widen its columns less; keys and names break anywhere.
WIDEST_BELOW, _WIDEST_KEY = 22.0, 30.0
# Room beside a value: the indent that keeps it from its neighbour, and the edges of a cell.
_BESIDE = 2.5
# Chinese signs are higher and, bold, wider than others.
_LINES_OF_CHINESE, _LINES_OF_LATIN, _HIGHER = 2.5, 3, 1.2
# Letters of a heading are bold, and a size smaller; some are wider, and a word must not break for them.
_BOLD, _WIDE_LETTER, _WIDE_LETTERS = 0.98, 0.45, frozenset("mwMW%")
# Letters of a caption are smaller, and break anywhere into two lines.
_OF_CAPTION, _CAPTION_LINES, _CAPTION_POINTS = 0.75, 2, 11.0
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


def fit(
    sheet: Sheet,
    place: int,
    row: int,
    caption: str,
    heading: str,
    values: Iterable[object],
    form: str = "",
    widest: float = WIDEST,
) -> None:
    """Make a column as wide as its heading and values; what is wider is wrapped.

    Parameters
    ----------
    sheet : in the making
    place : of the column, from 1
    row : of the heading, which may take several lines
    caption, heading : what these two say; the small caption stands above the heading, or is ""
    values : below the heading, as written
    form : number format of the values; "" where they have several
    widest : characters that words may take before they are wrapped
    """
    shown = [value.value if isinstance(value, Formula) else value for value in values]
    numbers = [value for value in shown if isinstance(value, float | int)]
    # The longest number is the largest or, with its sign, the least.
    ends = {max(numbers), min(numbers)} if numbers else set()
    widths = {
        below: text_width(value) for below, value in enumerate(shown, start=row + 1) if isinstance(value, str)
    }
    words = max(widths.values(), default=0.0)
    if not any(" " in value or not value.isascii() for value in shown if isinstance(value, str)):
        widest = min(widest, _WIDEST_KEY)
    fitting = max(
        _OF_CAPTION * text_width(caption) / _CAPTION_LINES,
        _heading_width(heading),
        *(text_width(_shown(number, form)) for number in ends),
        min(words, widest - _BESIDE),
        _NARROWEST - _BESIDE,
    )
    width = sheet.widths[place] = max(sheet.widths.get(place, 0.0), min(fitting + _BESIDE, WIDEST))
    if caption and _OF_CAPTION * text_width(caption) > width - 1:
        sheet.heights[row - 1] = _CAPTION_LINES * _CAPTION_POINTS
    _raise_heading(sheet, row, heading, _FILLED * (width - _BESIDE))
    for below, needed in widths.items():
        lines = math.ceil(needed / (width - _BESIDE + 0.5))
        if lines > 1:
            wrap(sheet, below, place, lines)


def _raise_heading(sheet: Sheet, row: int, heading: str, room: float) -> None:
    """Make the row of the headings high enough for one whose lines hold so many characters."""
    lines = sum(math.ceil(text_width(part) / room) for part in heading.split("\n"))
    _raise(sheet, row, min(lines, _MOST_LINES) * (_HIGHER if _is_chinese(heading) else 1.0))


def make_room(sheet: Sheet, place: int, value: float, form: str) -> None:
    """Make a column wide enough for one more value.

    Parameters
    ----------
    sheet : in the making
    place : of the column, from 1
    value, form : that stands above or below its table, and its number format
    """
    sheet.widths[place] = max(sheet.widths.get(place, 0.0), text_width(_shown(value, form)) + _BESIDE)


def hold_words(sheet: Sheet, row: int) -> None:
    """Make the first column as wide as its words in a row, where those of the next column would cut them.

    Parameters
    ----------
    sheet, row : with both cells written
    """
    if (row, 2) in sheet.cells:
        sheet.widths[1] = max(sheet.widths.get(1, 0.0), text_width(str(sheet.cell(row, 1).value)) + 1)


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


def _shown(value: float, form: str) -> str:
    """A number about as a format shows it; the general format has room for six digits."""
    if not form:
        return f"{float(value):,.2f}"
    if form == "General":
        return f"{value:.6g}"
    if "E" in form:
        return f"{value:.1E}"
    digits, comma = len(form.rstrip("%").partition(".")[2]), "," * ("," in form)
    scaled = 100 * float(value) if form.endswith("%") else float(value)
    return f"{scaled:{comma}.{digits}f}{form[-1:].strip('0')}"


def _heading_width(heading: str) -> float:
    label, *units = heading.split("\n")
    # Labels break between words, units stay on one line; Chinese has no spaces and breaks between any signs.
    if not _is_chinese(heading):
        whole = map(_word_width, [*label.split(), *units])
        return max([text_width(label) / _LINES_OF_LATIN, *whole])
    whole = map(_word_width, re.findall(r"[^\s\u2e80-\uffff]+", heading))
    halves = [text_width(unit) / 2 for unit in units]
    return max([text_width(label) / _LINES_OF_CHINESE, *halves, *whole])


def _word_width(word: str) -> float:
    return _BOLD * text_width(word) + _WIDE_LETTER * sum(letter in _WIDE_LETTERS for letter in word)


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
