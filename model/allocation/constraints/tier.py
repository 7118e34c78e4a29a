"""Tier: members of a tier cut their carbon intensity alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import each_of, plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData


def _members(data: AllocationData) -> pd.Index:
    return plain(data.tiers.index)


def _tier(m: Any, i: str) -> Any:
    return m.quota[i] - m.tier_amount[i] * m.tier_quota[m.tier_of[i]] == 0


def _tier_rows(data: AllocationData) -> Rows:
    tiers, weight = data.tiers, data.provinces["tier_mt"]
    own = data.provinces.index.get_indexer(tiers.index)
    place = pd.Index(sorted(tiers.unique())).get_indexer(pd.Index(tiers))
    amount = weight.to_numpy(dtype=float)[own]
    shared = Coefficients(np.arange(len(tiers)), place, -amount)
    return Rows({"quota": each_of(own), "tier_quota": shared}, lower=0.0, upper=0.0)


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
