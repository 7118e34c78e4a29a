"""Formats that follow the values: deficits, failed checks, the state of the workbook, bars in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capshare.base.notes import Severity
from capshare.reports.workbook.grid import Formula, Grid, literal

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

RED, _GREEN, _PALE_RED, _BAR = "FF9B1C1C", "FF1B5E20", "FFFBE3E1", "FF7FA8CC"
_PALE_AMBER = "FFFDEBC8"


def mark_negative(sheet: Worksheet, grid: Grid, name: str) -> None:
    """Write negative numbers of a column in red.

    Parameters
    ----------
    sheet, grid : where the table stands
    name : of its column
    """
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font

    rule = CellIsRule(operator="lessThan", formula=["0"], font=Font(color=RED))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(_cells(grid, name), rule)


def mark_bars(sheet: Worksheet, grid: Grid, name: str) -> None:
    """Draw the size of a column's numbers as bars in its cells.

    Parameters
    ----------
    sheet, grid, name : as of :func:`mark_negative`
    """
    from openpyxl.formatting.rule import DataBarRule

    rule = DataBarRule("num", 0, "max", color=_BAR, showValue=True)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(_cells(grid, name), rule)


def mark_words(sheet: Worksheet, cells: str, word: str) -> None:
    """Put a word that reports a failure on red ground.

    Parameters
    ----------
    sheet : openpyxl worksheet
    cells : range on it, "D6:D20"
    word : whole text of a cell that reports a failure
    """
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill

    ground = PatternFill("solid", bgColor=_PALE_RED)
    rule = CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal", formula=[literal(word)], font=Font(color=RED, bold=True), fill=ground
    )
    sheet.conditional_formatting.add(cells, rule)


def mark_state(sheet: Worksheet, cell: str, state: Formula) -> None:
    """Write the state in green while the inputs are those of the run, else on red ground.

    Parameters
    ----------
    sheet : openpyxl worksheet
    cell : coordinate, "A3"
    state : of :func:`state_formula`; its value is the text while nothing is edited
    """
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill

    sheet[cell].font = Font(bold=True, color=_GREEN)
    as_run = [literal(str(state.value))]
    ground = PatternFill("solid", bgColor=_PALE_RED)
    rule = CellIsRule(operator="notEqual", formula=as_run, font=Font(color=RED, bold=True), fill=ground)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(cell, rule)


def mark_severity(sheet: Worksheet, cell: str, severity: Severity) -> None:
    """Put the mark of a note on the ground of its severity.

    Parameters
    ----------
    sheet : openpyxl worksheet
    cell : coordinate, "A3"
    severity : of the note
    """
    from openpyxl.styles import Font, PatternFill

    if severity == "stop":
        sheet[cell].font = Font(bold=True, color=RED)
        sheet[cell].fill = PatternFill("solid", start_color=_PALE_RED)
    elif severity == "caution":
        sheet[cell].fill = PatternFill("solid", start_color=_PALE_AMBER)


def _cells(grid: Grid, name: str) -> str:
    letter = grid.letter(name)
    return f"{letter}{grid.top + 1}:{letter}{grid.bottom}"
