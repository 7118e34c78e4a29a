"""Carry-over: how much unused quota may leave a year for later ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData


def _carriers(data: AllocationData) -> pd.Index:
    return plain(data.year_links.carry_limit_mt.index)


def _carry_limit(m: Any, i: str) -> Any:
    return sum(m.carry[key] for key in m.carried_from[i]) <= m.carry_amount[i]


def _carry_limit_rows(data: AllocationData) -> Rows:
    limit = data.year_links.carry_limit_mt
    leaving = carried(data, "start", limit.index, 1.0)
    return Rows({"carry": leaving}, upper=limit.to_numpy(dtype=float))


def carried(data: AllocationData, end: str, rows: pd.Index, sign: float) -> Coefficients:
    """Carried quota by the year that it leaves (start) or enters (end).

    Parameters
    ----------
    data : its `carries` have index (start, end)
    end : "start" or "end"
    rows : labels of the constraint's rows, among the carries' provinces and years
    sign : coefficient of each carry
    """
    carries = data.year_links.carries
    place = rows.get_indexer(carries.get_level_values(end))
    return Coefficients(place, np.arange(len(carries)), np.full(len(carries), sign))


CARRY_LIMIT = Constraint(
    name="carry_limit",
    formula="Σ_j k_ij ≤ L E_i, j the same province in later years",
    labels=_carriers,
    expression=_carry_limit,
    rows=_carry_limit_rows,
    title={"en": "carry-over limit", "zh": "结转上限"},
)
