"""Distance: how far a quota may lie from what its province is entitled to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import each, provinces
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays


def _is_limited(data: AllocationData) -> bool:
    return data.is_equity_limited


def _entitled(m: Any, i: str) -> Any:
    return m.entitlement[i] - m.slope[i] * m.block_quota[m.block_of[i]] == m.constant[i]


def _entitled_rows(numbers: AllocationArrays) -> Rows:
    n, constant = len(numbers.provinces), numbers.entitled.constant_mt
    slope = Coefficients(np.arange(n), numbers.block, -numbers.entitled.slope)
    return Rows({"entitlement": each(n), "block_quota": slope}, constant, constant)


def _above(m: Any, i: str) -> Any:
    return m.quota[i] - m.most * m.entitlement[i] <= m.distance_amount[i]


def _above_rows(numbers: AllocationArrays) -> Rows:
    n, most = len(numbers.provinces), 1 + numbers.limits.max_deviation
    return Rows({"quota": each(n), "entitlement": each(n, -most)}, upper=numbers.targets.distance_mt)


def _below(m: Any, i: str) -> Any:
    return m.quota[i] - m.least * m.entitlement[i] >= -m.distance_amount[i]


def _below_rows(numbers: AllocationArrays) -> Rows:
    n, least = len(numbers.provinces), 1 - numbers.limits.max_deviation
    return Rows({"quota": each(n), "entitlement": each(n, -least)}, lower=-numbers.targets.distance_mt)


def _most(data: AllocationData) -> pd.Series:
    p = data.provinces
    return (1 + data.limits.max_deviation) * p["entitlement_mt"] + p["distance_mt"]


def _least(data: AllocationData) -> pd.Series:
    p = data.provinces
    return (1 - data.limits.max_deviation) * p["entitlement_mt"] - p["distance_mt"]


ENTITLED = Constraint(
    name="entitled",
    formula="e_i = κ_i + φ_i X_g",
    labels=provinces,
    expression=_entitled,
    rows=_entitled_rows,
    applies=_is_limited,
    priced=False,
)
EQUITY_ABOVE = Constraint(
    name="equity_above",
    formula="x_i ≤ (1 + T) e_i + d_i",
    labels=provinces,
    expression=_above,
    rows=_above_rows,
    title={"en": "equity, not above", "zh": "公平约束（上限）"},
    applies=_is_limited,
    collides_as={
        "en": "at most {share} of the entitlement (allocation.max_deviation): {provinces}",
        "zh": "至多为基准配额的{share}（allocation.max_deviation）：{provinces}",
    },
    asks=_most,
    keeps=2,
)
EQUITY_BELOW = Constraint(
    name="equity_below",
    formula="(1 − T) e_i − d_i ≤ x_i",
    labels=provinces,
    expression=_below,
    rows=_below_rows,
    title={"en": "equity, not below", "zh": "公平约束（下限）"},
    applies=_is_limited,
    collides_as={
        "en": "at least {share} of the entitlement (allocation.max_deviation): {provinces}",
        "zh": "至少为基准配额的{share}（allocation.max_deviation）：{provinces}",
    },
    asks=_least,
    keeps=3,
)
