"""The shape of a long CSV before its cells are read: its header, and rows of another length."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.fields import Field
from capshare.indicators.dataset.text_file import header_problems, quote_problem
from capshare.indicators.facilities.columns import OF_RESULTS

LONGEST_HEADER = 1_000_000
_NEWLINE = ord("\n")
# So few that what is made of them stays in the processor's cache.
_LETTERS_AT_ONCE = 1_000_000


def header_of(text: str, separator: str, source: str) -> list[str]:
    """Names of the columns, without blanks around them.

    Parameters
    ----------
    text : of the whole file
    separator : between cells
    source : what to call the file in a message

    Raises
    ------
    CapshareError
        where the first line names nothing
    """
    first = next(csv.reader(io.StringIO(text[:LONGEST_HEADER]), delimiter=separator), [])
    names = [name.strip() for name in first]
    if not any(names):
        raise CapshareError(
            Problem(source, "row 1", "the header", "a blank line", "Name the columns in row 1.")
        )
    return names


def header_faults(header: Sequence[str], fields: Sequence[Field], source: str) -> list[Problem]:
    """Columns that are missing, unknown or written twice, in a table that may lack those not required.

    Those of a result, which are computed anew, are no fault.

    Parameters
    ----------
    header : columns of the file
    fields : columns that it may have
    source : what to call the file in a message
    """
    names = [field.name for field in fields]
    unknown = [name for name in dict.fromkeys(header) if name not in (*names, *OF_RESULTS)]
    needed = [field.name for field in fields if field.required or field.name in header]
    missing = [name for name in needed if name not in header]
    return header_problems(header, [*needed, *unknown, *of_results(header)], source) + [
        Problem(
            source,
            f"column {name}",
            "a column of a table of facilities",
            shown(name),
            f"Drop or rename it. {suggestion(name, missing or names)}",
        )
        for name in unknown
    ]


def of_results(header: Sequence[str]) -> tuple[str, ...]:
    """Columns of a table that the result of an earlier reading added to it.

    Parameters
    ----------
    header : columns of the file
    """
    return tuple(name for name in OF_RESULTS if name in header)


def uneven_rows(data: bytes, separator: str, width: int, source: str) -> list[Problem]:
    """Rows with more or fewer cells than the header, blank ones apart.

    Parameters
    ----------
    data : content of the whole file, in UTF-8
    separator : between cells
    width : cells of the header
    source : what to call the file in a message

    Raises
    ------
    CapshareError
        where quotes are not in pairs
    """
    if b'"' in data:
        counts = _counts_of_records(data.decode(), separator, source)
    else:
        counts = _counts_of_lines(data, ord(separator))
    wrong = np.flatnonzero((counts != width) & (counts != 0))
    return [
        Problem(source, f"row {row + 1}", f"{width} cells", str(counts[row]), "Add or remove commas.")
        for row in wrong
    ]


def _counts_of_lines(data: bytes, separator: int) -> np.ndarray:
    """Cells of each line of a file without quotes; 0 of a blank one."""
    counts, start = [], 0
    while start < len(data):
        # By parts that end with a line, as a sign for each letter of the whole would take much memory.
        end = data.rfind(b"\n", start, start + _LETTERS_AT_ONCE) + 1
        end = end or data.find(b"\n", start) + 1 or len(data)
        counts.append(_counts_of_part(np.frombuffer(data, np.uint8, end - start, start), separator))
        start = end
    return np.concatenate(counts)


def _counts_of_part(letters: np.ndarray, separator: int) -> np.ndarray:
    is_end = letters == _NEWLINE
    marks = np.flatnonzero(is_end | (letters == separator))
    ends = np.flatnonzero(is_end[marks])
    # The end of the file ends its last line.
    if letters[-1] != _NEWLINE:
        ends = np.append(ends, len(marks))
    counts = np.diff(ends, prepend=-1)
    places = np.append(marks, len(letters))[ends]
    lengths = np.diff(places, prepend=-1) - 1
    # A line that ends in a carriage return alone is blank as well.
    counts[(lengths <= 1) & (counts == 1)] = 0
    return counts.astype("int32")


def _counts_of_records(text: str, separator: str, source: str) -> np.ndarray:
    counts: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            counts.append(len(cells) if any(cells) else 0)
    except csv.Error as error:
        raise CapshareError(quote_problem(str(error), f"row {len(counts) + 1}", source)) from None
    return np.array(counts)
