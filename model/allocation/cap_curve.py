"""The price of a cap as a curve: least cost over a range of caps, entitlements projected anew at each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.progress import counted
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.cap_cost import CapCost
from capshare.model.allocation.convex_kinks import Point, kinks_between
from capshare.model.allocation.one_sided import DELTA_MT
from capshare.model.allocation.two_stages import MT_YUAN_PER_T_IN_1E8YUAN
from capshare.solvers.highs import HighsOptions
from capshare.solvers.program import Vector

# How far the curve goes to either side, as a share of the cap.
REACH = 0.05
# yuan/t; prices that differ by less are shown as one, as what idle trade costs moves them so little.
STEP_YUAN_PER_T = 0.01


def cap_curves(
    allocation: Allocation, blocks: Iterable[str] | None = None, options: HighsOptions | None = None
) -> pd.DataFrame:
    r"""Cost and price of the caps of blocks over a range around each, the other caps as they are.

    .. math:: C(Q_g),\qquad \lambda_g=-C'(Q_g)

    While the same entitlements are clipped, they are affine in the cap and the cost is convex: a looser cap
    has a lower price. Where a province reaches or leaves a bound of its entitlement, the price may rise.

    Parameters
    ----------
    allocation : a solved allocation
    blocks : whose caps; by default all
    options : of HiGHS

    Returns
    -------
    DataFrame, index (group, cap_mt), without blocks that have a split at no other cap; one row where the
        price changes by 0.01 yuan/t, at the cap itself and at the ends; ``cost_1e8yuan`` of all blocks,
        ``price_high_yuan_per_t`` down to the row before and ``price_low_yuan_per_t`` up to the next. At the
        ends both are the price inside
    """
    wanted = counted("cap_curves", list(allocation.data.caps_mt.index if blocks is None else blocks))
    parts = {block: _curve(CapCost(allocation, block, options)) for block in wanted}
    found: pd.DataFrame = pd.concat(parts, names=["group", "cap_mt"])
    return found


def not_convex(curve: pd.DataFrame) -> pd.DataFrame:
    """Rows of a curve at which the price rises when the cap is loosened.

    Parameters
    ----------
    curve : from :func:`cap_curves`
    """
    rises: pd.DataFrame = curve[
        curve["price_low_yuan_per_t"] - curve["price_high_yuan_per_t"] > STEP_YUAN_PER_T
    ]
    return rises


def _curve(cost: CapCost) -> pd.DataFrame:
    @cache
    def at(cap_mt: float) -> Point | None:
        found = cost.at(cap_mt)
        return None if found is None else Point(cap_mt, found.cost, -found.price_yuan_per_t)

    def point(cap_mt: float) -> Point:
        found = at(cap_mt)
        assert found is not None, "while entitlements are affine, caps between two that have a split have one"
        return found

    below, above = (_stretches(at, cost, sign) for sign in (-1.0, 1.0))
    ends = [*reversed(below), cost.cap_mt, *above]
    places = set(ends)
    for start, stop in pairwise(ends):
        # The slope at a change of the clipping itself is that of one of its sides.
        if stop - start > 4 * DELTA_MT:
            places |= kinks_between(point, start + DELTA_MT, stop - DELTA_MT)
    caps = np.array(sorted(places))
    costs = np.array([point(cap).cost for cap in caps])
    if len(caps) < 2:
        caps = costs = np.empty(0)
    kept = np.flatnonzero(_bends(caps, costs) | (caps == cost.cap_mt))
    price = _prices(caps[kept], costs[kept])
    return pd.DataFrame(
        {
            "cost_1e8yuan": costs[kept] * MT_YUAN_PER_T_IN_1E8YUAN,
            "price_low_yuan_per_t": np.append(price, price[-1:]),
            "price_high_yuan_per_t": np.append(price[:1], price),
        },
        index=pd.Index(caps[kept], name="cap_mt"),
    )


def _stretches(at: Callable[[float], Point | None], cost: CapCost, sign: float) -> list[float]:
    """Changes of the clipping in one direction, and the end: of the range, or of what has a split, to δ."""
    end, changes = cost.cap_mt * (1 + sign * REACH), cost.clipping_changes()
    inside = (sign * (changes - cost.cap_mt) > 0) & (sign * (end - changes) > 0)
    found = [cost.cap_mt]
    for place in [*sorted(changes[inside].tolist(), reverse=sign < 0), end]:
        if at(place) is None:
            known = found[-1]
            while abs(place - known) > DELTA_MT:
                middle = (known + place) / 2
                known, place = (known, middle) if at(middle) is None else (middle, place)
            return [*found[1:], known] if known != found[-1] else found[1:]
        found.append(place)
    return found[1:]


def _prices(caps: Vector, costs: Vector) -> Vector:
    return -np.diff(costs) / np.diff(caps)


def _bends(caps: Vector, costs: Vector) -> NDArray[np.bool_]:
    """At which caps the price differs from the one below by what is shown."""
    if not len(caps):
        return np.empty(0, dtype=bool)
    price = _prices(caps, costs)
    inner = np.abs(np.diff(price)) > STEP_YUAN_PER_T
    return np.concatenate([[True], inner, [True]])
