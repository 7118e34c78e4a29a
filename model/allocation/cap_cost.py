"""Least cost as a function of the cap of one block, entitlements projected anew at every cap."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from capshare.base.errors import CapshareError
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.arrays import ArrayProgramme
from capshare.model.allocation.entitlement import EntitlementArrays, entitlement_arrays
from capshare.model.allocation.projection import room_problems, sums_at_breakpoints
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import LinearProgram, Solution, UnsolvedError, Vector


class CapPoint(NamedTuple):
    """Cost at one cap.

    Attributes
    ----------
    cap_mt : of the block, Mt
    cost : of the first stage, 1e6 yuan
    price_yuan_per_t : of the cap; at a kink one of those between both sides
    solved : the first stage
    row : position of the cap's row
    """

    cap_mt: float
    cost: float
    price_yuan_per_t: float
    solved: Solution
    row: int


class CapCost:
    """Least cost of an allocation as a function of one block's cap; all else stays.

    Parameters
    ----------
    allocation : a solved allocation; its basis starts each new solve
    block : name of the block
    options : of HiGHS
    """

    def __init__(self, allocation: Allocation, block: str, options: HighsOptions | None = None) -> None:
        self._allocation, self._block, self._options = allocation, block, options
        self._start = allocation.first.basis
        self._position = int(np.flatnonzero(allocation.data.caps_mt.index == block)[0])
        self._members = np.flatnonzero(allocation.data.arrays.block == self._position)
        self.cap_mt = float(allocation.data.caps_mt[block])

    def at(self, cap_mt: float) -> CapPoint | None:
        """Cost at a cap; None where no split of it satisfies all rules.

        Parameters
        ----------
        cap_mt : of the block, Mt
        """
        try:
            solved = solve(self._program(cap_mt), self._options, self._start)
        except (CapshareError, UnsolvedError):
            return None
        self._start = solved.basis
        row = solved.program.row("cap").start + self._position
        return CapPoint(cap_mt, solved.objective, -float(solved.dual[row]), solved, row)

    def clipping_changes(self) -> Vector:
        """Caps at which another province reaches or leaves a bound of its entitlement, rising, Mt.

        Between two of them entitlements are affine in the cap, and so the cost is convex in it.
        """
        share, low, high, offset = self._bounds
        return np.asarray(sums_at_breakpoints(share, low - offset, high - offset) + offset.sum())

    @cached_property
    def _bounds(self) -> tuple[Vector, Vector, Vector, Vector]:
        """Share, floor, ceiling and offset of each member of the block."""
        p = self._allocation.data.provinces.iloc[self._members]
        share, low, high, offset = (
            p[name].to_numpy(dtype=float) for name in ("share", "floor_mt", "ceiling_mt", "offset_mt")
        )
        return share, low, high, offset

    def _program(self, cap_mt: float) -> LinearProgram:
        data, programme = self._allocation.data, self._allocation.programme
        if not isinstance(programme, ArrayProgramme):
            caps = data.caps_mt.copy()
            caps[self._block] = cap_mt
            return programme(data.with_caps(caps))
        share, low, high, offset = self._bounds
        names, moved = data.provinces.index.to_numpy()[self._members], offset.sum()
        problems = room_problems("cap", names, share, cap_mt - moved, low - offset, high - offset)
        if problems:
            raise CapshareError(problems)
        own = entitlement_arrays(share, [np.arange(len(share))], [cap_mt], low, high, offset)
        before = data.arrays.entitled
        entitled = EntitlementArrays._make(
            self._with_members(whole, part) for whole, part in zip(before, own, strict=True)
        )
        caps_mt = data.arrays.caps_mt.copy()
        caps_mt[self._position] = cap_mt
        return programme.of(replace(data.arrays, caps_mt=caps_mt, entitled=entitled))

    def _with_members(self, whole: NDArray[Any], part: NDArray[Any]) -> NDArray[Any]:
        changed = whole.copy()
        changed[self._members] = part
        return changed
