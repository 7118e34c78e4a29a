"""One-sided prices: at a kink of the cost, loosening a rule saves less than tightening it costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.cap_cost import CapCost, CapPoint
from capshare.model.allocation.constraints.catalogue import further_of
from capshare.model.allocation.prices import priced, sign
from capshare.solvers.basis import row_range, row_sides
from capshare.solvers.highs import HighsOptions
from capshare.solvers.program import Vector

# Small beside any cap; a difference of costs over it is exact to about 1e-8 yuan/t.
DELTA_MT = 0.01
# Ten times that: less is no price.
NOISE_YUAN_PER_T = 1e-7
# yuan/t, or a millionth of the price: closer prices are one. The cost of idle trade moves them by less.
SAME_YUAN_PER_T = 1e-3
# Each row takes two solves: beyond this many provinces only caps and planners' rules get one-sided prices.
EVERY_ROW_UP_TO = 100
COLUMNS = ["price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt"]


def cap_sides(allocation: Allocation, options: HighsOptions | None = None) -> pd.DataFrame:
    r"""Prices of each block's cap to the right and to the left, entitlements recomputed.

    .. math:: \lambda^{low} = -\frac{C(Q_g+\delta)-C(Q_g)}{\delta},\qquad
              \lambda^{high} = -\frac{C(Q_g)-C(Q_g-\delta)}{\delta}

    Parameters
    ----------
    allocation : an allocation; its basis starts each new solve
    options : of HiGHS

    Returns
    -------
    DataFrame, index block; ``price_low_yuan_per_t`` (the next δ = 0.01 Mt) holds up to a cap of
    ``holds_to_mt``, ``price_high_yuan_per_t`` (the last δ) down to ``holds_from_mt``, where another price
    follows, or none; None where that side is infeasible
    """
    rows = {}
    for block in allocation.data.caps_mt.index:
        cost = CapCost(allocation, block, options)
        low, to = _cap_side(cost, allocation.first.objective, 1.0)
        high, start = _cap_side(cost, allocation.first.objective, -1.0)
        rows[block] = dict(zip(COLUMNS, (low, high, start, to), strict=True))
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS, dtype=object).rename_axis("group")
    # None is the mark of a side without a price; pandas makes NaN of it.
    return frame.where(frame.notna(), None)


def _cap_side(cost: CapCost, now: float, sign: float) -> tuple[float | None, float | None]:
    """Price of a cap in one direction, and the cap at which it ends; None where there is no room."""
    point = cost.at(cost.cap_mt + sign * DELTA_MT)
    if point is None:
        return None, None
    price = _without_noise(sign * (now - point.cost) / DELTA_MT)
    return price, _held_to(cost, point, price, sign)


def rule_sides(allocation: Allocation) -> pd.DataFrame:
    """One-sided prices of every rule but the caps, entitlements as they are.

    Parameters
    ----------
    allocation : an allocation; beyond 100 provinces only planners' own rules are looked at

    Returns
    -------
    DataFrame, index (constraint, name); ``price_low_yuan_per_t`` and ``price_high_yuan_per_t`` (the smaller
    and the larger side), and the right-hand sides ``holds_from_mt, holds_to_mt`` between which the one or
    the other holds; None where a side is infeasible
    """
    program, few = allocation.first.program, len(allocation.data.provinces) <= EVERY_ROW_UP_TO
    parts = {}
    for record in priced(program, further_of(allocation.data)):
        if record.name == "cap":
            continue
        if few or record.name.startswith("rule_"):
            where = program.row(record.name)
            sides = row_sides(allocation.first, range(where.start, where.stop), DELTA_MT)
            turn = np.broadcast_to(sign(record, program.row_lower[where]), where.stop - where.start)
            right, left = _priced(sides["right"], turn), _priced(sides["left"], turn)
            low, high = right.where(turn < 0, left), left.where(turn < 0, right)
            frame = pd.DataFrame(dict(zip(COLUMNS, (low, high, sides["from"], sides["to"]), strict=True)))
            parts[record.name] = frame.set_axis(program.rows[record.name])
    if not parts:
        nothing = pd.MultiIndex.from_tuples([], names=["constraint", "name"])
        return pd.DataFrame(columns=COLUMNS, index=nothing, dtype=object)
    found = pd.concat(parts, names=["constraint", "name"])
    return found.rename(index={"": "national"}, level="name")


def _priced(side: pd.Series, turn: Vector) -> pd.Series:
    prices = [
        None if slope is None else _without_noise(float(by * slope))
        for slope, by in zip(side, turn, strict=True)
    ]
    return pd.Series(prices, index=side.index, dtype=object)


def _without_noise(price: float) -> float:
    """The price, 0 where it is no more than what rounding leaves of a difference of costs."""
    return 0.0 if abs(price) < NOISE_YUAN_PER_T else price


def _held_to(cost: CapCost, point: CapPoint, price_yuan_per_t: float, sign: float) -> float:
    """The cap, in one direction, at which a price ends: another follows, or no split satisfies all rules.

    The end of a basis need not change the price: so each is looked behind, and a whole stretch between two
    changes of the clipping is passed at once where its other end has the price too, as it is convex.
    """
    if not is_same_price(point.price_yuan_per_t, price_yuan_per_t):
        # It changes within δ already.
        return point.cap_mt
    changes = cost.clipping_changes()
    at_upper_end = int(sign > 0)
    while True:
        ahead = changes[sign * (changes - point.cap_mt) > 0]
        stretch = float((ahead.min() if sign > 0 else ahead.max()) if len(ahead) else sign * np.inf)
        end = sign * min(sign * row_range(point.solved, point.row)[at_upper_end], sign * stretch)
        if not np.isfinite(end):
            return end
        beyond = cost.at(end + sign * DELTA_MT)
        if beyond is None or not is_same_price(beyond.price_yuan_per_t, price_yuan_per_t):
            return end
        point = beyond
        if DELTA_MT < sign * (stretch - point.cap_mt) < np.inf:
            far = cost.at(stretch - sign * DELTA_MT)
            if far is not None and is_same_price(far.price_yuan_per_t, price_yuan_per_t):
                point = far


def is_same_price(price: float, other: float) -> bool:
    """Whether two prices are one but for rounding.

    Parameters
    ----------
    price, other : yuan/t
    """
    return abs(price - other) <= max(SAME_YUAN_PER_T, 1e-6 * abs(other))
