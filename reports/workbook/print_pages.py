"""How a sheet is spread over pages of paper: as few as can be read, none through a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from capshare.reports.workbook.chart_place import last_cell
from capshare.reports.workbook.sheet import ROW_POINTS, Sheet

# Margins of a page, in inches: left, right, top, bottom; what an A4 page in landscape holds inside them.
MARGINS = (0.4, 0.4, 0.5, 0.6)
_PAGE_PIXELS, _PAGE_POINTS = 1045, 515
# Where the font of a spreadsheet is not there, another is up to so much wider.
_WIDER = 1.4
# Scales, in %, from the size on the screen down to the least that can be read.
_SCALES = (100, 95, 90, 85, 80, 75, 70, 65, 60)
# One page is worth a smaller size than several are.
_READABLE = 70
# So wide an area shows the sentence under a title.
_SENTENCE_PIXELS = 875


@dataclass(frozen=True)
class _Spread:
    """Pages of a sheet at a scale: after which columns a new one begins, and how many rows of pages."""

    scale: int
    breaks: tuple[int, ...]
    down: int

    @property
    def pages(self) -> int:
        return self.down * (1 + len(self.breaks))


def set_pages(sheet: Sheet) -> None:
    """Print everything that a sheet holds, charts included, in a size that can be read.

    Parameters
    ----------
    sheet : its cells and charts written; an area that is set already is kept
    """
    page = sheet.page
    page.area = page.area or _area(sheet)
    whole = _best(_spread(sheet, scale, set(), 1.0) for scale in _SCALES)
    page.across, page.down = 1 + len(whole.breaks), int(whole.down == 1)
    page.repeated = page.frozen[1] - 1 if page.frozen and whole.breaks else 0
    if not whole.breaks and whole.down > 1:
        # Fitted across, a narrow list would be larger than it need be, and longer.
        narrow = _best(_spread(sheet, scale, set(), _WIDER) for scale in _SCALES)
        page.scale = 0 if narrow.breaks else narrow.scale
    if sheet.charts and whole.breaks:
        # Pages that the spreadsheet makes by itself may run through a chart.
        parted = _best(
            _spread(sheet, scale, {chart.column for chart in sheet.charts}, _WIDER) for scale in _SCALES
        )
        page.scale, page.column_breaks = parted.scale, list(parted.breaks)


def _best(found: Iterable[_Spread]) -> _Spread:
    """The fewest pages across, then the fewest in all that are not needlessly small."""
    every = list(found)
    across = min(len(one.breaks) for one in every)
    fewest = [one for one in every if len(one.breaks) == across]
    readable = [one for one in fewest if one.scale >= _READABLE or one.pages == 1]
    return min(readable or fewest, key=lambda one: one.pages)


def _area(sheet: Sheet) -> tuple[int, int]:
    """Last row and column of cells and charts, and enough columns for the sentence under the title."""
    corners = [(sheet.max_row, sheet.max_column), *(last_cell(sheet, chart) for chart in sheet.charts)]
    rows, columns = (max(places) for places in zip(*corners, strict=True))
    while sum(sheet.pixels(column) for column in range(1, columns + 1)) < _SENTENCE_PIXELS:
        columns += 1
    return rows, columns


def _spread(sheet: Sheet, scale: int, charts: set[int], wider: float) -> _Spread:
    rows, columns = sheet.page.area or (0, 0)
    pixels = [wider * sheet.pixels(column) for column in range(1, columns + 1)]
    height = sum(sheet.heights.get(row, ROW_POINTS) for row in range(1, rows + 1))
    room = _PAGE_PIXELS * 100 / scale
    heading = sum(pixels[: sheet.page.frozen[1] - 1]) if sheet.page.frozen else 0.0
    breaks: list[int] = []
    used = 0.0
    for column, width in enumerate(pixels, start=1):
        # A chart stands whole on one page, the last.
        wanted = sum(pixels[column - 1 :]) if column in charts else width
        if used + wanted > room and used > (heading if breaks else 0.0):
            breaks.append(column - 1)
            used = heading
        used += width
    return _Spread(scale, tuple(breaks), math.ceil(height * scale / 100 / _PAGE_POINTS))
