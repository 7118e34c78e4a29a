"""An engine that is held: allocations of one study solved again and again, each shape compiled once."""

from __future__ import annotations

from collections.abc import Hashable

from capshare.model.allocation.allocate import HIGHS, Allocation, allocate
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.programme import Programme, programme_of
from capshare.solvers.highs import HighsOptions


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
        """Programme of an allocation as a function of its numbers, compiled at most once for a shape.

        Parameters
        ----------
        data : an allocation
        """
        if data.shape not in self._programmes:
            self._programmes[data.shape] = programme_of(data)
        return self._programmes[data.shape]

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
