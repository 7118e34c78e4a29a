"""What each kind of constraint costs: the allocation solved again without it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.two_stages import MT_YUAN_PER_T_IN_1E8YUAN
from capshare.solvers.basis import Relaxed, relaxed_objectives
from capshare.solvers.program import LinearProgram

# What a planner decides → the rows that it is made of.
KINDS: Mapping[str, tuple[str, ...]] = {
    "distance": ("equity_above", "equity_below"),
    "bounds": ("floor", "ceiling"),
    "tiers": ("tier",),
    "trade limit": ("purchase_limit",),
    "planners": ("rule_at_least", "rule_at_most"),
    "yearly change": ("rise_limit", "fall_limit"),
}
ALL_OF_THEM = "all of them"
# 1e8 yuan, as a share of the objective: less is rounding.
NO_COST = 1e-9


def constraint_costs(allocation: Allocation) -> pd.Series:
    r"""What would be saved without each kind of constraint, the others and the entitlements as they are.

    .. math:: C-C_{-k}

    The parts need not add up: where two kinds hold the same quota, neither alone saves anything.

    Parameters
    ----------
    allocation : a solved allocation

    Returns
    -------
    Series, index constraint (those of :data:`KINDS` that the allocation has, and without any of them), 1e8
        yuan of the objective
    """
    program = allocation.first.program
    rows = {
        kind: np.concatenate([np.arange(len(program.row_lower))[program.row(name)] for name in names])
        for kind, wanted in KINDS.items()
        if (names := [name for name in wanted if name in program.rows])
    }
    rows[ALL_OF_THEM] = np.concatenate(list(rows.values()))
    objectives = relaxed_objectives(
        allocation.first, [_without(program, positions) for positions in rows.values()]
    )
    saved = allocation.first.objective - np.array(objectives)
    saved[np.abs(saved) <= NO_COST * max(1.0, abs(allocation.first.objective))] = 0.0
    index = pd.Index(list(rows), name="constraint")
    return pd.Series(saved * MT_YUAN_PER_T_IN_1E8YUAN, index=index, name="cost_1e8yuan")


def _without(program: LinearProgram, positions: np.ndarray) -> Relaxed:
    """The rows without a side; but no quota is below 0."""
    lower = np.full(len(positions), -np.inf)
    floors = program.row("floor")
    is_floor = (positions >= floors.start) & (positions < floors.stop)
    lower[is_floor] = np.minimum(program.row_lower[positions[is_floor]], 0.0)
    return Relaxed(positions, lower, np.full(len(positions), np.inf))
