"""An outcome as its files say it, so that what is read back is what was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.table_list import TABLES
from capshare.reports.folder.tables import ordered


def as_written(outcome: Outcome) -> Outcome:
    """The outcome with every frame's columns in the order of its table, and 0 without a sign.

    Parameters
    ----------
    outcome : of a run
    """
    for table in TABLES:
        outcome = _changed(outcome, table.place.split("."), table.columns)
    return outcome


def _changed(found: Any, place: Sequence[str], columns: tuple[str, ...]) -> Any:
    """A part with the frame at a place as it is written; the part itself where there is no such frame."""
    if isinstance(found, pd.Series):
        return found + 0.0
    if isinstance(found, pd.DataFrame):
        return _unsigned(ordered(found, columns))
    if not is_dataclass(found) or isinstance(found, type) or place[0] not in {f.name for f in fields(found)}:
        return found
    return replace(found, **{place[0]: _changed(getattr(found, place[0]), place[1:], columns)})


def _unsigned(frame: pd.DataFrame) -> pd.DataFrame:
    columns = {str(name): _without_sign(column) for name, column in frame.items()}
    return frame.assign(**columns)


def _without_sign(column: pd.Series) -> pd.Series:
    if column.dtype == float:
        return column + 0.0
    if column.dtype == object:
        # A one-sided price may be None, which a Series of numbers would make NaN of.
        values = [value + 0.0 if isinstance(value, float) else value for value in column]
        return pd.Series(values, column.index, dtype=object)
    return column
