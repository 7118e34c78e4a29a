"""Planners' own constraints on sums of quotas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import Vector

TITLE = {"en": "planner's rule", "zh": "规划者规则"}


def _at_least_names(data: AllocationData) -> pd.Index:
    return _names(data, "at least")


def _at_most_names(data: AllocationData) -> pd.Index:
    return _names(data, "at most")


def _at_least(m: Any, r: str) -> Any:
    return sum(m.rule_weight[r, i] * m.quota[i] for i in m.provinces) >= m.rule_bound[r]


def _at_most(m: Any, r: str) -> Any:
    return sum(m.rule_weight[r, i] * m.quota[i] for i in m.provinces) <= m.rule_bound[r]


def _at_least_rows(data: AllocationData) -> Rows:
    weight, bound = _weights(data, "at least")
    return Rows({"quota": weight}, lower=bound)


def _at_most_rows(data: AllocationData) -> Rows:
    weight, bound = _weights(data, "at most")
    return Rows({"quota": weight}, upper=bound)


def _names(data: AllocationData, sense: str) -> pd.Index:
    return plain(data.rules.index[data.rules["sense"] == sense])


def _weights(data: AllocationData, sense: str) -> tuple[Coefficients, Vector]:
    """Coefficients and bounds of the constraints of one sense."""
    chosen = data.rules[data.rules["sense"] == sense]
    weights = [data.rule_weight.loc[rule].reindex(data.provinces.index) for rule in chosen.index]
    count, n = len(chosen), len(data.provinces)
    values = np.concatenate(weights) if weights else np.empty(0)
    every = Coefficients(np.arange(count).repeat(n), np.tile(np.arange(n), count), values)
    return every, chosen["bound_mt"].to_numpy(dtype=float)


AT_LEAST = Constraint(
    name="rule_at_least",
    formula="Σ_i (k_ri − s_r) x_i ≥ G_r",
    labels=_at_least_names,
    expression=_at_least,
    rows=_at_least_rows,
    title=TITLE,
    keeps=7,
)
AT_MOST = Constraint(
    name="rule_at_most",
    formula="Σ_i (k_ri − s_r) x_i ≤ G_r",
    labels=_at_most_names,
    expression=_at_most,
    rows=_at_most_rows,
    title=TITLE,
    # ρ ≤ 0: with "at least" and "at most" of one convention the price identity has one term for both.
    price_sign=1.0,
    keeps=8,
)
