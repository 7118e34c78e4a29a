"""Tier: members of a tier cut their carbon intensity alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays


def _members(data: AllocationData) -> pd.Index:
    return plain(data.tiers.index)


def _tier(m: Any, i: str) -> Any:
    return m.quota[i] - m.tier_amount[i] * m.tier_quota[m.tier_of[i]] == 0


def _tier_rows(numbers: AllocationArrays) -> Rows:
    bound, row = numbers.targets.bound, np.arange(len(numbers.targets.bound))
    own = Coefficients(row, bound, np.ones(len(bound)))
    shared = Coefficients(row, numbers.targets.tier, -numbers.targets.tier_mt)
    return Rows({"quota": own, "tier_quota": shared}, lower=0.0, upper=0.0)


TIER = Constraint(
    name="tier",
    formula="x_i = B_i y_g",
    labels=_members,
    expression=_tier,
    rows=_tier_rows,
    title={"en": "one cut per tier", "zh": "同档同降幅"},
    applies=lambda data: len(data.tiers) > 0,
    price_sign=1.0,
    collides_as={
        "en": "one cut for all of a tier (targets.tiers): {provinces}",
        "zh": "同一档降幅相同（targets.tiers）：{provinces}",
    },
    keeps=4,
)
