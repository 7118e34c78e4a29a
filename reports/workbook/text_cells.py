"""Texts in the cells of a sheet: titles, headings, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capshare.indicators.dataset.names import READ_AS_FORMULA

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FACE = "Calibri"
INK, GREY, LINK, SHADE = "FF1F2933", "FF5F6C7B", "FF1F5FA8", "FFE4ECF4"


def put_text(sheet: Worksheet, row: int, column: int, words: str) -> Cell:
    """Write text that no spreadsheet takes for a formula.

    Parameters
    ----------
    sheet : openpyxl worksheet
    row, column : from 1
    words : to write as they are
    """
    cell: Cell = sheet.cell(row, column, words)
    cell.data_type = "s"
    if words.startswith(READ_AS_FORMULA):
        cell.quotePrefix = True
    return cell


def put_title(sheet: Worksheet, title: str, meaning: str) -> None:
    """Write a sheet's title and the sentence beneath it, into its first two rows.

    Parameters
    ----------
    sheet : openpyxl worksheet
    title, meaning : texts of its first and second row
    """
    from openpyxl.styles import Font

    put_text(sheet, 1, 1, title).font = Font(name=FACE, bold=True, size=14, color=INK)
    put_text(sheet, 2, 1, meaning).font = Font(name=FACE, color=GREY)


def put_heading(sheet: Worksheet, row: int, column: int, words: str, of_numbers: bool = False) -> None:
    """Write the heading of a column, on the side where its values stand.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    of_numbers : whether its values stand on the right
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = put_text(sheet, row, column, words)
    cell.font = Font(name=FACE, bold=True, color=INK)
    cell.fill = PatternFill("solid", start_color=SHADE)
    side = "right" if of_numbers else "left"
    cell.alignment = Alignment(side, "bottom", wrap_text=True, indent=1)
    cell.border = Border(bottom=Side("thin", color=GREY))


def put_caption(sheet: Worksheet, row: int, column: int, words: str) -> None:
    """Write a small grey remark: a column's name in the CSV file.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    """
    from openpyxl.styles import Font

    put_text(sheet, row, column, words).font = Font(name=FACE, size=8, color=GREY)


def put_subtitle(sheet: Worksheet, row: int, words: str) -> None:
    """Write the title of a further table on a sheet.

    Parameters
    ----------
    sheet, row : where; in its first column
    words : as of :func:`put_text`
    """
    from openpyxl.styles import Font

    put_text(sheet, row, 1, words).font = Font(name=FACE, bold=True, size=12, color=INK)


def put_link(sheet: Worksheet, row: int, column: int, words: str, target: str) -> None:
    """Write text that leads to the first cell of another sheet.

    Parameters
    ----------
    sheet, row, column, words : as of :func:`put_text`
    target : title of the other sheet
    """
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = put_text(sheet, row, column, words)
    # A location inside the book; a target would be written as an outside file.
    location = "'" + target.replace("'", "''") + "'!A1"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=words)
    cell.font = Font(name=FACE, color=LINK, underline="single")
