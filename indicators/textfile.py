"""Text file: a CSV read as text, its rows numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from capshare.errors import CapshareError, Problem
from capshare.indicators.spelling import suggestion


@dataclass(frozen=True)
class TextRows:
    """Cells of a CSV as they stand in the file.

    Attributes
    ----------
    header : names of the columns
    rows : row number in the file (the header is row 1) → cells, as many as the header has
    """

    header: tuple[str, ...]
    rows: dict[int, tuple[str, ...]]

    def column(self, name: str) -> list[str]:
        """Cells of one column, in the order of the rows."""
        position = self.header.index(name)
        return [cells[position] for cells in self.rows.values()]


def read_text(path: Path, source: str) -> TextRows:
    """Cells of a CSV: UTF-8 with or without a byte order mark, separated by commas.

    Blank lines are passed over but counted.

    Parameters
    ----------
    path : of the file
    source : what to call it in a message

    Returns
    -------
    TextRows

    Raises
    ------
    CapshareError
        where the file is missing, empty, not UTF-8, or has a row longer or shorter than the header.
    """
    records = _records(path, source)
    if not records:
        raise CapshareError(Problem(source, "", "a header and rows", "an empty file", "Fill the file."))
    if not records[0]:
        raise CapshareError(Problem(source, "row 1", "the header", "a blank line", "Remove the line."))
    header = tuple(cell.strip() for cell in records[0])
    rows = {number: tuple(cells) for number, cells in enumerate(records[1:], start=2) if cells}
    if not rows:
        found = "a header without rows"
        raise CapshareError(Problem(source, "", "a header and rows", found, "Fill the file."))
    problems = [
        Problem(source, f"row {number}", f"{len(header)} cells", str(len(cells)), "Add or remove commas.")
        for number, cells in rows.items()
        if len(cells) != len(header)
    ]
    if problems:
        raise CapshareError(problems)
    return TextRows(header, rows)


def header_problems(header: Sequence[str], expected: Sequence[str], source: str) -> list[Problem]:
    """Columns that are missing, unknown or written twice.

    Parameters
    ----------
    header : columns of the file
    expected : columns the data package describes
    source : what to call the file in a message

    Returns
    -------
    the problems, none where the two agree in any order
    """
    missing = [name for name in expected if name not in header]
    unknown = [name for name in dict.fromkeys(header) if name not in expected]
    twice = [name for name in dict.fromkeys(header) if list(header).count(name) > 1]
    problems = [
        Problem(source, f"column {name}", "this column", "none", suggestion(name, unknown or header))
        for name in missing
    ]
    problems += [
        Problem(
            source,
            f"column {name}",
            "a column that datapackage.json describes",
            repr(name),
            f"Describe it or drop it. {suggestion(name, missing or expected)}",
        )
        for name in unknown
    ]
    problems += [
        Problem(source, f"column {name}", "each column once", "more than one", "Drop one of them.")
        for name in twice
    ]
    return problems


def _records(path: Path, source: str) -> list[list[str]]:
    if not path.is_file():
        remedy = "Put the file there or correct its path in datapackage.json."
        raise CapshareError(Problem(source, "", "a file", f"none at {path}", remedy))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = list(csv.reader(file))
    except UnicodeDecodeError as error:
        found = f"another byte at position {error.start}"
        raise CapshareError(Problem(source, "", "UTF-8 text", found, "Save it as CSV UTF-8.")) from error
    except csv.Error as error:
        remedy = "Save the file as CSV again."
        raise CapshareError(Problem(source, "", "comma-separated text", str(error), remedy)) from error
    return records if any(map(any, records)) else []
