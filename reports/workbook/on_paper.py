"""What of the workbook is printed: sheets to read in full, those that calculate or list only as a sample."""

from __future__ import annotations

from capshare.reports.words.catalogue import text
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.look import Look
from capshare.reports.workbook.sheet import Sheet
from capshare.reports.workbook.text_cells import put_heading, put_text
from capshare.reports.workbook.writer import BookWriter

# Thousands of steps and constraints, and what is there to be filtered or copied, belong on the screen.
_ON_SCREEN = (
    *("baseline", "projection", "entitlements", "steps", "constraints", "prices", "market"),
    *("inequality", "edited", "integrity", "guide", "study_file"),
)
_CONTENTS, _PLACE = "contents", 3
_TOP = Look(vertical="top")


def put_on_paper(builder: WorkbookBuilder) -> None:
    """Set up every sheet to be printed, and say on it and in the contents where a part is left out.

    Parameters
    ----------
    builder : with every sheet written
    """
    kept = {builder.title(key) for key in _ON_SCREEN}
    for sheet in builder.book:
        sheet.page.first_only = sheet.title in kept
        _repeat_headings(builder, sheet)
    contents = builder.book[builder.title(_CONTENTS)]
    put_heading(contents, HEADING_ROW, _PLACE, builder.say("heading.printed"))
    rows = {str(contents.cell(row, 1).value): row for row in range(HEADING_ROW + 1, contents.max_row + 1)}
    for title, row in rows.items():
        part = "results" if _leaves_workings_out(builder.book[title]) else "whole"
        put_text(contents, row, _PLACE, builder.say(f"printed.{part}"), _TOP)
    finish_cut(builder)
    for title, row in rows.items():
        if is_cut(builder.book[title]):
            put_text(contents, row, _PLACE, builder.say("printed.first"), _TOP)


def _repeat_headings(builder: WorkbookBuilder, sheet: Sheet) -> None:
    """Pages repeat the headings of the longest table, not those of a short one above it."""
    tables = [grid for grid in builder.grids.values() if grid.sheet == sheet.title]
    sheet.page.tables = sorted((grid.top - 1, grid.bottom) for grid in tables if grid.left == 1)
    if sheet.page.heading and tables:
        sheet.page.heading = max(tables, key=lambda grid: len(grid.labels)).top


def _leaves_workings_out(sheet: Sheet) -> bool:
    """Whether the sheet itself says what of it is printed, and that is not all."""
    area = sheet.page.area
    return area is not None and (area[0] < sheet.max_row or area[1] < sheet.max_column)


def is_cut(sheet: Sheet) -> bool:
    """Whether rows of a sheet are left out of its print.

    Parameters
    ----------
    sheet : set up to be printed
    """
    return sheet.page.first_only and sheet.page.area is not None and sheet.page.area[0] < sheet.max_row


def finish_cut(builder: BookWriter) -> None:
    """Set every sheet up to be printed, and say below the title of one that only its first page is.

    Parameters
    ----------
    builder : with every sheet written
    """
    remark = text("workbook.printed.remark", builder.lang)
    meanings = {sheet.title: str(sheet.cell(2, 1).value) for sheet in builder.book if sheet.page.first_only}
    # The sentence is part of what has to fit on the page.
    for title, meaning in meanings.items():
        builder.book[title].cell(2, 1).value = f"{meaning}{remark}"
    builder.finish()
    for title, meaning in meanings.items():
        if not is_cut(builder.book[title]):
            builder.book[title].cell(2, 1).value = meaning
