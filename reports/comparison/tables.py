"""Tables of a run folder read back as frames, whatever was done to the files since."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.reports.folder.run_folder import TABLE_BYTES, RunFolder

_WHOLE = ("year", "members")
_LARGEST_COUNT = 1e6
_REMEDY = "Put the file back as the run left it, or run the study again."


@dataclass(frozen=True)
class _Wanted:
    """What is read of a table: its index, and columns of text, of numbers, and of numbers that may lack."""

    index: tuple[str, ...]
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


_WANTED = {
    "cap": _Wanted(("year",), (), ("cap_mt",)),
    "provinces": _Wanted(
        ("code",),
        ("name_en", "name_zh", "group", "balance_class"),
        (
            "emissions_mt",
            "quota_mt",
            "balance_mt",
            "abatement_mt",
            "purchase_mt",
            "uncovered_mt",
            "cost_1e8yuan",
            "penalty_1e8yuan",
        ),
    ),
    "groups": _Wanted(
        ("group",),
        (),
        ("members", "cap_mt", "cap_share", "price_yuan_per_t"),
        ("price_low_yuan_per_t", "price_high_yuan_per_t"),
    ),
    "prices": _Wanted(("constraint", "name"), (), ("price_yuan_per_t",)),
}


def read_table(run: RunFolder, name: str) -> pd.DataFrame:
    """Read the columns of a table that are compared.

    Parameters
    ----------
    run : its folder
    name : ``cap``, ``provinces``, ``groups`` or ``prices``

    Returns
    -------
    DataFrame indexed by what its rows are, the year first where the file has one; an infeasible one-sided
    price is NaN

    Raises
    ------
    CapshareError
        where the file is gone, lacks a column, names a row twice, or has a cell that is no number
    """
    path, wanted = run.path / f"{name}.csv", _WANTED[name]
    data = run.read(path.name, TABLE_BYTES)
    frame = _texts(data, path, (*wanted.index, *wanted.words, *wanted.numbers, *wanted.gaps))
    numbers = (*wanted.numbers, *wanted.gaps)
    index = wanted.index
    if "year" in frame.columns:
        index, numbers = tuple(dict.fromkeys(("year", *index))), ("year", *numbers)
    kept = frame[list(dict.fromkeys((*index, *wanted.words, *numbers)))]
    found = _numbers(path, kept, numbers, wanted.gaps).set_index(list(index))
    if found.index.has_duplicates:
        twice = found.index[found.index.duplicated()][0]
        raise CapshareError(Problem(str(path), "", "each row once", f"{twice} twice", _REMEDY))
    return found


def with_year(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """The table with the year as the first level of its index; a run of one year does not write it.

    Parameters
    ----------
    frame : as :func:`read_table` gives it
    year : of the rows where they do not say it
    """
    return frame if "year" in frame.index.names else pd.concat({year: frame}, names=["year"])


def _texts(data: bytes, path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        # What a spreadsheet saves may begin with a mark of byte order.
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        header, *rows = [row for row in csv.reader(text, strict=True) if row] or [[]]
        if len(set(header)) < len(header) or any(len(row) != len(header) for row in rows):
            raise ValueError("a column twice, or a row longer or shorter than the header")
    except (ValueError, csv.Error) as error:
        raise CapshareError(Problem(str(path), "", "a table of the run", str(error), _REMEDY)) from None
    frame = pd.DataFrame(rows, columns=header, dtype=str)
    lacking = [column for column in columns if column not in frame.columns]
    if lacking or frame.empty:
        found = f"none called {', '.join(lacking)}" if lacking else "no row"
        raise CapshareError(Problem(str(path), "", f"columns {', '.join(columns)}, and rows", found, _REMEDY))
    return frame


def _numbers(
    path: Path, frame: pd.DataFrame, columns: tuple[str, ...], gaps: tuple[str, ...]
) -> pd.DataFrame:
    numbers = {column: pd.to_numeric(frame[column], errors="coerce") for column in columns}
    for column in set(_WHOLE) & set(columns):
        values = numbers[column]
        numbers[column] = values.where((values % 1 == 0) & (values.abs() < _LARGEST_COUNT))
    problems = [
        Problem(str(path), f"row {row + 2}, column {column}", "a number", repr(cell), _REMEDY)
        for column, values in numbers.items()
        for row, cell in enumerate(frame[column])
        if pd.isna(values.iloc[row]) and not (cell == "" and column in gaps)
    ]
    if problems:
        raise CapshareError(problems)
    found = frame.assign(**numbers)
    whole = [column for column in _WHOLE if column in columns]
    return found.astype(dict.fromkeys(whole, "int64"))
