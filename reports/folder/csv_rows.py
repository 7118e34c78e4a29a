"""Rows of a frame as lines of CSV, by columns, so that a table of a million rows is written in seconds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from numbers import Integral, Real

import numpy as np
import pandas as pd
from pydantic_core import to_json

# Between these the shortest form has neither an exponent in Python nor in JSON, and both are the same.
_PLAIN_FROM, _PLAIN_TO = 1e-4, 1e16
# So few that their texts stay in the processor's cache.
_ROWS_AT_ONCE = 1_000
_QUOTED = frozenset(',"\n\r')

# Texts of the cells of some rows of a column, or of neighbouring columns.
_Piece = Callable[[slice], list[str]]


def csv_line(cells: Iterable[str]) -> str:
    r"""Texts as a line of CSV that ends in ``\n``, those that need it in quotes.

    Parameters
    ----------
    cells : of a row
    """
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def csv_lines(frame: pd.DataFrame) -> Iterator[str]:
    """The rows of a frame as lines, without its index, some thousand at a time.

    Numbers are in the shortest form that reads back; a float that is not finite is written as it is.

    Parameters
    ----------
    frame : of any length
    """
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    pieces: list[_Piece] = []
    for is_float, run in groupby(columns, key=lambda column: column.dtype == np.float64):
        those = list(run)
        pieces += [_of_floats(those)] if is_float else map(_of_others, those)
    for start in range(0, len(frame), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        yield "".join(
            f"{line}\n" for line in map(",".join, zip(*(each(rows) for each in pieces), strict=True))
        )


def _of_floats(columns: Sequence[pd.Series]) -> _Piece:
    """Cells of neighbouring columns of floats, those of a row already with their commas."""
    arrays = [column.to_numpy() for column in columns]
    # -0.0 is 0.0, as in a single cell.
    return lambda rows: _joined(np.column_stack([array[rows] for array in arrays]) + 0.0)


def _joined(numbers: np.ndarray) -> list[str]:
    sizes = np.abs(numbers)
    plain = (((sizes >= _PLAIN_FROM) & (sizes < _PLAIN_TO)) | (numbers == 0)).all(axis=1)
    # Rust writes JSON eight times as fast as Python its floats, and by the same rule.
    quick = to_json(numbers[plain].tolist()).decode().strip("[]").split("],[")
    if plain.all():
        return quick
    of_quick, of_slow = iter(quick), iter(numbers[~plain].tolist())
    return [next(of_quick) if easy else ",".join(map(repr, next(of_slow))) for easy in plain.tolist()]


def _of_others(column: pd.Series) -> _Piece:
    """Cells of a column that is not of floats; what is of one kind is written at once."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        words = np.array([*_quoted([_cell(word) for word in kind.categories]), ""], dtype=object)
        places = column.cat.codes.to_numpy()
        return lambda rows: list(words[places[rows]])
    if kind == np.int64:
        whole = column.to_numpy()
        return lambda rows: list(map(str, whole[rows].tolist()))
    if isinstance(kind, pd.StringDtype):
        # Without gaps, which were refused.
        return lambda rows: _quoted(column.iloc[rows].tolist())
    return lambda rows: _quoted(list(map(_cell, column.iloc[rows])))


def _quoted(cells: list[str]) -> list[str]:
    """Texts as cells of CSV."""
    if _QUOTED.isdisjoint("".join(cells)):
        return cells
    # A second, empty cell keeps a blank one from being put in quotes.
    return [csv_line((cell, ""))[:-2] if not _QUOTED.isdisjoint(cell) else cell for cell in cells]


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
