"""The equity frontier: what it costs to keep quotas close to entitlements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from capshare.model.allocate import MT_YUAN_PER_T_IN_1E8YUAN, Allocation, allocate
from capshare.model.allocation_data import AllocationData
from capshare.model.fairness import gini
from capshare.solvers.highs import HighsOptions, solve

# Costs this close, relative to the largest, lie on one straight piece.
ON_THE_LINE = 1e-9
SMALLEST_PIECE = 1e-7


@dataclass(frozen=True)
class _Point:
    """Cost and slope of the frontier at one T; the objective in 1e6 yuan."""

    deviation: float
    cost: float
    slope: float


def equity_frontier(
    data: AllocationData,
    population_1e4: pd.Series,
    largest: float = 1.0,
    options: HighsOptions | None = None,
) -> pd.DataFrame:
    r"""Cost, fairness and prices as functions of T, at every kink of the cost.

    :math:`C(T)` is convex and piecewise linear, because the block quotas are fixed and T moves only
    right-hand sides. Its slope is :math:`-\sum_i e_i(\alpha_i+\beta_i)`; where the lines of two points meet
    on the curve there is a kink, else the point below their crossing splits the interval.

    Parameters
    ----------
    data : an allocation; its own T does not matter
    population_1e4 : index code, 1e4 persons; for the Gini of quotas per head
    largest : last T looked at
    options : of HiGHS

    Returns
    -------
    DataFrame, index ``max_deviation``, from 0 to ``largest`` with every kink between; ``cost_1e8yuan,
        slope_1e8yuan, kink, quota_gini, price_yuan_per_t`` (quota-weighted mean price of the caps) and
        ``at_limit`` (provinces at ±T)
    """
    kinks = _kinks(_evaluator(data, options), 0.0, largest)
    points = sorted({0.0, *kinks, largest})
    rows = [_row(_at(data, deviation), population_1e4, deviation in kinks, options) for deviation in points]
    index = pd.Index(points, name="max_deviation")
    return pd.DataFrame(rows, index=index)


def _at(data: AllocationData, deviation: float) -> AllocationData:
    return replace(data, terms=replace(data.terms, max_deviation=deviation))


def _evaluator(data: AllocationData, options: HighsOptions | None) -> Callable[[float], _Point]:
    start = allocate(_at(data, 0.0), options)
    entitlement = data.provinces["entitlement_mt"]

    def evaluate(deviation: float) -> _Point:
        program = start.programme(_at(data, deviation))
        solved = solve(program, options, start.first.basis)
        pull = solved.duals("equity_below") - solved.duals("equity_above")
        return _Point(deviation, solved.objective, -float((pull * entitlement).sum()))

    return evaluate


def _kinks(evaluate: Callable[[float], _Point], low: float, high: float) -> set[float]:
    """Deviations between two limits at which the slope of the cost changes."""
    kinks: set[float] = set()
    pieces = [(evaluate(low), evaluate(high))]
    while pieces:
        left, right = pieces.pop()
        if right.slope - left.slope <= ON_THE_LINE * max(1.0, abs(left.slope)):
            continue
        crossing = (left.cost - right.cost + right.slope * right.deviation - left.slope * left.deviation) / (
            right.slope - left.slope
        )
        if not left.deviation + SMALLEST_PIECE < crossing < right.deviation - SMALLEST_PIECE:
            continue
        middle = evaluate(crossing)
        line = left.cost + left.slope * (crossing - left.deviation)
        if middle.cost - line <= ON_THE_LINE * max(1.0, abs(left.cost)):
            kinks.add(crossing)
        else:
            pieces += [(left, middle), (middle, right)]
    return kinks


def _row(
    data: AllocationData, population_1e4: pd.Series, kink: bool, options: HighsOptions | None
) -> dict[str, float | bool]:
    found = allocate(data, options)
    quota = found.quantities["quota_mt"]
    return {
        "cost_1e8yuan": found.objective_1e8yuan,
        "slope_1e8yuan": _slope(found) * MT_YUAN_PER_T_IN_1E8YUAN,
        "kink": kink,
        "quota_gini": gini(quota, population_1e4),
        "price_yuan_per_t": _mean_price(found),
        "at_limit": int(
            found.prices["binding"][["equity_above", "equity_below"]].groupby("name").any().sum()
        ),
    }


def _slope(found: Allocation) -> float:
    price = found.prices["price_yuan_per_t"]
    pull = price["equity_above"] + price["equity_below"]
    return -float((pull * found.data.provinces["entitlement_mt"]).sum())


def _mean_price(found: Allocation) -> float:
    caps = found.data.caps_mt
    return float((found.prices["price_yuan_per_t"]["cap"] * caps).sum() / caps.sum())
