"""An outcome as its files say it, so that what is read back is what was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.table_list import TABLES
from capshare.reports.folder.tables import ordered

AMOUNT = "_1e8yuan"


def as_written(outcome: Outcome) -> Outcome:
    """The outcome with columns in the order of their table, amounts in the dataset's unit, 0 unsigned.

    Parameters
    ----------
    outcome : of a run
    """
    per_inside = outcome.study.conventions.per_inside
    for table in TABLES:
        factor = 1 if table.open else per_inside
        outcome = _changed(outcome, table.place.split("."), table.columns, factor)
    endings = tuple(
        replace(end, objective_1e8yuan=end.objective_1e8yuan * per_inside,
                penalty_1e8yuan=end.penalty_1e8yuan * per_inside)
        for end in outcome.allocation.endings
    )  # fmt: skip
    return replace(outcome, allocation=replace(outcome.allocation, endings=endings))


def in_amounts(frame: pd.DataFrame, factor: int) -> pd.DataFrame:
    """The frame with its amounts of money in another unit.

    Parameters
    ----------
    frame : amounts are in columns that end in ``_1e8yuan``
    factor : what they are multiplied by
    """
    if factor == 1:
        return frame
    amounts = [name for name in frame if str(name).endswith(AMOUNT)]
    return frame.assign(**{str(name): frame[name] * factor for name in amounts})


def _changed(found: Any, place: Sequence[str], columns: tuple[str, ...], factor: int) -> Any:
    """A part with the frame at a place as it is written; the part itself where there is no such frame."""
    if isinstance(found, pd.Series):
        return _without_sign(found * factor if str(found.name).endswith(AMOUNT) else found)
    if isinstance(found, pd.DataFrame):
        return _unsigned(in_amounts(ordered(found, columns), factor))
    if not is_dataclass(found) or isinstance(found, type) or place[0] not in {f.name for f in fields(found)}:
        return found
    return replace(found, **{place[0]: _changed(getattr(found, place[0]), place[1:], columns, factor)})


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
