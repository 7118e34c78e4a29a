"""An engine that is held: allocations of one study solved again and again, each shape compiled once."""

from __future__ import annotations

from collections.abc import Hashable

from capshare.model.allocation.allocate import HIGHS, Allocation, allocate
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.programme import Programme, programme_of
from capshare.solvers.highs import HighsOptions

# An engine that is held for long meets ever new planners' constraints, each a shape of its own.
MOST_SHAPES = 64


class Engine:
    """Solves allocations; those that differ in numbers alone share one compiled programme.

    Parameters
    ----------
    options : of HiGHS
    solver : the solver that a study names; HiGHS gives the prices in any case
    """

    def __init__(self, options: HighsOptions | None = None, solver: str = HIGHS) -> None:
        self.options = options or HighsOptions()
        self._solver = solver
        self._programmes: dict[Hashable, Programme] = {}

    def programme(self, data: AllocationData) -> Programme:
        """Programme of an allocation as a function of its numbers, compiled once for each of some shapes.

        Parameters
        ----------
        data : an allocation
        """
        # The one asked for last is the last to be forgotten.
        found = self._programmes.pop(data.shape, None) or programme_of(data)
        self._programmes[data.shape] = found
        if len(self._programmes) > MOST_SHAPES:
            del self._programmes[next(iter(self._programmes))]
        return found

    def allocate(self, data: AllocationData) -> Allocation:
        """Split the caps as :func:`~capshare.model.allocation.allocate.allocate` does.

        Parameters
        ----------
        data : an allocation

        Raises
        ------
        NoSplitError
            where the rules contradict each other.
        CapshareError
            where an engine ends without an optimum for another reason, or the solver is not there.
        """
        return allocate(
            data,
            self.options,
            programme=self.programme(data),
            solver=self._solver,
        )
