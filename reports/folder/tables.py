"""The tables that an outcome has, as they are written, and how a frame becomes text."""

from __future__ import annotations

import io
import math
from numbers import Real

import numpy as np
import pandas as pd

from capshare.base.conventions import Conventions, conventions
from capshare.base.errors import CapshareError, Problem
from capshare.base.years import YEAR
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.csv_rows import ROWS_AT_ONCE, csv_line, csv_lines
from capshare.reports.folder.table import ONE_SIDED, Table
from capshare.reports.folder.table_list import TABLES

# Theil's L has no bound where a rule leaves someone without quota.
_UNBOUNDED = ("ceiling_mt", *ONE_SIDED[2:], "theil_l_per_head", "theil_l_per_gdp")

# Rows further down are longer, their numbers have more digits.
_SPARE = 1.05


def tables(outcome: Outcome) -> dict[Table, pd.DataFrame]:
    """The tables that an outcome has, in the order of the chain, columns in their documented order.

    A table of a run of one year does not say the year.

    Parameters
    ----------
    outcome : of a run

    Returns
    -------
    dict of Table to DataFrame; a frame that is None is left out
    """
    frames = {table: table.frame(outcome) for table in TABLES}
    one = len(outcome.years) == 1
    those = outcome.study.conventions
    return {
        table: _in_currency(table, _written(table, frame, one), those)
        for table, frame in frames.items()
        if frame is not None
    }


def _in_currency(table: Table, frame: pd.DataFrame, those: Conventions) -> pd.DataFrame:
    """The frame, its columns of money named in the dataset's currency; an open table names its own."""
    return frame if table.open else frame.rename(columns=those.outward)


def _written(table: Table, frame: pd.DataFrame, one_year: bool) -> pd.DataFrame:
    if table.yearly and one_year:
        frame = frame.droplevel(YEAR)
    if table.blanks:
        frame = frame.astype(object).where(frame.notna(), "")
    return ordered(frame, table.columns)


def ordered(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The frame with its documented columns first, as far as it has them.

    Parameters
    ----------
    frame : of a table
    columns : the documented ones, in their order
    """
    known = [column for column in columns if column in frame.columns]
    return frame[[*known, *(column for column in frame.columns if column not in known)]]


def csv_bytes(frame: pd.DataFrame, source: str = "table") -> bytes:
    r"""The frame as CSV in UTF-8: comma, ``\n``, index first, floats in their shortest round-trip form.

    Parameters
    ----------
    frame : any index whose levels are named
    source : name used in errors

    Returns
    -------
    bytes
        end with a newline; booleans are ``true`` and ``false``; a one-sided price whose side is infeasible
        (None) is empty; a ceiling may be ``inf``

    Raises
    ------
    CapshareError
        naming every cell that is missing or infinite where it may not be
    """
    refuse_gaps(frame, source)
    flat = frame.reset_index()
    lines = csv_lines(flat)
    beginning = csv_line(map(str, flat.columns)).encode() + next(lines, b"")
    if len(flat) <= ROWS_AT_ONCE:
        return beginning
    data = io.BytesIO()
    # Room for all at once: what grows part by part is moved again and again, and at times there twice.
    data.seek(int(_SPARE * len(beginning) * len(flat) / ROWS_AT_ONCE))
    data.write(b"\0")
    data.seek(0)
    data.write(beginning)
    data.writelines(lines)
    data.truncate()
    return data.getvalue()


def refuse_gaps(frame: pd.DataFrame, source: str) -> None:
    """Raise CapshareError naming every cell of the frame that is missing or wrongly infinite.

    Parameters
    ----------
    frame : of a table, any index
    source : its file, named in messages
    """
    problems = [
        Problem(
            source,
            f"row {_row_name(label)}, column {column}",
            "a finite number or text",
            repr(value) if isinstance(value, str | None) else str(value),
            "A result has no gaps: report this as a fault in the model.",
        )
        for column in frame.columns
        if _may_have_gaps(frame[column])
        for label, value in frame[column].items()
        if _is_gap(str(column), value)
    ]
    if problems:
        raise CapshareError(problems)


def _may_have_gaps(column: pd.Series) -> bool:
    """Whether its cells need be looked at one by one."""
    if column.dtype == np.float64:
        return not bool(np.isfinite(column.to_numpy()).all())
    if isinstance(column.dtype, pd.CategoricalDtype | pd.StringDtype):
        return bool(column.isna().any())
    return column.dtype != np.int64


def _is_gap(column: str, value: object) -> bool:
    column = conventions().inward(column)
    if value is None:
        return column not in ONE_SIDED
    if not isinstance(value, Real):
        return value is pd.NA or value is pd.NaT
    number = float(value)
    if number == -math.inf:
        return column != "holds_from_mt"
    return math.isnan(number) or (number == math.inf and column not in _UNBOUNDED)


def _row_name(label: object) -> str:
    return ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)
