"""What a table holds beside formulas and inputs: sums that show whether it still stands as it was written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from capshare.reports.workbook.grid import Grid
from capshare.reports.workbook.runs import Run, rectangles, runs
from capshare.reports.workbook.sheet import Book, Cell

# A sum of numbers as another program rounds it, in parts of the sum of their sizes.
CONTROL_ROUNDING = 1e-11


@dataclass(frozen=True)
class FixedValues:
    """What a table holds beside formulas and inputs, its headings included.

    Attributes
    ----------
    ranges : as formulas on every sheet name them
    total : sum of its numbers
    size : sum of their absolute values, which sets how far another program's sum may be off
    words : of its texts, lengths and codes of their first letters added up, and 1 for each number
    """

    ranges: tuple[str, ...]
    total: float
    size: float
    words: int


def fixed_values(book: Book, tables: Mapping[str, Grid]) -> dict[str, FixedValues]:
    """What each table holds beside formulas and inputs.

    Parameters
    ----------
    book : the workbook, its tables written
    tables : name → table
    """
    by_sheet = {title: _fixed_runs(book, title) for title in {grid.sheet for grid in tables.values()}}
    return {name: _of_table(book, grid, by_sheet[grid.sheet]) for name, grid in tables.items()}


def total_now(fixed: FixedValues) -> str:
    """Formula of the sum of the numbers, without =.

    Parameters
    ----------
    fixed : of a table
    """
    return f"SUM({','.join(fixed.ranges)})" if fixed.ranges else "0"


def words_now(fixed: FixedValues) -> str:
    """Formula of :attr:`FixedValues.words`, without =.

    Parameters
    ----------
    fixed : of a table
    """
    parts = (
        f'COUNT({cells})+SUMPRODUCT((LEN({cells})+_xlfn.UNICODE({cells}&" "))*ISTEXT({cells}))'
        for cells in fixed.ranges
    )
    return "+".join(parts) or "0"


def _fixed_runs(book: Book, title: str) -> list[Run]:
    sheet = book[title]
    return [run for kind in ("solved", "text") for run in runs(sheet, kind)]


def _of_table(book: Book, grid: Grid, found: Iterable[Run]) -> FixedValues:
    columns = range(grid.left, grid.left + len(grid.names))
    inside = (
        Run(run.column, max(run.first, grid.top), min(run.last, grid.bottom))
        for run in found
        if run.column in columns
    )
    own = [run for run in inside if run.first <= run.last]
    cells = [book[grid.sheet].cell(row, run.column) for run in own for row in range(run.first, run.last + 1)]
    numbers = [cell.value for cell in cells if isinstance(cell.value, float | int)]
    return FixedValues(
        ranges=tuple(f"{grid.quoted}!{_absolute(part)}" for part in rectangles(own)),
        total=math.fsum(numbers),
        size=math.fsum(map(abs, numbers)),
        words=len(numbers) + sum(map(_of_words, cells)),
    )


def _of_words(cell: Cell) -> int:
    if not isinstance(cell.value, str) or not cell.value:
        return 0
    # A spreadsheet counts letters beyond the first 65 536 as two.
    return len(cell.value.encode("utf-16-le")) // 2 + ord(cell.value[0])


def _absolute(cells: str) -> str:
    """A range whose rows and columns stay where they are: "$F$6:$G$35"."""
    parts = []
    for corner in cells.split(":"):
        letters = corner.rstrip("0123456789")
        parts.append(f"${letters}${corner[len(letters) :]}")
    return ":".join(parts)
