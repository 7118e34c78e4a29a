"""Tables of a run folder read back as the frames they were written from."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import YEAR
from capshare.reports.folder.table import ONE_SIDED, Table

# Columns of text, in whatever table they stand; all others are numbers, or true and false.
WORDS = frozenset(
    {
        *("code", "column", "component", "constraint", "curve", "figure", "group", "indicator", "name"),
        *("name_en", "name_zh", "rule", "start", "within"),
        *("balance_class", "cause", "direction", "principle", "regime", "sense", "tier"),
        *("group_unweighted", "group_weighted", "largest_cut_code", "nearest_group"),
        *("published_balance_class", "published_group"),
        *("before_peak", "cut_source", "cut_status", "inventory", "meaning", "phase", "shape", "unit"),
        *("check", "confidence", "description", "source", "status", "title_en", "title_zh"),
    }
)
_WHOLE = re.compile(r"-?\d+")
_REMEDY = "Put the file back as the run left it, or run the study again."


def read_frame(folder: Path, table: Table, year: int) -> pd.DataFrame | None:
    """A table of a run folder, with the year in its index; None where the run has no such table.

    Parameters
    ----------
    folder : of a run
    table : which one
    year : of the rows where the file does not say it

    Returns
    -------
    DataFrame, indexed as the table says; whole numbers as integers, an infeasible side of a price as None

    Raises
    ------
    CapshareError
        where the file cannot be read, lacks a column of its index, or has a cell that is no number
    """
    path = folder / table.file
    if not path.exists():
        return None
    header, rows = _rows(path)
    lacking = [name for name in table.index if name not in header and not (table.yearly and name == YEAR)]
    if lacking:
        raise CapshareError(
            Problem(str(path), "row 1", f"columns {', '.join(table.index)}", ", ".join(header), _REMEDY)
        )
    cells = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    # A column that the study names is a number, whatever it is called.
    words = WORDS & {*table.index} if table.open else WORDS
    columns = {
        name: pd.Series(column, dtype=str) if name in words else _numbers(path, name, column, table)
        for name, column in cells.items()
    }
    frame = pd.DataFrame(columns)
    if table.yearly and YEAR not in frame:
        frame.insert(0, YEAR, year)
    return frame.set_index(list(table.index))


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        # What a spreadsheet saves may begin with a mark of byte order.
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream, strict=True)
    except (OSError, ValueError, csv.Error) as error:
        raise CapshareError(Problem(str(path), "", "a table of the run", str(error), _REMEDY)) from None
    uneven = [number for number, row in enumerate(rows, start=2) if len(row) != len(header)]
    if uneven:
        found = f"{len(rows[uneven[0] - 2])} cells"
        raise CapshareError(Problem(str(path), f"row {uneven[0]}", f"{len(header)} cells", found, _REMEDY))
    return header, rows


def _numbers(path: Path, name: str, cells: list[str], table: Table) -> pd.Series:
    side = table.one_sided and name in ONE_SIDED
    blank = math.nan if table.blanks else None
    values = [
        blank if cell == "" and (side or table.blanks) else _number(path, row, name, cell)
        for row, cell in enumerate(cells, start=2)
    ]
    if not values:
        return pd.Series(dtype=object if side else float)
    # None is the mark of a side without a price; pandas makes NaN of it.
    return pd.Series(values, dtype=object if side else None)


def _number(path: Path, row: int, name: str, cell: str) -> bool | int | float:
    if cell in ("true", "false"):
        return cell == "true"
    try:
        return int(cell) if _WHOLE.fullmatch(cell) else float(cell)
    except ValueError:
        problem = Problem(str(path), f"row {row}, column {name}", "a number", repr(cell), _REMEDY)
        raise CapshareError(problem) from None
