"""Carry-over: how much unused quota may leave a year for later ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays, Places


def _carriers(data: AllocationData) -> pd.Index:
    return plain(data.year_links.carry_limit_mt.index)


def _carry_limit(m: Any, i: str) -> Any:
    return sum(m.carry[key] for key in m.carried_from[i]) <= m.carry_amount[i]


def _carry_limit_rows(numbers: AllocationArrays) -> Rows:
    return Rows({"carry": carried(numbers.links.carrier, 1.0)}, upper=numbers.links.carry_limit_mt)


def carried(row: Places, sign: float) -> Coefficients:
    """Carried quota in the rows of the years that it leaves or enters.

    Parameters
    ----------
    row : position of each carry's row
    sign : coefficient of each carry
    """
    return Coefficients(row, np.arange(len(row)), np.full(len(row), sign))


CARRY_LIMIT = Constraint(
    name="carry_limit",
    formula="Σ_j k_ij ≤ L E_i, j the same province in later years",
    labels=_carriers,
    expression=_carry_limit,
    rows=_carry_limit_rows,
    title={"en": "carry-over limit", "zh": "结转上限"},
)
