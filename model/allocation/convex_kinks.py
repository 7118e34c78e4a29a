"""Kinks of a convex cost that is made of straight pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

# Costs this close, relative to the larger, lie on one straight piece.
ON_THE_LINE = 1e-9
# In units of the place; where slopes cross nearer to a known point than this, they do so by rounding.
SMALLEST_PIECE = 1e-7


class Point(NamedTuple):
    """A convex function at one place.

    Attributes
    ----------
    at : the place
    cost : there
    slope : one of those that it has there
    """

    at: float
    cost: float
    slope: float


def kinks_between(evaluate: Callable[[float], Point], low: float, high: float) -> set[float]:
    """Places between two limits at which the slope of a convex function of straight pieces changes.

    Where the lines of two points meet on the curve there is a kink; else the point below their crossing
    splits the interval.

    Parameters
    ----------
    evaluate : place → the function there
    low, high : limits
    """
    kinks: set[float] = set()
    pieces = [(evaluate(low), evaluate(high))]
    while pieces:
        left, right = pieces.pop()
        if right.slope - left.slope <= ON_THE_LINE * max(1.0, abs(left.slope)):
            continue
        crossing = _crossing(left, right)
        if not left.at + SMALLEST_PIECE < crossing < right.at - SMALLEST_PIECE:
            continue
        middle = evaluate(crossing)
        line = left.cost + left.slope * (crossing - left.at)
        if middle.cost - line <= ON_THE_LINE * max(1.0, abs(left.cost)):
            kinks.add(crossing)
        else:
            pieces += [(left, middle), (middle, right)]
    return kinks


def _crossing(left: Point, right: Point) -> float:
    """Place at which the lines of two points meet."""
    offset = left.cost - left.slope * left.at - (right.cost - right.slope * right.at)
    return offset / (right.slope - left.slope)
