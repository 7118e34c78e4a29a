"""The first stage of an allocation: its programme, readable or fast by size, solved for cost and prices."""

from __future__ import annotations

from collections.abc import Callable

from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.formulation import formulate
from capshare.solvers.compiled import CompiledModel
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import LinearProgram, Solution

# Compiling with Pyomo takes about a second for 200 provinces, once; changed numbers are then only mapped.
COMPILED_UP_TO = 200

Programme = Callable[[AllocationData], LinearProgram]


def programme_of(data: AllocationData) -> Programme:
    """Return the programme as a function of numbers on the same provinces, blocks, steps and rules.

    Parameters
    ----------
    data : an allocation; up to 200 provinces its Pyomo formulation is compiled once, beyond that the arrays
        are built directly; both give the same programme
    """
    if len(data.provinces) > COMPILED_UP_TO:
        return arrays
    compiled = CompiledModel(formulate(data))
    return lambda changed: compiled.program(changed.parameters())


def first_stage(data: AllocationData, options: HighsOptions | None = None) -> Solution:
    """Split the caps at least cost: one of possibly many such splits, and the prices of all.

    Parameters
    ----------
    data : provinces, caps, steps, rules
    options : of HiGHS

    Returns
    -------
    Solution; ``values("quota")`` in Mt, prices by :func:`capshare.model.allocation.prices.constraint_prices`

    Raises
    ------
    UnsolvedError
        where the rules contradict each other.
    """
    return solve(programme_of(data)(data), options)
