r"""What a table holds: sums that show whether it still stands as the run wrote it.

Each number is multiplied by its row and its column, so that two that change places show as well:

.. math:: \sum_{r,c} r\,c\,x_{rc}
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Literal

from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.runs import Run, rectangles, runs
from capshare.reports.workbook.sheet import Book, Cell, place_of

Part = Literal["fixed", "live"]
# A sum of numbers as another program rounds it, in parts of the sum of their sizes.
CONTROL_ROUNDING = 1e-11
# The same of formulas, each of which a program may round by its own.
FORMULA_ROUNDING = 1e-9
_BEYOND = 0xFFFF
_LETTERS_BETWEEN = "  "


@dataclass(frozen=True)
class TableSums:
    """What a table holds beside inputs: its formulas, or all else with its headings.

    Attributes
    ----------
    ranges : as formulas on every sheet name them
    texts : those of them that hold texts
    plain : those of these whose texts have no letter that a spreadsheet counts as two
    total : sum of its numbers, each times its row and its column
    size : sum of their absolute values, which sets how far another program's sum may be off
    words : the same of its texts, each by its length and its first two, middle and last letters, and 1 for
        each number
    """

    ranges: tuple[str, ...]
    texts: tuple[str, ...]
    plain: frozenset[str]
    total: float
    size: float
    words: int


def table_sums(book: Book, tables: Mapping[str, Grid], part: Part) -> dict[str, TableSums]:
    """What each table holds.

    Parameters
    ----------
    book : the workbook, its tables written
    tables : name → table
    part : "live" for its formulas, "fixed" for what is neither formula nor input
    """
    by_sheet = {title: _runs(book, title, part) for title in {grid.sheet for grid in tables.values()}}
    return {name: _of_table(book, grid, by_sheet[grid.sheet]) for name, grid in tables.items()}


def total_now(sums: TableSums) -> str:
    """Formula of the sum of the numbers, without =.

    Parameters
    ----------
    sums : of a table
    """
    parts = (f"SUMPRODUCT({cells},ROW({cells})*COLUMN({cells}))" for cells in sums.ranges)
    return "+".join(parts) or "0"


def words_now(sums: TableSums, two: str) -> str:
    """Formula of :attr:`TableSums.words`, without =.

    Parameters
    ----------
    sums : of a table
    two : cell with 2
    """
    # A formula has a length that a table with ranges of single numbers would exceed.
    parts = [f"COUNT({','.join(sums.ranges)})"] if sums.ranges else []
    for cells in sums.texts:
        letters = [f"LEN({cells})", f'_xlfn.UNICODE({cells}&" ")']
        if cells in sums.plain:
            second = f'_xlfn.UNICODE(MID({cells}&"{_LETTERS_BETWEEN}",{two},1))'
            middle = f'_xlfn.UNICODE(MID({cells}&"{_LETTERS_BETWEEN}",1+INT(LEN({cells})/{two}),1))'
            last = f'_xlfn.UNICODE(RIGHT(" "&{cells},1))'
            letters += [f"{two}*{second}", f"{two}^{two}*{middle}", f"({two}+{two})^{two}*{last}"]
        place = f"ISTEXT({cells})*ROW({cells})*COLUMN({cells})"
        parts.append(f"SUMPRODUCT(({'+'.join(letters)})*{place})")
    return "+".join(parts) or "0"


def _runs(book: Book, title: str, part: Part) -> list[Run]:
    sheet = book[title]
    if part == "live":
        return runs(sheet, "live")
    return [run for kind in ("solved", "text") for run in runs(sheet, kind)]


def _of_table(book: Book, grid: Grid, found: Iterable[Run]) -> TableSums:
    columns = range(grid.left, grid.left + len(grid.names))
    inside = (
        Run(run.column, max(run.first, grid.top), min(run.last, grid.bottom))
        for run in found
        if run.column in columns
    )
    own = [run for run in inside if run.first <= run.last]
    ranges = {part: _cells(book, grid, part) for part in rectangles(own)}
    held = ((cell, _value(cell)) for cells in ranges.values() for cell in cells)
    numbers = [float(value) * cell.row * cell.column for cell, value in held if isinstance(value, Real)]
    named = {f"{grid.quoted}!{_absolute(part)}": cells for part, cells in ranges.items()}
    texts = {name: cells for name, cells in named.items() if any(map(_text, cells))}
    plain = frozenset(name for name, cells in texts.items() if not any(map(_has_double_letter, cells)))
    return TableSums(
        ranges=tuple(named),
        texts=tuple(texts),
        plain=plain,
        total=math.fsum(numbers),
        size=math.fsum(map(abs, numbers)),
        words=len(numbers)
        + sum(_of_words(cell, name in plain) for name, cells in texts.items() for cell in cells),
    )


def _cells(book: Book, grid: Grid, part: str) -> list[Cell]:
    first, _, last = part.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    sheet = book[grid.sheet]
    return [sheet.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _value(cell: Cell) -> object:
    return cell.value.value if isinstance(cell.value, Formula) else cell.value


def _text(cell: Cell) -> str:
    value = _value(cell)
    return value if isinstance(value, str) else ""


def _has_double_letter(cell: Cell) -> bool:
    return any(ord(letter) > _BEYOND for letter in _text(cell))


def _of_words(cell: Cell, plain: bool) -> int:
    value = _text(cell)
    if not value:
        return 0
    # A spreadsheet counts letters beyond the first 65 536 as two.
    own = len(value.encode("utf-16-le")) // 2 + ord(value[0])
    if plain:
        padded = value + _LETTERS_BETWEEN
        own += 2 * ord(padded[1]) + 4 * ord(padded[len(value) // 2]) + 16 * ord(value[-1])
    return own * cell.row * cell.column


def _absolute(cells: str) -> str:
    """A range whose rows and columns stay where they are: "$F$6:$G$35"."""
    parts = []
    for corner in cells.split(":"):
        letters = corner.rstrip("0123456789")
        parts.append(f"${letters}${corner[len(letters) :]}")
    return ":".join(parts)
