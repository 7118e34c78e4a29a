"""Rows of a frame as lines of CSV, by columns, so that a table of a million rows is written in seconds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, product
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np
import pandas as pd
from pydantic_core import to_json

# Between these the shortest form has neither an exponent in Python nor in JSON, and both are the same.
_PLAIN_FROM, _PLAIN_TO = 1e-4, 1e16
ROWS_AT_ONCE = 1_000
"""So few that their texts stay in the processor's cache."""
_QUOTED = ',"\n\r'
# A letter that JSON has as it is, and that no text of a table has; if one does, its rows take the long way.
_SEAM = "\x7f"
_SEAM_TO_NEWLINE = bytes.maketrans(_SEAM.encode(), b"\n")
# Texts of neighbouring columns of few words are made one text, as long as there are no more of them.
_MOST_WORDS = 4_096

# Cells of some rows of a column: numbers, or texts as they stand in the file.
_Cells = list[float | str] | list[int] | list[str]
_Piece = Callable[[slice], _Cells]


class _Words(NamedTuple):
    """A column of few different texts, or of several neighbouring columns.

    Attributes
    ----------
    texts : as they stand in the file
    places : of each row, among the texts
    """

    texts: list[str]
    places: np.ndarray


def csv_line(cells: Iterable[str]) -> str:
    r"""Texts as a line of CSV that ends in ``\n``, those that need it in quotes.

    Parameters
    ----------
    cells : of a row
    """
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def csv_lines(frame: pd.DataFrame) -> Iterator[bytes]:
    """The rows of a frame as lines in UTF-8, without its index, some thousand at a time.

    Numbers are in the shortest form that reads back; a float that is not finite is written as it is.

    Parameters
    ----------
    frame : of any length
    """
    pieces = list(_pieces(frame.iloc[:, place] for place in range(frame.shape[1])))
    for start in range(0, len(frame), ROWS_AT_ONCE):
        yield _joined([each(slice(start, start + ROWS_AT_ONCE)) for each in pieces])


def _joined(columns: Sequence[_Cells]) -> bytes:
    """Lines of some rows, each column given as its cells."""
    if len(columns) == 1:
        return "".join(f"{cell}\n" for cell in columns[0]).encode()
    first, *middle, last = columns
    # The end of a row and the beginning of the next are one text, so that no comma stands between them.
    seams = [f"{end}{_SEAM}{start}" for end, start in zip(last, first[1:], strict=False)]
    cells = chain.from_iterable(zip([first[0], *seams], *middle, strict=True))
    # Rust writes JSON eight times as fast as Python its floats, and by the same rule.
    written = to_json([*cells, last[-1]])
    lines = written[1:-1].translate(_SEAM_TO_NEWLINE, b'"')
    # A quote in a text is marked in JSON; a text without one stands there as it does here.
    if b"\\" not in written and lines.count(b"\n") == len(seams):
        return lines + b"\n"
    return "".join(f"{','.join(map(str, row))}\n" for row in zip(*columns, strict=True)).encode()


def _pieces(columns: Iterable[pd.Series]) -> Iterator[_Piece]:
    """What gives the cells of the columns; neighbours of few words together give one text."""
    before: _Words | None = None
    for column in columns:
        words = _words(column)
        both = None if before is None or words is None else _together(before, words)
        if before is not None and both is None:
            yield _of_words(before)
        if words is None:
            yield _of_numbers_or_texts(column)
        before = both or words
    if before is not None:
        yield _of_words(before)


def _words(column: pd.Series) -> _Words | None:
    """The column as few words, if it is of a kind that says so or all its cells are one number."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        # What is missing has the code -1, and so the last place.
        texts = [*_quoted([_cell(word) for word in kind.categories]), ""]
        return _Words(texts, column.cat.codes.to_numpy())
    if kind not in (np.float64, np.int64):
        return None
    numbers = column.to_numpy()
    # Most columns that differ do so in their first rows.
    if not all((some == numbers[:1]).all() for some in (numbers[:ROWS_AT_ONCE], numbers)):
        return None
    return _Words([_cell(number) for number in numbers[:1]], np.zeros(len(numbers), dtype="int8"))


def _together(left: _Words, right: _Words) -> _Words | None:
    """Two neighbouring columns as one; None where that takes too many words."""
    if len(left.texts) * len(right.texts) > _MOST_WORDS:
        return None
    texts = [",".join(both) for both in product(left.texts, right.texts)]
    places = left.places.astype("int16") % len(left.texts) * np.int16(len(right.texts))
    return _Words(texts, places + right.places % len(right.texts))


def _of_words(words: _Words) -> _Piece:
    texts = np.array(words.texts, dtype=object)
    return lambda rows: texts[words.places[rows]].tolist()


def _of_numbers_or_texts(column: pd.Series) -> _Piece:
    """Cells of a column; what is of one kind is written at once."""
    kind = column.dtype
    if kind == np.float64:
        floats = column.to_numpy()
        return lambda rows: _floats(floats[rows])
    if kind == np.int64:
        whole = column.to_numpy()
        return lambda rows: whole[rows].tolist()
    if isinstance(kind, pd.StringDtype):
        # Without gaps, which were refused.
        return lambda rows: _quoted(column.iloc[rows].tolist())
    return lambda rows: _quoted(list(map(_cell, column.iloc[rows])))


def _floats(numbers: np.ndarray) -> list[float | str]:
    """Numbers, as texts where JSON would write them otherwise."""
    sizes = np.abs(numbers)
    is_plain = ((sizes >= _PLAIN_FROM) & (sizes < _PLAIN_TO)) | (numbers == 0)
    # -0.0 is 0.0, as in a single cell.
    cells: list[float | str] = (numbers + 0.0).tolist()
    for place in np.flatnonzero(~is_plain).tolist():
        cells[place] = repr(cells[place])
    return cells


def _quoted(cells: list[str]) -> list[str]:
    """Texts as cells of CSV."""
    if not _has_quoted("".join(cells)):
        return cells
    # A second, empty cell keeps a blank one from being put in quotes.
    return [csv_line((cell, ""))[:-2] if _has_quoted(cell) else cell for cell in cells]


def _has_quoted(text: str) -> bool:
    """Whether a text has a letter for which a cell is put in quotes."""
    return any(letter in text for letter in _QUOTED)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        # -0.0 is 0.0: a sign on nothing only makes a reader wonder.
        return repr(float(value) + 0.0)
    return str(value)
