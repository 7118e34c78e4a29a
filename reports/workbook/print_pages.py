"""How a sheet is spread over pages of paper: as few as can be read, none through a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from capshare.reports.workbook.chart import Chart
from capshare.reports.workbook.chart_place import last_cell
from capshare.reports.workbook.keep_whole import keep_tables_whole
from capshare.reports.workbook.layout import text_width, wrap
from capshare.reports.workbook.sheet import CHARACTER_PIXELS, ROW_POINTS, Cell, Sheet

# Margins of a page, in inches: left, right, top, bottom; what an A4 page in landscape holds inside them.
MARGINS = (0.3, 0.3, 0.5, 0.6)
_PAGE_PIXELS, _PAGE_POINTS = 1064, 515
# Where the font of a spreadsheet is not there, another is so much wider, and its columns with it; where no
# page may overflow, a little more.
_WIDER, _AT_MOST_WIDER = 1.33, 1.4
# Scales, in %, from the size on the screen down to 6 points, which are 8 where the font is there.
_SCALES = (100, 95, 90, 85, 80, 75, 70, 65, 60, 55)
# One page is worth a smaller size than several are.
_READABLE = 65
# A narrower sheet would be printed larger than need be; very long words, in full, would make the table too
# small.
_SENTENCE_PIXELS = (875, 1300)
_SENTENCE_ROW = 2
# Fonts differ: a page that a spreadsheet fills by itself may hold a little less.
_FILLED = 0.9


@dataclass(frozen=True)
class _Spread:
    """Pages of a sheet at a scale: after which columns a new one begins, and how many rows of pages.

    `torn` says whether a page is narrower than what must stand on it whole.
    """

    scale: int
    breaks: tuple[int, ...]
    down: int
    torn: bool

    @property
    def pages(self) -> int:
        return self.down * (1 + len(self.breaks))


def set_pages(sheet: Sheet) -> None:
    """Print what a sheet holds, or its first page, in a size that can be read.

    Charts are left out where they would stand on pages of their own, but for those that may; and beside a
    table of several pages, as those are empty below them.

    Parameters
    ----------
    sheet : its cells and charts written; an area that is set already is kept
    """
    page, charts = sheet.page, sheet.charts
    is_given = page.area is not None
    page.area = page.area or _area(sheet, charts)
    whole = _whole(sheet)
    alone = bool(whole.breaks) and not any(chart.own_page for chart in charts)
    if charts and not is_given and (page.first_only or whole.down > 1 or alone):
        # The area is wide enough for the sentence under the title, and ends before a chart begins.
        rows, columns = _area(sheet, [])
        page.area = (rows, min(columns, min(chart.column for chart in charts) - 1))
        charts = []
        whole = _whole(sheet)
    if page.first_only and whole.down > 1:
        page.area = (_rows_of_a_page(sheet, whole.scale), page.area[1])
        whole = replace(whole, down=1)
    page.across, page.down = 1 + len(whole.breaks), page.down or int(whole.down == 1)
    page.repeated = page.frozen[1] - 1 if page.frozen and whole.breaks else 0
    if whole.breaks:
        # Pages that the spreadsheet makes by itself may run through a chart, and may be more.
        wholes = {chart.column for chart in charts}
        parted = _best(_spread(sheet, scale, wholes, _AT_MOST_WIDER) for scale in _SCALES)
        page.scale, page.column_breaks = parted.scale, list(parted.breaks)
    elif whole.down > 1 and not page.down:
        # Fitted across, a narrow list would be larger than it need be, and longer.
        narrow = _best(_spread(sheet, scale, set(), _AT_MOST_WIDER) for scale in _SCALES)
        page.scale = 0 if narrow.breaks else narrow.scale
    if page.row_breaks:
        # Fitted, a spreadsheet would leave out breaks that are set.
        page.scale = _scale_of_width(sheet)
    elif page.tables and whole.down > 1 and not page.down:
        _part_tables(sheet)
    _fold_sentence(sheet)


def _part_tables(sheet: Sheet) -> None:
    """Begin pages between tables, and repeat headings only where a table goes on."""
    page = sheet.page
    scale = page.scale or _scale_of_width(sheet)
    page.row_breaks, page.heading = keep_tables_whole(page, sheet.heights, _page_points(scale))
    if page.row_breaks:
        page.scale = scale


def _whole(sheet: Sheet) -> _Spread:
    return _best(_spread(sheet, scale, set(), _WIDER) for scale in _SCALES)


def _scale_of_width(sheet: Sheet) -> int:
    """The largest scale at which no page is wider than the paper, or the least."""
    fitting = (scale for scale in _SCALES if not _spread(sheet, scale, set(), _AT_MOST_WIDER).breaks)
    return next(fitting, _SCALES[-1])


def _rows_of_a_page(sheet: Sheet, scale: int) -> int:
    """How many rows one page holds."""
    rows = sheet.page.area[0] if sheet.page.area else 0
    ends = accumulate(sheet.heights.get(row, ROW_POINTS) for row in range(1, rows + 1))
    room = _page_points(scale)
    return max(1, sum(end <= room for end in ends))


def _page_points(scale: int) -> float:
    """How high a page is, in points of the sheet."""
    return _FILLED * _PAGE_POINTS * 100 / scale


def _best(found: Iterable[_Spread]) -> _Spread:
    """The fewest pages across, then the fewest in all that are not needlessly small."""
    spreads = list(found)
    every = [one for one in spreads if not one.torn] or spreads
    across = min(len(one.breaks) for one in every)
    fewest = [one for one in every if len(one.breaks) == across]
    readable = [one for one in fewest if one.scale >= _READABLE or one.pages == 1]
    return min(readable or fewest, key=lambda one: one.pages)


def _area(sheet: Sheet, charts: Sequence[Chart]) -> tuple[int, int]:
    """Last row and column of cells and charts, and enough columns for the words that run over their cell."""
    corners = [(sheet.max_row, sheet.max_column), *(last_cell(sheet, chart) for chart in charts)]
    rows, columns = (max(places) for places in zip(*corners, strict=True))
    least, most = _SENTENCE_PIXELS
    words = max(least, min(_reach(sheet), most))
    while sum(sheet.pixels(column) for column in range(1, columns + 1)) < words:
        columns += 1
    return rows, columns


def _reach(sheet: Sheet) -> float:
    """How far words reach to the right that nothing holds in their cell, in pixels."""
    last: dict[int, Cell] = {}
    for cell in sheet.cells.values():
        if cell.value != "" and (cell.row not in last or last[cell.row].column < cell.column):
            last[cell.row] = cell
    free = [cell for cell in last.values() if _runs_over(cell)]
    starts = accumulate((sheet.pixels(column) for column in range(1, sheet.max_column)), initial=0.0)
    left = dict(enumerate(starts, start=1))
    reached = (left[cell.column] + text_width(str(cell.value)) * CHARACTER_PIXELS for cell in free)
    return max(reached, default=0.0)


def _runs_over(cell: Cell) -> bool:
    return isinstance(cell.value, str) and not cell.look.wraps and cell.look.side != "right"


def _fold_sentence(sheet: Sheet) -> None:
    """Break the sentence under the title where the first page ends, which would cut it."""
    cell, area = sheet.cells.get((_SENTENCE_ROW, 1)), sheet.page.area
    if cell is None or area is None:
        return
    last = min([*sheet.page.column_breaks, area[1]])
    room = sum(sheet.pixels(column) for column in range(1, last + 1))
    lines = math.ceil(text_width(str(cell.value)) * CHARACTER_PIXELS / room)
    if lines > 1:
        sheet.spread[_SENTENCE_ROW] = last
        wrap(sheet, _SENTENCE_ROW, 1, lines)


def _spread(sheet: Sheet, scale: int, charts: set[int], wider: float) -> _Spread:
    rows, columns = sheet.page.area or (0, 0)
    pixels = [wider * sheet.pixels(column) for column in range(1, columns + 1)]
    height = sum(sheet.heights.get(row, ROW_POINTS) for row in range(1, rows + 1))
    room = _PAGE_PIXELS * 100 / scale
    heading = sum(pixels[: sheet.page.frozen[1] - 1]) if sheet.page.frozen else 0.0
    breaks: list[int] = []
    used, torn = 0.0, False
    for column, width in enumerate(pixels, start=1):
        # A chart stands whole on one page, the last.
        wanted = sum(pixels[column - 1 :]) if column in charts else width
        if used + wanted > room and used > (heading if breaks else 0.0):
            breaks.append(column - 1)
            used = heading
            torn = torn or used + wanted > room
        used += width
    return _Spread(scale, tuple(breaks), math.ceil(height / _page_points(scale)), torn)
