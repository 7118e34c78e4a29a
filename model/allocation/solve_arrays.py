"""An allocation solved on arrays: both stages, and the prices of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from capshare.model.allocation.arrays import ArrayProgramme
from capshare.model.allocation.data_arrays import AllocationArrays
from capshare.model.allocation.prices import price_array, priced
from capshare.model.allocation.two_stages import (
    Quantities,
    closest_value,
    quantities,
    told_without_optimum,
)
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import Solution, Vector


class SolvedArrays(NamedTuple):
    """What was found.

    Attributes
    ----------
    quantities : quotas and what follows from them, one per province
    prices_yuan_per_t : constraint → prices, one per row of it
    first : solution of the first stage
    """

    quantities: Quantities
    prices_yuan_per_t: Mapping[str, Vector]
    first: Solution


def solve_arrays(programme: ArrayProgramme, numbers: AllocationArrays, options: HighsOptions) -> SolvedArrays:
    """Split the caps as :func:`~capshare.model.allocation.allocate.allocate` does.

    Parameters
    ----------
    programme : of the numbers' shape
    numbers : of an allocation
    options : of HiGHS

    Raises
    ------
    NoSplitError
        where the rules contradict each other.
    CapshareError
        where an engine ends without an optimum for another reason.
    """
    program = programme.of(numbers)
    with told_without_optimum():
        first = solve(program, options)
    found = quantities(closest_value(first, numbers, options), program, numbers)
    prices = {record.name: price_array(first, [record]) for record in priced(program)}
    return SolvedArrays(found, prices, first)
