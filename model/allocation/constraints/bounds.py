"""Floor and ceiling of a province's quota."""

from __future__ import annotations

from typing import Any

from capshare.model.allocation.constraints.parts import each, provinces
from capshare.model.allocation.constraints.record import Constraint, Rows
from capshare.model.allocation.data_arrays import AllocationArrays


def _floor(m: Any, i: str) -> Any:
    return m.quota[i] >= m.floor_amount[i]


def _floor_rows(numbers: AllocationArrays) -> Rows:
    return Rows({"quota": each(len(numbers.provinces))}, lower=numbers.floor_mt)


def _ceiling(m: Any, i: str) -> Any:
    return m.quota[i] <= m.ceiling_amount[i]


def _ceiling_rows(numbers: AllocationArrays) -> Rows:
    return Rows({"quota": each(len(numbers.provinces))}, upper=numbers.ceiling_mt)


FLOOR = Constraint(
    name="floor",
    formula="ℓ_i ≤ x_i",
    labels=provinces,
    expression=_floor,
    rows=_floor_rows,
    title={"en": "floor", "zh": "配额下限"},
    collides_as={
        "en": "allocation.floor: {provinces}",
        "zh": "配额下限（allocation.floor）：{provinces}",
    },
    keeps=5,
)
CEILING = Constraint(
    name="ceiling",
    formula="x_i ≤ u_i",
    labels=provinces,
    expression=_ceiling,
    rows=_ceiling_rows,
    title={"en": "ceiling", "zh": "配额上限"},
    collides_as={
        "en": "allocation.ceiling: {provinces}",
        "zh": "配额上限（allocation.ceiling）：{provinces}",
    },
    keeps=4,
)
