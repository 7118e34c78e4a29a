"""What shows that solved values no longer belong to the inputs: a flag in the head, cells struck through."""

from __future__ import annotations

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.formats import mark_state
from capshare.reports.workbook.look import GREY, Look
from capshare.reports.workbook.runs import rectangles, runs
from capshare.reports.workbook.sheet import Mark, Sheet
from capshare.reports.workbook.writer import BACK_ROW

EDITED = "edited_cells"
_STRUCK = Look(colour=GREY, struck=True)
# Where row 3 holds subtotals, the flag stands beside the title.
_PLACE, _BESIDE_TITLE = (BACK_ROW, 3), (1, 4)


def mark_stale(builder: WorkbookBuilder) -> None:
    """Flag every sheet that holds solved values, and strike them through once an input has changed.

    Parameters
    ----------
    builder : with every sheet written
    """
    # Sheets without a table show a cell of each kind as a sample.
    titles = {grid.sheet for grid in builder.grids.values()}
    for sheet in builder.book:
        solved = runs(sheet, "solved") if sheet.title in titles else []
        if not solved:
            continue
        _flag(builder, sheet)
        first, *others = rectangles(solved)
        rule = {"type": "formula", "criteria": f"={EDITED}>0"}
        sheet.marks.append(Mark(first, rule | {"multi_range": " ".join([first, *others])}, _STRUCK))


def _flag(builder: WorkbookBuilder, sheet: Sheet) -> None:
    if any(cell.value == builder.state for cell in sheet.cells.values()):
        return
    place = _BESIDE_TITLE if sheet.title in builder.totalled else _PLACE
    builder.put(sheet, *place, builder.state)
    mark_state(sheet, sheet.cell(*place).coordinate, builder.state)
