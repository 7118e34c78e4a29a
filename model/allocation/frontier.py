"""The equity frontier: what it costs to keep quotas close to entitlements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.progress import counted, stage
from capshare.model.allocation.allocate import Allocation, allocate
from capshare.model.allocation.convex_kinks import Point, kinks_between
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.two_stages import MT_YUAN_PER_T_IN_1E8YUAN
from capshare.model.outcome.fairness import gini
from capshare.solvers.highs import HighsOptions, solve


@stage("frontier")
def equity_frontier(
    data: AllocationData,
    population_1e4: pd.Series,
    largest: float = 1.0,
    options: HighsOptions | None = None,
) -> pd.DataFrame:
    r"""Cost, fairness and prices as functions of T, with every kink of the cost between 0 and the largest.

    :math:`C(T)` is convex and piecewise linear: the blocks' quotas are fixed, so T moves only right-hand
    sides. Its slope is :math:`-\sum_i e_i(\alpha_i+\beta_i)`. Where the lines of two points meet on the curve
    there is a kink; else the point below their crossing splits the interval.

    Parameters
    ----------
    data : an allocation; its own T does not matter, and must be finite in the frontier
    population_1e4 : index code, 1e4 persons; for the Gini of quotas per head
    largest : last T looked at
    options : of HiGHS

    Returns
    -------
    DataFrame, index ``max_deviation``; ``cost_1e8yuan``; ``slope_1e8yuan`` per unit of T, of the piece to the
        right (at the last T, to the left); ``kink``; ``quota_gini``; ``price_yuan_per_t``, the
        quota-weighted mean price of the caps; ``at_limit``, the number of provinces at ±T

    Raises
    ------
    CapshareError
        where the largest T is not a positive number.
    InfeasibleError
        where the rules contradict each other at T = 0.
    """
    if not 0 < largest < float("inf"):
        raise CapshareError(
            Problem("frontier", "largest", "a positive number", f"{largest:g}", "Give 1 for 100 %.")
        )
    start = allocate(_at(data, 0.0), options)
    evaluate = _evaluator(data, start, options)
    kinks = kinks_between(evaluate, 0.0, largest)
    points = sorted({0.0, *kinks, largest})
    slopes = {left: _right_slope(evaluate, left, right) for left, right in pairwise(points)}
    slopes[points[-1]] = slopes[points[-2]]
    rows = []
    for point in counted("frontier_points", points):
        found = allocate(_at(data, point), options, programme=start.programme)
        rows.append(_row(found, population_1e4, point in kinks, slopes[point]))
    return pd.DataFrame(rows, index=pd.Index(points, name="max_deviation"))


def _at(data: AllocationData, deviation: float) -> AllocationData:
    return replace(data, limits=replace(data.limits, max_deviation=deviation))


def _evaluator(
    data: AllocationData, start: Allocation, options: HighsOptions | None
) -> Callable[[float], Point]:
    entitlement, programme, basis = data.provinces["entitlement_mt"], start.programme, start.first.basis

    def evaluate(deviation: float) -> Point:
        solved = solve(programme(_at(data, deviation)), options, basis)
        pull = solved.duals("equity_below") - solved.duals("equity_above")
        return Point(deviation, solved.objective, -float((pull * entitlement).sum()))

    return evaluate


def _right_slope(evaluate: Callable[[float], Point], left: float, right: float) -> float:
    """Slope of the straight piece between two neighbouring points, 1e8 yuan per unit of T."""
    change = evaluate(right).cost - evaluate(left).cost
    return change / (right - left) * MT_YUAN_PER_T_IN_1E8YUAN


def _row(found: Allocation, population_1e4: pd.Series, kink: bool, slope: float) -> dict[str, float | bool]:
    caps, binds = found.data.caps_mt, found.prices["binding"]
    limits = binds[binds.index.get_level_values("constraint").isin(["equity_above", "equity_below"])]
    return {
        "cost_1e8yuan": found.objective_1e8yuan,
        "slope_1e8yuan": slope,
        "kink": kink,
        "quota_gini": gini(found.quantities["quota_mt"], population_1e4),
        "price_yuan_per_t": float((found.prices["price_yuan_per_t"]["cap"] * caps).sum() / caps.sum()),
        "at_limit": int(limits.groupby(level="name").any().sum()),
    }
