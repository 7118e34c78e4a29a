"""One-sided prices: at a kink of the cost, loosening a rule saves less than tightening it costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.constraints.catalogue import further_of
from capshare.model.allocation.prices import priced, sign
from capshare.model.allocation.projection import holding_range
from capshare.solvers.basis import row_range, row_sides
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import UnsolvedError, Vector

# Small beside any cap; a difference of costs over it is exact to about 1e-8 yuan/t.
DELTA_MT = 0.01
# Ten times that: less is no price.
NOISE_YUAN_PER_T = 1e-7
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
    ``holds_to_mt``, ``price_high_yuan_per_t`` (the last δ) down to ``holds_from_mt``; None where that
    side is infeasible
    """
    cost, rows = allocation.first.objective, {}
    for block in allocation.data.caps_mt.index:
        after, to = _cost(allocation, block, DELTA_MT, options)
        before, start = _cost(allocation, block, -DELTA_MT, options)
        rows[block] = {
            "price_low_yuan_per_t": None if after is None else _without_noise((cost - after) / DELTA_MT),
            "price_high_yuan_per_t": None if before is None else _without_noise((before - cost) / DELTA_MT),
            "holds_from_mt": start,
            "holds_to_mt": to,
        }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS, dtype=object).rename_axis("group")
    # None is the mark of a side without a price; pandas makes NaN of it.
    return frame.where(frame.notna(), None)


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


def _cost(
    allocation: Allocation, block: str, change_mt: float, options: HighsOptions | None
) -> tuple[float | None, float | None]:
    """Cost at a changed cap, and how far in the direction of the change its price holds."""
    caps = allocation.data.caps_mt.copy()
    caps[block] += change_mt
    try:
        data = allocation.data.with_caps(caps)
        solved = solve(allocation.programme(data), options, allocation.first.basis)
    except (CapshareError, UnsolvedError):
        # No room for this cap: the side has no price.
        return None, None
    row = solved.program.row("cap").start + int(np.flatnonzero(caps.index == block)[0])
    members = data.provinces[data.provinces["block"] == block]
    same_clipping = holding_range(
        members["share"], members["floor_mt"], members["ceiling_mt"], members["clipped"]
    )
    same_basis = row_range(solved, row)
    if change_mt > 0:
        return solved.objective, min(same_clipping[1], same_basis[1])
    return solved.objective, max(same_clipping[0], same_basis[0])
