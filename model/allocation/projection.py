"""Proportional shares clipped to bounds so that they still add up, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index

Vector = NDArray[np.float64]

# Bounds and totals are sums of the same floats in another order: what differs by less, relatively, is equal,
# and a smaller rate is what rounding leaves of 0.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Projection:
    r"""A projected split, affine in its total as long as the same labels stay clipped.

    .. math:: e_i = \kappa_i + \varphi_i Q

    Attributes
    ----------
    amount_mt : index label; the split :math:`e_i`
    constant_mt : :math:`\kappa_i`; the bound where clipped
    slope : :math:`\varphi_i`, no unit; 0 where clipped, sums to 1 unless every label is clipped
    clipped : "floor", "ceiling" or "" where free
    factor : :math:`\vartheta` of :math:`e_i=\mathrm{clip}(\vartheta w_i,\ell_i,u_i)`, Mt per unit of w
    """

    amount_mt: pd.Series
    constant_mt: pd.Series
    slope: pd.Series
    clipped: pd.Series
    factor: float


def project(
    weight: pd.Series, total_mt: float, lower_mt: pd.Series, upper_mt: pd.Series, source: str = "project"
) -> Projection:
    r"""Split a total in proportion to weights inside bounds.

    .. math:: e_i = \mathrm{clip}(\vartheta w_i, \ell_i, u_i),\qquad \sum_i e_i = Q

    :math:`\vartheta` is found on the sorted breakpoints :math:`\ell_i/w_i, u_i/w_i`, so the result is
    exact, not iterated.

    Parameters
    ----------
    weight : index label, ≥ 0, any unit; a weight of 0 gets its lower bound
    total_mt : Q, Mt
    lower_mt, upper_mt : index label, Mt; the upper may be infinite
    source : named in messages

    Raises
    ------
    CapshareError
        where the bounds cross or do not leave room for the total, or no label can take it.
    """
    require_same_index(source, weight=weight, lower_mt=lower_mt, upper_mt=upper_mt)
    require_numbers(source, "weight", weight)
    require_numbers(source, "lower_mt", lower_mt)
    index = weight.index
    w = weight.to_numpy(dtype=float)
    low, high = (bound.reindex(index).to_numpy(dtype=float) for bound in (lower_mt, upper_mt))
    problems = room_problems(source, index.to_numpy(dtype=object), w, total_mt, low, high)
    if problems:
        raise CapshareError(problems)
    split = project_arrays(w, total_mt, low, high)
    return Projection(
        amount_mt=pd.Series(split.amount_mt, index=index, name="amount_mt"),
        constant_mt=pd.Series(split.constant_mt, index=index, name="constant_mt"),
        slope=pd.Series(split.slope, index=index, name="slope"),
        clipped=pd.Series(split.clipped, index=index, name="clipped"),
        factor=split.factor,
    )


class ProjectedArrays(NamedTuple):
    """A projected split without labels; what :class:`Projection` says, as arrays."""

    amount_mt: Vector
    constant_mt: Vector
    slope: Vector
    clipped: NDArray[np.object_]
    factor: float


def project_arrays(w: Vector, total_mt: float, low: Vector, high: Vector) -> ProjectedArrays:
    """Split a total as :func:`project` does, for weights and bounds that are in one order and leave room.

    Parameters
    ----------
    w : weights, ≥ 0, any unit
    total_mt : Mt
    low, high : Mt, in the order of the weights
    """
    at_floor, at_ceiling, factor = _clipped(w, total_mt, low, high)
    free = ~(at_floor | at_ceiling)
    fixed = np.where(at_floor, low, np.where(at_ceiling, high, 0.0))
    clipped = np.full(len(w), "", dtype=object)
    clipped[at_floor], clipped[at_ceiling] = "floor", "ceiling"
    slope = np.where(free, w / w[free].sum() if free.any() else 0.0, 0.0)
    constant = np.where(free, -slope * fixed.sum(), fixed)
    amount = np.where(free, slope * (total_mt - fixed.sum()), fixed)
    return ProjectedArrays(amount, constant, slope, clipped, factor)


def _clipped(
    w: Vector, total: float, low: Vector, high: Vector
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], float]:
    """Which labels end at their floor, which at their ceiling, and the factor."""
    positive = w > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        start = np.where(positive, low / w, np.inf)
        end = np.where(positive, high / w, np.inf)
    # The sum rises by w between a label's start and end: walk these breakpoints in order.
    breakpoints = np.concatenate([start, end])
    change = np.concatenate([w, -w])
    order = np.argsort(breakpoints, kind="stable")
    points = breakpoints[order]
    reached = int(np.searchsorted(points, np.inf))
    points, rates = points[:reached], np.cumsum(change[order])[:reached]
    rises = np.diff(points) * rates[:-1]
    sums = low.sum() + np.concatenate([[0.0], np.cumsum(rises)])
    # A total that is the sum at a breakpoint but for rounding has reached it.
    segment = max(int(np.searchsorted(sums, total + ROUNDING * abs(total), side="right")) - 1, 0)
    factor = points[segment] if segment < len(points) else 0.0
    rate = max(rates[segment], 0.0) if segment < len(rates) else 0.0
    if rate > ROUNDING * w.sum():
        factor += (total - sums[segment]) / rate
    # A label at its breakpoint counts as clipped on the side it comes from: right derivative at a floor.
    reached_here = factor + ROUNDING * abs(factor)
    at_floor = ~positive | (start > reached_here) | (low == high)
    at_ceiling = positive & (end <= reached_here) & ~at_floor
    return at_floor, at_ceiling, float(factor)


def room_problems(
    source: str, labels: NDArray[np.object_], w: Vector, total_mt: float, low: Vector, high: Vector
) -> list[Problem]:
    """What keeps a total from being split: crossing bounds, negative weights, no room.

    Parameters
    ----------
    source : named in messages
    labels, w, low, high : of what the total is split among, in one order; bounds in Mt
    total_mt : Mt
    """
    slack = ROUNDING * max(abs(total_mt), 1.0)
    problems = []
    if not (low <= high).all():
        text = f"floor above ceiling in {list(labels[low > high])}"
        problems.append(Problem(source, "bounds", "floor ≤ ceiling", text, "Lower the floor."))
    if (w < 0).any():
        text = f"negative at {list(labels[w < 0])}"
        problems.append(Problem(source, "weight", "weights ≥ 0", text, "Correct the weights."))
    if low.sum() > total_mt + slack:
        problems.append(
            Problem(source, "floors", f"floors that add up to at most the cap of {total_mt:.6g} Mt",
                    f"{low.sum():.6g} Mt", "Lower the floors or raise the cap.")
        )  # fmt: skip
    room = np.where(w > 0, high, low).sum()
    if room < total_mt - slack:
        problems.append(
            Problem(source, "ceilings", f"ceilings that leave room for the cap of {total_mt:.6g} Mt",
                    f"{room:.6g} Mt", "Raise the ceilings or lower the cap.")
        )  # fmt: skip
    return problems


def sums_at_breakpoints(w: Vector, low: Vector, high: Vector) -> Vector:
    r"""Totals at which a label reaches or leaves a bound: between two of them the projection is affine.

    .. math:: \sum_i\mathrm{clip}(\vartheta w_i,\ell_i,u_i)\quad\text{at}\quad
              \vartheta\in\{\ell_i/w_i,\;u_i/w_i\}

    Parameters
    ----------
    w : weights, ≥ 0, any unit
    low, high : Mt, in the order of the weights

    Returns
    -------
    array, rising, Mt
    """
    positive = w > 0
    factors = np.concatenate([low[positive] / w[positive], high[positive] / w[positive]])
    factors = np.unique(factors[np.isfinite(factors)])
    return np.unique(np.where(positive, np.clip(np.outer(factors, w), low, high), low).sum(axis=1))
