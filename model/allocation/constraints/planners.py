"""Planners' own constraints on sums of quotas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.model.allocation.constraints.parts import plain
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays, RuleArrays
from capshare.solvers.program import Vector

TITLE = {"en": "planner's rule", "zh": "自定义约束"}


def _at_least_names(data: AllocationData) -> pd.Index:
    return _names(data, "at least")


def _at_most_names(data: AllocationData) -> pd.Index:
    return _names(data, "at most")


def _at_least(m: Any, r: str) -> Any:
    return sum(m.rule_weight[r, i] * m.quota[i] for i in m.provinces) >= m.rule_bound[r]


def _at_most(m: Any, r: str) -> Any:
    return sum(m.rule_weight[r, i] * m.quota[i] for i in m.provinces) <= m.rule_bound[r]


def _at_least_rows(numbers: AllocationArrays) -> Rows:
    weight, bound = _weights(numbers.rules, numbers.rules.is_least)
    return Rows({"quota": weight}, lower=bound)


def _at_most_rows(numbers: AllocationArrays) -> Rows:
    weight, bound = _weights(numbers.rules, ~numbers.rules.is_least)
    return Rows({"quota": weight}, upper=bound)


def _names(data: AllocationData, sense: str) -> pd.Index:
    return plain(data.rules.index[data.rules["sense"] == sense])


def _weights(rules: RuleArrays, chosen: NDArray[np.bool_]) -> tuple[Coefficients, Vector]:
    """Coefficients and bounds of the constraints of one sense."""
    weight = rules.weight[chosen]
    count, n = weight.shape
    every = Coefficients(np.arange(count).repeat(n), np.tile(np.arange(n), count), weight.ravel())
    return every, rules.bound_mt[chosen]


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
