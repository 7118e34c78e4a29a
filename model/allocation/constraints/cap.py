"""The cap of a block, and the block's quota that it holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from capshare.model.allocation.constraints.parts import blocks, each
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data_arrays import AllocationArrays


def _block_total(m: Any, g: str) -> Any:
    return m.block_quota[g] == sum(m.quota[i] for i in m.members[g])


def _block_total_rows(numbers: AllocationArrays) -> Rows:
    block = numbers.block
    members = Coefficients(block, np.arange(len(block)), np.full(len(block), -1.0))
    return Rows({"block_quota": each(len(numbers.caps_mt)), "quota": members}, 0.0, 0.0)


def _cap(m: Any, g: str) -> Any:
    return m.block_quota[g] == m.cap_amount[g]


def _cap_rows(numbers: AllocationArrays) -> Rows:
    amount = numbers.caps_mt
    return Rows({"block_quota": each(len(amount))}, amount, amount)


BLOCK_TOTAL = Constraint(
    name="block_total",
    formula="X_g = Σ_{i∈g} x_i",
    labels=blocks,
    expression=_block_total,
    rows=_block_total_rows,
    priced=False,
)
CAP = Constraint(
    name="cap",
    formula="X_g = Q_g",
    labels=blocks,
    expression=_cap,
    rows=_cap_rows,
    title={"en": "cap", "zh": "总量上限"},
    # What one more tonne of cap saves.
    price_sign=-1.0,
    keeps=6,
)
