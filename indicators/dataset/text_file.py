"""Text file: a CSV read as text, its rows numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import TABLE_BYTES
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.encodings import decode
from capshare.indicators.dataset.written_number import DecimalMark, decimal_mark

ROWS, COLUMNS, CELLS, LETTERS = 1_048_576, 1000, 500_000, TABLE_BYTES
"""Of a table; cells are counted in the rows that are not blank. The shipped panel has 57 000."""
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
        """Cells of one column, in the order of the rows.

        Parameters
        ----------
        name : one of the header
        """
        position = self.header.index(name)
        return [cells[position] for cells in self.rows.values()]


def read_text(data: bytes, source: str) -> TextRows:
    """Cells of a CSV: UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030.

    Cells are separated by commas, semicolons or tabs, whichever the header has most of. Where it is not
    commas, a comma may be the decimal mark. Blank rows are passed over but counted, and so are blank
    columns at the right end.

    Parameters
    ----------
    data : content of the file
    source : what to call it in a message

    Returns
    -------
    TextRows

    Raises
    ------
    CapshareError
        where the file is empty, in another encoding, or has a row longer or shorter than the
        header.
    """
    records, separator = _records(data, source)
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
    if separator == ",":
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
            shown(name),
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


def _records(data: bytes, source: str) -> tuple[list[Sequence[str]], str]:
    text = decode(data, source)
    separator = delimiter_of(text)
    records: list[Sequence[str]] = []
    blank, filled = (), 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            records.append(cells if any(cells) else blank)
            filled += len(records[-1])
            _require_bounded(len(records), filled, source)
    except csv.Error as error:
        raise CapshareError(quote_problem(str(error), f"row {len(records) + 1}", source)) from None
    return (records if filled else []), separator


def _require_bounded(rows: int, cells: int, source: str) -> None:
    if rows > ROWS or cells > CELLS:
        expected = f"a table of at most {ROWS} rows and {CELLS} cells"
        remedy = "Remove what does not belong to the table, also at its right and its end, or split it."
        raise CapshareError(Problem(source, f"row {rows}", expected, "more", remedy))


def quote_problem(said: str, place: str, source: str) -> Problem:
    """What is wrong with the row in which a cell begins that the reader of CSV cannot end.

    Parameters
    ----------
    said : by the reader of CSV
    place, source : where it was, and what to call the file
    """
    found = "text after a closing quote"
    if "end of data" in said:
        found = "a quote that is never closed"
    elif "field limit" in said:
        found = f"a cell of more than {csv.field_size_limit()} characters, as after a quote never closed"
    remedy = 'Close the quote (") or remove it; inside a quoted cell write it twice.'
    return Problem(source, place, "cells whose quotes are in pairs", found, remedy)


def delimiter_of(text: str) -> str:
    """The mark that occurs most in the first line, outside quotes; a comma where none does.

    Parameters
    ----------
    text : of the file
    """
    line = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)
