"""Texts in the cells of a sheet: titles, headings, links."""

from __future__ import annotations

from dataclasses import replace

from capshare.indicators.dataset.names import READ_AS_FORMULA
from capshare.reports.workbook.look import GREY, LINK, PLAIN, SHADE, Look
from capshare.reports.workbook.sheet import Cell, Sheet

_TITLE, _MEANING = Look(bold=True, size=14), Look(colour=GREY)
_CAPTION, _SUBTITLE = Look(size=8, colour=GREY), Look(bold=True, size=12)
_LINK = Look(colour=LINK, underlined=True)
# A size smaller than values: in bold, the longest word of a heading sets the width of most columns.
_HEADING = Look(
    bold=True, size=10, ground=SHADE, side="left", vertical="bottom", wraps=True, indent=1, ruled=True
)
_HEADING_OF_NUMBERS = replace(_HEADING, side="right")


def put_text(sheet: Sheet, row: int, column: int, words: str, look: Look = PLAIN, link: str = "") -> Cell:
    """Write text that no spreadsheet takes for a formula.

    Parameters
    ----------
    sheet : that it stands on
    row, column : from 1
    words : to write as they are
    look : how it is shown
    link : title of the sheet that a click leads to, or ""
    """
    # Without it, text like "=A1" turns into a formula as soon as someone edits the cell.
    shown = replace(look, quoted=True) if words.startswith(READ_AS_FORMULA) else look
    return sheet.put(row, column, words, shown, link=link)


def put_title(sheet: Sheet, title: str, meaning: str) -> None:
    """Write a sheet's title and the sentence beneath it, into its first two rows.

    Parameters
    ----------
    sheet : that it stands on
    title, meaning : texts of its first and second row
    """
    put_text(sheet, 1, 1, title, _TITLE)
    put_text(sheet, 2, 1, meaning, _MEANING)


def put_heading(sheet: Sheet, row: int, column: int, words: str, of_numbers: bool = False) -> None:
    """Write the heading of a column, on the side where its values stand.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    of_numbers : whether its values stand on the right
    """
    put_text(sheet, row, column, words, _HEADING_OF_NUMBERS if of_numbers else _HEADING)


def in_one_line(heading: str, lang: str) -> str:
    """A heading with its unit behind it, not below.

    Parameters
    ----------
    heading : as it stands above a column
    lang : of its words
    """
    return heading.replace("\n", "，" if lang == "zh" else ", ")


def put_caption(sheet: Sheet, row: int, column: int, words: str) -> None:
    """Write a small grey remark.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    """
    put_text(sheet, row, column, words, _CAPTION)


def put_name(sheet: Sheet, row: int, column: int, words: str) -> None:
    """Write, small and grey, the name of a column in the CSV file; it breaks where its column ends.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    """
    put_text(sheet, row, column, words, replace(_CAPTION, vertical="bottom", wraps=True))


def put_subtitle(sheet: Sheet, row: int, words: str) -> None:
    """Write the title of a further table on a sheet.

    Parameters
    ----------
    sheet, row : where; in its first column
    words : as of :func:`put_text`
    """
    put_text(sheet, row, 1, words, _SUBTITLE)


def put_link(sheet: Sheet, row: int, column: int, words: str, target: str) -> None:
    """Write text that leads to the first cell of another sheet.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    target : title of the other sheet
    """
    put_text(sheet, row, column, words, _LINK, target)
