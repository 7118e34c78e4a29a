"""Formats that follow the values: deficits, failed checks, the state of the workbook, bars in cells."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from capshare.base.notes import Severity
from capshare.reports.workbook.cells import shown_as_0
from capshare.reports.workbook.grid import Formula, Grid, literal
from capshare.reports.workbook.look import Look
from capshare.reports.workbook.sheet import Mark, Sheet

RED, _GREEN, _PALE_RED, _BAR = "#9B1C1C", "#1B5E20", "#FBE3E1", "#7FA8CC"
_PALE_AMBER = "#FDEBC8"
_FAILED = Look(bold=True, colour=RED, ground=_PALE_RED)


def mark_negative(sheet: Sheet, grid: Grid, name: str) -> None:
    """Write negative numbers of a column in red.

    Parameters
    ----------
    sheet, grid : where the table stands
    name : of its column
    """
    rule = {"type": "cell", "criteria": "<", "value": 0}
    sheet.marks.append(Mark(_cells(grid, name), rule, Look(colour=RED)))


def mark_rounded_to_0(sheet: Sheet, cells: str, form: str, numbers: Iterable[float]) -> None:
    """Write what is rounded to 0 without a sign where a number of the run is: "0.0", not "-0.0".

    Two conditions inside a number format would do it in one place, but programs disagree about their sign.

    Parameters
    ----------
    sheet : that the cells stand on
    cells : range on it, "D6:D20"
    form : their number format
    numbers : that stand in them
    """
    least = -shown_as_0(form)
    if any(least < number <= 0 and math.copysign(1, number) < 0 for number in numbers):
        rule = {"type": "cell", "criteria": "between", "minimum": least, "maximum": 0}
        sheet.marks.append(Mark(cells, rule, Look(form=f"{form};{form}")))


def mark_bars(sheet: Sheet, grid: Grid, name: str) -> None:
    """Draw the size of a column's numbers as bars in its cells.

    Parameters
    ----------
    sheet, grid, name : as of :func:`mark_negative`
    """
    rule = {"type": "data_bar", "bar_color": _BAR, "min_type": "num", "min_value": 0}
    sheet.marks.append(Mark(_cells(grid, name), rule))


def mark_words(sheet: Sheet, cells: str, word: str) -> None:
    """Put a word that reports a failure on red ground.

    Parameters
    ----------
    sheet : that it stands on
    cells : range on it, "D6:D20"
    word : whole text of a cell that reports a failure
    """
    rule = {"type": "cell", "criteria": "==", "value": literal(word)}
    sheet.marks.append(Mark(cells, rule, _FAILED))


def mark_texts(sheet: Sheet, grid: Grid, name: str, word: str, ground: str) -> None:
    """Put a word of a column on a ground of its own.

    Parameters
    ----------
    sheet, grid, name : as of :func:`mark_negative`
    word : whole text of a cell
    ground : colour, "#DEEBF7"
    """
    rule = {"type": "cell", "criteria": "==", "value": literal(word)}
    sheet.marks.append(Mark(_cells(grid, name), rule, Look(ground=ground)))


def mark_unit(sheet: Sheet, grid: Grid, name: str, per_mt: str, is_red_below_0: bool = False) -> None:
    """Show as many digits of amounts as the unit chosen asks for, where it is not Mt.

    Parameters
    ----------
    sheet, grid, name : as of :func:`mark_negative`
    per_mt : name of the cell that says how many of the unit a Mt is
    is_red_below_0 : whether negative amounts are written in red
    """
    for sign, form in (("<", "#,##0.0000"), (">", "#,##0")):
        rule = {"type": "formula", "criteria": f"={per_mt}{sign}1"}
        form = f"{form};[RED]-{form}" if is_red_below_0 else form
        sheet.marks.append(Mark(_cells(grid, name), rule, Look(form=form)))


def mark_state(sheet: Sheet, cell: str, state: Formula) -> None:
    """Write the state in green while the inputs are those of the run, else on red ground.

    Parameters
    ----------
    sheet : that it stands on
    cell : coordinate, "A3"
    state : of :func:`state_formula`; its value is the text while nothing is edited
    """
    found = sheet[cell]
    found.look = replace(found.look, bold=True, colour=_GREEN)
    rule = {"type": "cell", "criteria": "!=", "value": literal(str(state.value))}
    sheet.marks.append(Mark(cell, rule, _FAILED))


def mark_severity(sheet: Sheet, cell: str, severity: Severity) -> None:
    """Put the mark of a note on the ground of its severity.

    Parameters
    ----------
    sheet : that it stands on
    cell : coordinate, "A3"
    severity : of the note
    """
    found = sheet[cell]
    if severity == "stop":
        found.look = replace(found.look, bold=True, colour=RED, ground=_PALE_RED)
    elif severity == "caution":
        found.look = replace(found.look, ground=_PALE_AMBER)


def _cells(grid: Grid, name: str) -> str:
    letter = grid.letter(name)
    return f"{letter}{grid.top + 1}:{letter}{grid.bottom}"
