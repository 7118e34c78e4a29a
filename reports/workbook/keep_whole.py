"""Tables that a page would tear begin on the next, and no page repeats the headings of another table."""

from __future__ import annotations

from collections.abc import Mapping

from capshare.reports.workbook.sheet import ROW_POINTS, Page


def keep_tables_whole(page: Page, heights: Mapping[int, float], room: float) -> tuple[list[int], int]:
    """Rows after which a new page begins, and the heading that every page repeats.

    A table that a page holds as a whole is not torn; one that is longer begins where a third of a page is
    left, and goes on under its headings. These are repeated on every page, so where no page tears their table
    they would stand above another.

    Parameters
    ----------
    page : with its tables, and the row of the headings that would be repeated
    heights : of rows, in points, where they are not the usual
    room : that a page has, in points

    Returns
    -------
    tuple[list[int], int]
    """
    breaks: list[int] = []
    start, torn, is_after_long = 1, False, False
    for place, (first, last) in enumerate(page.tables):
        is_short = _height(heights, first, last) <= room
        left = room - _height(heights, start, first - 1)
        overflows = _height(heights, start, last) > room and (is_short or left < room / 3)
        # Where the last page of a long table ends is the spreadsheet's to say, so what follows might be torn.
        if place and first > start and (overflows or is_after_long):
            breaks.append(first - 1)
            start, is_after_long = first, False
        while _height(heights, start, last) > room:
            torn = torn or first < page.heading <= last
            start, is_after_long = _next_page(heights, start, room), True
    return breaks, page.heading if torn else 0


def _height(heights: Mapping[int, float], first: int, last: int) -> float:
    return sum(heights.get(row, ROW_POINTS) for row in range(first, last + 1))


def _next_page(heights: Mapping[int, float], first: int, room: float) -> int:
    """The first row that a page beginning at a row does not hold, of which it holds at least one."""
    row, left = first + 1, room - heights.get(first, ROW_POINTS)
    while (left := left - heights.get(row, ROW_POINTS)) >= 0:
        row += 1
    return row
