"""Text file: a CSV read as text, its rows numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.encodings import decode
from capshare.indicators.dataset.written_number import DecimalMark, decimal_mark

_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class TextRows:
    """Cells of a table as they stand in the file.

    Attributes
    ----------
    header : names of the columns
    rows : row number in the file (the header is row 1) → cells, as many as the header has
    mark : what separates decimals
    """

    header: tuple[str, ...]
    rows: dict[int, tuple[str, ...]]
    mark: DecimalMark = DecimalMark.POINT

    def column(self, name: str) -> list[str]:
        """Cells of one column, in the order of the rows."""
        position = self.header.index(name)
        return [cells[position] for cells in self.rows.values()]


def read_text(path: Path, source: str) -> TextRows:
    """Cells of a CSV: UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030.

    Cells are separated by commas, semicolons or tabs, whichever the header has most of. Where it is not
    commas, a comma may be the decimal mark. Blank rows are passed over but counted, and so are blank
    columns at the right end.

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
        where the file is missing, empty, in another encoding, or has a row longer or shorter than the
        header.
    """
    records, delimiter = _records(path, source)
    if not records:
        raise CapshareError(Problem(source, "", "a header and rows", "an empty file", "Fill the file."))
    problems = [
        Problem(source, f"row {number}", f"{len(records[0])} cells", str(len(cells)), "Add or remove commas.")
        for number, cells in enumerate(records, start=1)
        if records[0] and any(cells) and len(cells) != len(records[0])
    ]
    if problems:
        raise CapshareError(problems)
    table = text_rows(records, source)
    if delimiter == ",":
        return table
    mark = decimal_mark(cell for cells in table.rows.values() for cell in cells)
    return TextRows(table.header, table.rows, mark)


def text_rows(records: Sequence[Sequence[str]], source: str, first: int = 2) -> TextRows:
    """Header and rows of records, without blank rows and the blank columns at the right end.

    Parameters
    ----------
    records : cells row by row, the header first; all rows that are not blank equally long
    source : what to call their file in a message
    first : number of the row where figures begin; rows between it and the header are not read

    Returns
    -------
    TextRows

    Raises
    ------
    CapshareError
        where there is no header, or nothing below it.
    """
    header = [cell.strip() for cell in records[0]]
    if not any(header):
        raise CapshareError(Problem(source, "row 1", "the header", "a blank line", "Remove the line."))
    rows = {
        number: tuple(cells)
        for number, cells in enumerate(records[first - 1 :], start=first)
        if any(cell.strip() for cell in cells)
    }
    if not rows:
        found = "a header without rows"
        raise CapshareError(Problem(source, "", "a header and rows", found, "Fill the file."))
    width = max(len(header) if header[-1] else 0, *(_filled([header, *rows.values()])))
    return TextRows(tuple(header[:width]), {number: cells[:width] for number, cells in rows.items()})


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
    unknown = [name for name in dict.fromkeys(header) if name and name not in expected]
    twice = [name for name in dict.fromkeys(header) if name and list(header).count(name) > 1]
    problems = [
        Problem(source, f"row 1, cell {place}", "the name of its column", "a blank cell", "Name the column.")
        for place, name in enumerate(header, start=1)
        if not name
    ]
    problems += [
        Problem(source, f"column {name}", "this column", "none", suggestion(name, unknown or header))
        for name in missing
    ]
    problems += [
        Problem(
            source,
            f"column {name}",
            "a column that the dataset describes",
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


def _filled(rows: Iterable[Sequence[str]]) -> list[int]:
    """Number of cells of each row up to its last that is not blank."""
    return [
        max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0) for cells in rows
    ]


def _records(path: Path, source: str) -> tuple[list[list[str]], str]:
    if not path.is_file():
        remedy = "Put the file there or correct its path in datapackage.json."
        raise CapshareError(Problem(source, "", "a file", f"none at {path}", remedy))
    text = decode(path.read_bytes(), source)
    delimiter = _delimiter(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        remedy = "Save the file as CSV again."
        raise CapshareError(Problem(source, "", "comma-separated text", str(error), remedy)) from error
    return (records if any(map(any, records)) else []), delimiter


def _delimiter(text: str) -> str:
    """The mark that occurs most in the first line, outside quotes; a comma where none does."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)
