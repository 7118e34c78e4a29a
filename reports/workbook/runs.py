"""Cells of one kind that stand below one another, and the rectangles that neighbours of them make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from capshare.reports.workbook.grid import Formula, Kind, column_letter
from capshare.reports.workbook.sheet import Sheet


@dataclass(frozen=True, order=True)
class Run:
    """Cells of one column from a first row to a last.

    Attributes
    ----------
    column, first, last : number of the column, rows, from 1
    """

    column: int
    first: int
    last: int

    @property
    def cells(self) -> str:
        """As a formula on the same sheet names them: "F6:F35"."""
        return _range(self.column, self.first, self.column, self.last)


def runs(sheet: Sheet, kind: Kind) -> list[Run]:
    """The runs of cells of a kind on a sheet, column by column; "live" are formulas, not samples of them.

    Parameters
    ----------
    sheet : with its cells
    kind : of the cells
    """
    found: list[Run] = []
    cells = (cell for cell in sheet.cells.values() if cell.kind == kind)
    places = ((cell.column, cell.row) for cell in cells if kind != "live" or isinstance(cell.value, Formula))
    for column, row in sorted(places):
        before = found[-1] if found else None
        if before is not None and (before.column, before.last + 1) == (column, row):
            found[-1] = Run(column, before.first, row)
        else:
            found.append(Run(column, row, row))
    return found


def rectangles(found: Iterable[Run]) -> list[str]:
    """Ranges that cover runs, neighbouring columns of the same rows in one.

    Parameters
    ----------
    found : runs of one sheet
    """
    joined: list[list[Run]] = []
    for run in sorted(found, key=lambda one: (one.first, one.last, one.column)):
        before = joined[-1][-1] if joined else None
        if before is not None and before == Run(run.column - 1, run.first, run.last):
            joined[-1].append(run)
        else:
            joined.append([run])
    return [_range(part[0].column, part[0].first, part[-1].column, part[0].last) for part in joined]


def _range(left: int, top: int, right: int, bottom: int) -> str:
    first, last = f"{column_letter(left)}{top}", f"{column_letter(right)}{bottom}"
    return first if first == last else f"{first}:{last}"
