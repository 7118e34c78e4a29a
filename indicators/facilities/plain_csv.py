"""Plain CSV: a long table read column by column, its cells judged as those of every other table.

The dataset readers take a table cell by cell, which a million rows cannot wait for. Here a column of numbers
is parsed as a whole; only its cells that are no plain number go through the reader of cells, which knows
full-width digits and thousands marks, and says what is wrong with the others.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.encodings import utf8_bytes
from capshare.indicators.dataset.fields import Fault, Field, read_cell
from capshare.indicators.dataset.text_file import delimiter_of
from capshare.indicators.dataset.written_number import DecimalMark, decimal_mark
from capshare.indicators.facilities.columns import UNLIKE
from capshare.indicators.facilities.csv_shape import (
    LONGEST_HEADER,
    header_faults,
    header_of,
    of_results,
    uneven_rows,
)

BLANKS = ("",)
# The row of the first figures in a file whose header is row 1.
_FIRST = 2


def read_plain_csv(
    data: bytes, source: str, fields: Sequence[Field]
) -> tuple[pd.DataFrame, list[Problem], tuple[str, ...]]:
    """Typed columns of a CSV.

    Parameters
    ----------
    data : content of the file, in an encoding and with a delimiter that the dataset readers take
    source : what to call it in a message
    fields : columns that it may have; those that it must have are ``required``

    Returns
    -------
    DataFrame, index row number in the file, a faulty cell NaN or ``""``; every problem found; and the columns
    of results, which are not read

    Raises
    ------
    CapshareError
        where the file cannot be taken apart into cells
    """
    content = utf8_bytes(data, source)
    # The letter that the end is in, if any, is of no header.
    beginning = content[:LONGEST_HEADER].decode(errors="ignore")
    separator = delimiter_of(beginning)
    header = header_of(beginning, separator, source)
    uneven = uneven_rows(content, separator, len(header), source)
    if uneven:
        raise CapshareError(uneven)
    # A stream of bytes shares them; a long table is not to be in memory twice.
    utf8 = io.BytesIO(content)
    problems = header_faults([name for name in header if name], fields, source)
    problems += _unnamed(utf8, separator, header, source)
    known = [field for field in fields if header.count(field.name) == 1]
    table = _parsed(utf8, separator, header, known, source)
    columns = {}
    for field in known:
        columns[field.name], found = _column(field, table[field.name], utf8, separator, source)
        problems += found
    return pd.DataFrame(columns, index=table.index, copy=False), problems, of_results(header)


def _unnamed(stream: io.BytesIO, separator: str, header: Sequence[str], source: str) -> list[Problem]:
    """Columns without a name that hold something; spreadsheets save blank ones at the right end."""
    places = [place for place, name in enumerate(header) if not name]
    if not places:
        return []
    cells = pd.read_csv(
        stream, sep=separator, header=None, skiprows=1, usecols=places, dtype="str",
        keep_default_na=False, skip_blank_lines=False,
    )  # fmt: skip
    stream.seek(0)
    filled = ~_blank(cells.T)
    return [
        Problem(
            source, f"row 1, cell {place + 1}", "the name of its column", "a blank cell", "Name the column."
        )
        for place in filled.index[filled]
    ]


def _parsed(
    stream: io.BytesIO, separator: str, header: Sequence[str], fields: Sequence[Field], source: str
) -> pd.DataFrame:
    """Texts as texts, and numbers as far as whole columns are of numbers; blank rows are left out."""
    numeric = [field.name for field in fields if field.numeric]
    texts = [field.name for field in fields if not field.numeric]
    # Of texts in Arrow, where that is installed, each look at one makes a text of Python anew.
    with pd.option_context("mode.string_storage", "python"), warnings.catch_warnings():
        # It is read by parts, the texts of each of which fit the processor's cache. A column of numbers with
        # texts in some of them is read again as texts.
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)
        table = pd.read_csv(
            stream,
            sep=separator,
            header=0,
            names=[name or f" {place}" for place, name in enumerate(_distinct(header))],
            usecols=[field.name for field in fields],
            dtype={name: "str" if name in UNLIKE else "category" for name in texts},
            keep_default_na=False,
            na_values={name: [""] for name in numeric},
            skip_blank_lines=False,
            low_memory=True,
        )
    table.index = pd.RangeIndex(_FIRST, _FIRST + len(table), name="row")
    filled = ~_blank(table) if len(table) and _blank(table.iloc[:, :1]).any() else slice(None)
    table = table.loc[filled]
    if table.empty:
        raise CapshareError(
            Problem(source, "", "a header and rows", "a header without rows", "Fill the file.")
        )
    return table


def _distinct(header: Sequence[str]) -> list[str]:
    """Names of columns; of one written twice only the first is kept, as neither is read."""
    return [name if header.index(name) == place else "" for place, name in enumerate(header)]


def _blank(table: pd.DataFrame) -> pd.Series:
    """Rows in which no cell is filled."""
    return (table.isna() | (table == "")).all(axis="columns")


def _column(
    field: Field, parsed: pd.Series, stream: io.BytesIO, separator: str, source: str
) -> tuple[pd.Series, list[Problem]]:
    if not field.numeric:
        return _texts(field, parsed, source)
    if parsed.dtype.kind in "if":
        return _judged(field, parsed.astype("float64"), source)
    stream.seek(0)
    cells = pd.read_csv(
        stream, sep=separator, usecols=lambda name: name.strip() == field.name, dtype="str",
        keep_default_na=False, skip_blank_lines=False,
    ).iloc[:, 0]  # fmt: skip
    cells.index = pd.RangeIndex(_FIRST, _FIRST + len(cells), name="row")
    cells = cells.loc[parsed.index].fillna("")
    return number_cells(field, cells, source, DecimalMark.POINT if separator == "," else None)


def number_cells(
    field: Field, cells: pd.Series, source: str, mark: DecimalMark | None = DecimalMark.POINT
) -> tuple[pd.Series, list[Problem]]:
    """Numbers of cells that are texts.

    Parameters
    ----------
    field : their column
    cells : index row number
    source : what to call the file in a message
    mark : what separates decimals; None where the cells themselves tell

    Returns
    -------
    Series of floats, NaN where a cell is blank or faulty; and the problems
    """
    mark = decimal_mark(cells) if mark is None else mark
    values = pd.to_numeric(cells.where(cells != "", "nan"), errors="coerce").astype("float64")
    faults, read_again = {}, {}
    for row, cell in cells[values.isna() & (cells != "")].items():
        read = read_cell(field, cell, BLANKS, mark)
        if isinstance(read, Fault):
            faults[row] = read
        else:
            read_again[row] = float(read)
    known = pd.Series(read_again, dtype=float).reindex(values.index)
    judged, problems = _judged(field, values.fillna(known).drop(list(faults)), source)
    told = [fault.at(source, _place(row, field)) for row, fault in faults.items()]
    return judged.reindex(cells.index), told + problems


def _judged(field: Field, values: pd.Series, source: str) -> tuple[pd.Series, list[Problem]]:
    """Numbers against what the field demands; the reader of cells says what it demands."""
    figures = values.to_numpy()
    wrong = ~((figures >= field.minimum) & (figures <= field.maximum) & np.isfinite(figures))
    if field.type in ("year", "integer"):
        wrong |= figures != np.floor(figures)
    if not field.required:
        wrong &= ~np.isnan(figures)
    problems = []
    for row in values.index[wrong]:
        cell = "" if np.isnan(values[row]) else f"{values[row]:.15g}"
        fault = read_cell(field, cell, BLANKS)
        if isinstance(fault, Fault):
            problems.append(fault.at(source, _place(row, field)))
    return values.where(~wrong), problems


def _texts(field: Field, cells: pd.Series, source: str) -> tuple[pd.Series, list[Problem]]:
    stripped = _without_blanks(cells)
    if not field.required and field.enum is None:
        return stripped, []
    known = (stripped != "") if field.enum is None else stripped.isin([*field.enum, ""])
    problems = [
        fault.at(source, _place(row, field))
        for row, cell in stripped[~known].items()
        if isinstance(fault := read_cell(field, cell, BLANKS), Fault)
    ]
    return stripped.where(known, ""), problems


def _without_blanks(cells: pd.Series) -> pd.Series:
    """Texts without blanks around them; among the categories of those that have such is ``""``."""
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        plain = [cell.strip() for cell in cells.fillna("").tolist()]
        return pd.Series(plain, cells.index, dtype=cells.dtype)
    words = [str(word).strip() for word in cells.cat.categories]
    distinct = pd.Index(["", *sorted({*words} - {""})], dtype="str")
    # What is missing has the code -1, and so the last place.
    places = np.array([*map(distinct.get_loc, words), 0])[cells.cat.codes.to_numpy()]
    return pd.Series(pd.Categorical.from_codes(places, distinct), cells.index)


def _place(row: object, field: Field) -> str:
    return f"row {row}, column {field.name}"
