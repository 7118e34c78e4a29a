"""What repairs an infeasible allocation, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.solvers.conflict import is_feasible
from capshare.solvers.program import LinearProgram, UnsolvedError


@dataclass(frozen=True)
class Repair:
    """The least change of one kind of number after which some split satisfies all rules.

    Attributes
    ----------
    kind : "cap", "national cap", "floor", "ceiling", "max_deviation", "rule" or "smoothing"
    name : of a single rule; empty for the other kinds
    value : index lever; what to change it to, in its own unit, only of levers that change; rounded away from
        what it was, to as few digits as repair. None where no change of this kind alone was found
    change : index lever; the value less what it was; None likewise
    repaired : the data with the change made, entitlements computed anew; None likewise
    """

    kind: str
    name: str
    value: pd.Series | None = None
    change: pd.Series | None = None
    repaired: AllocationData | None = None


def shown_feasible(program: LinearProgram) -> bool:
    """Whether the engine finds a point; where it ends without a verdict no repair is built on it.

    Parameters
    ----------
    program : rows as they stand

    Raises
    ------
    UnsolvedError
        where the engine stops at a limit.
    """
    try:
        return is_feasible(program)
    except UnsolvedError as unsolved:
        if unsolved.status != "unknown":
            raise
        return False
