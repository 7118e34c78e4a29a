"""Ramp: how much more or less a province may abate than the year before; first, than nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import both, plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays, Places
from capshare.model.allocation.limits import tied


def _later(data: AllocationData) -> pd.Index:
    return plain(data.year_links.ramp.index)


def _later_than_first(data: AllocationData) -> pd.Index:
    return plain(tied(data.year_links.ramp).index)


def _rise(m: Any, i: str) -> Any:
    before = sum(m.abatement[key] for key in m.steps_of[m.ramp_from[i]]) if i in m.ramp_from else 0
    return sum(m.abatement[key] for key in m.steps_of[i]) - before <= m.ramp_amount[i]


def _fall(m: Any, i: str) -> Any:
    before = sum(m.abatement[key] for key in m.steps_of[m.ramp_from[i]])
    return before - sum(m.abatement[key] for key in m.steps_of[i]) <= m.ramp_amount[i]


def _rise_rows(numbers: AllocationArrays) -> Rows:
    ramp, province, n = numbers.links.ramp, numbers.steps.province, len(numbers.provinces)
    row, earlier = np.arange(len(ramp.later)), ramp.earlier >= 0
    later = _steps(ramp.later, row, province, n, 1.0)
    before = _steps(ramp.earlier[earlier], row[earlier], province, n, -1.0)
    return Rows({"abatement": both(later, before)}, upper=ramp.most_mt)


def _fall_rows(numbers: AllocationArrays) -> Rows:
    ramp, province, n = numbers.links.ramp, numbers.steps.province, len(numbers.provinces)
    earlier = ramp.earlier >= 0
    row = np.arange(int(earlier.sum()))
    later = _steps(ramp.later[earlier], row, province, n, -1.0)
    before = _steps(ramp.earlier[earlier], row, province, n, 1.0)
    return Rows({"abatement": both(later, before)}, upper=ramp.most_mt[earlier])


def _steps(units: Places, row: Places, province: Places, n: int, sign: float) -> Coefficients:
    """All abatement steps of some provinces' years, each in the row of its own."""
    row_of = np.full(n, -1)
    row_of[units] = row
    column = np.flatnonzero(row_of[province] >= 0)
    return Coefficients(row_of[province][column], column, np.full(len(column), sign))


ABATEMENT_RISE = Constraint(
    name="abatement_rise",
    formula="Σ_s a_is − Σ_s a_js ≤ n r E_ib, j the same province n years before; none in the base year",
    labels=_later,
    expression=_rise,
    rows=_rise_rows,
    title={"en": "largest yearly rise of abatement", "zh": "年减排增量上限"},
)
ABATEMENT_FALL = Constraint(
    name="abatement_fall",
    formula="Σ_s a_js − Σ_s a_is ≤ n r E_ib, j the same province n years before",
    labels=_later_than_first,
    expression=_fall,
    rows=_fall_rows,
    title={"en": "largest yearly fall of abatement", "zh": "年减排减量上限"},
)
