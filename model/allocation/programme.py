"""The first stage of an allocation: its programme as a function of numbers, solved for cost and prices."""

from __future__ import annotations

from collections.abc import Callable

from capshare.model.allocation.arrays import ArrayProgramme
from capshare.model.allocation.constraints.catalogue import constraints_of
from capshare.model.allocation.data import AllocationData
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import LinearProgram, Solution

Programme = Callable[[AllocationData], LinearProgram]


def programme_of(data: AllocationData) -> Programme:
    """Return the programme as a function of numbers on the same provinces, blocks, steps and rules.

    Its arrays are built at once, which spares a run Pyomo's second of loading; they are those of the
    readable formulation, number for number (a test). Where a constraint has the readable builder alone,
    the formulation is compiled.

    Parameters
    ----------
    data : an allocation
    """
    if all(record.rows is not None for record in constraints_of(data)):
        return ArrayProgramme(data)
    from capshare.model.allocation.formulation import formulate
    from capshare.solvers.compiled import CompiledModel

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
