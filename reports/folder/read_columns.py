"""The one parser of a run folder's tables: columns of text, numbers and truth values, without a frame."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Mapping
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import YEAR
from capshare.reports.folder.run_folder import TABLE_BYTES, RunFolder
from capshare.reports.folder.table import Table

_YEAR = re.compile("[0-9]{4}")
# What is longer is no count, and a number so long that it takes time to read stays a float.
_WHOLE = re.compile("-?[0-9]{1,15}")
_REMEDY = "Put the file back as the run left it, or run the study again."


def csv_rows(text: str) -> list[list[str]]:
    """Rows of a CSV file, the header first; a blank line is an empty row.

    Parameters
    ----------
    text : of the file

    Raises
    ------
    ValueError
        where it is no CSV, has no row, or names a column twice
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    if not rows:
        raise ValueError("an empty file")
    if len(set(rows[0])) < len(rows[0]):
        raise ValueError("a column twice")
    return rows


def read_columns(
    folder: RunFolder, table: Table, only: Collection[str] | None = None
) -> Mapping[str, list[Any]] | None:
    """A table of a run folder, column by column, in the order of the file.

    Parameters
    ----------
    folder : of a run
    table : which one
    only : columns that are wanted, as far as the file has them; by default all

    Returns
    -------
    dict of column to its values, whole numbers as integers, an infeasible side of a price as None; None where
    the run has no such table

    Raises
    ------
    CapshareError
        where the file cannot be read, lacks a column of its index, names a row twice, or has cells that are
        no numbers: all of them
    """
    if table.file not in folder.files.names:
        return None
    path = str(folder.path / table.file)
    header, rows = _cells(path, folder.read(table.file, TABLE_BYTES), table)
    if not table.open:
        header = [folder.conventions.inward(name) for name in header]
    _require_index(path, header, rows, table)
    problems: list[Problem] = []
    columns: dict[str, list[Any]] = {}
    for place, name in enumerate(header):
        if only is not None and name not in only:
            continue
        cells = {number: row[place] for number, row in rows.items()}
        of_text = table.holds_text(name)
        columns[name] = list(cells.values()) if of_text else _numbers(path, name, cells, table, problems)
    if problems:
        raise CapshareError(problems)
    return columns


def _cells(path: str, data: bytes, table: Table) -> tuple[list[str], dict[int, list[str]]]:
    """The header, and the rows by their number in the file."""
    try:
        # What a spreadsheet saves may begin with a mark of byte order, and end with blank lines.
        header, *rows = csv_rows(data.decode("utf-8-sig"))
    except ValueError as error:
        raise CapshareError(Problem(path, "", "a table of the run", str(error), _REMEDY)) from None
    numbered = {number: row for number, row in enumerate(rows, start=2) if row}
    uneven = next((number for number, row in numbered.items() if len(row) != len(header)), None)
    if uneven is not None:
        found = f"{len(numbered[uneven])} cells"
        raise CapshareError(Problem(path, f"row {uneven}", f"{len(header)} cells", found, _REMEDY))
    return header, numbered


def _require_index(path: str, header: list[str], rows: Mapping[int, list[str]], table: Table) -> None:
    """Refuse a table whose rows are not named, or in which one is named twice."""
    if any(name not in header for name in table.index if not (table.yearly and name == YEAR)):
        expected = f"columns {', '.join(table.index)}"
        raise CapshareError(Problem(path, "row 1", expected, ", ".join(header), _REMEDY))
    places = [header.index(name) for name in table.index if name in header]
    known: set[tuple[str, ...]] = set()
    for row in rows.values():
        key = tuple(row[place] for place in places)
        if key in known:
            raise CapshareError(Problem(path, "", "each row once", f"{', '.join(key)} twice", _REMEDY))
        known.add(key)


def _numbers(
    path: str, name: str, cells: Mapping[int, str], table: Table, problems: list[Problem]
) -> list[bool | int | float | None]:
    """Values of a column of numbers; what is none is added to the problems."""
    may_lack = table.blanks or table.is_one_sided(name)
    blank = math.nan if table.blanks else None
    values: list[bool | int | float | None] = []
    for row, cell in cells.items():
        value = blank if cell == "" and may_lack else _number(cell, name == YEAR)
        if value is None and not (cell == "" and may_lack):
            problems.append(Problem(path, f"row {row}, column {name}", "a number", repr(cell), _REMEDY))
        values.append(value)
    return values


def _number(cell: str, is_year: bool) -> bool | int | float | None:
    """A number, or true or false; None where a cell is neither."""
    if is_year:
        return int(cell) if _YEAR.fullmatch(cell) else None
    if cell in ("true", "false"):
        return cell == "true"
    try:
        value = int(cell) if _WHOLE.fullmatch(cell) else float(cell)
    except ValueError:
        return None
    return None if math.isnan(value) else value
