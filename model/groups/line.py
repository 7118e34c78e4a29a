"""Groups on a line: the best grouping of numbers, found without starts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Numbers that differ by less are the same: what solvers leave.
SAME = 9


def line_groups(values: pd.Series, k: int) -> pd.Series:
    r"""Group numbers so that squared distances to the groups' means are least: k-means on a line, exactly.

    .. math:: D_{jm} = \min_{i\le j}\; D_{i-1,m-1} + \sum_{l=i}^{j} (v_l-\bar v_{i..j})^2

    over the sorted numbers, because the groups of an optimum follow each other on the line. Equal numbers
    stay together, so there are at most as many groups as distinct numbers.

    Parameters
    ----------
    values : index ``code``, finite, any unit
    k : groups, at least 1

    Returns
    -------
    Series ``group``, index as of `values`: 0 for the group of the smallest numbers, and so on

    References
    ----------
    Wang, H., & Song, M. (2011). Ckmeans.1d.dp: optimal k-means clustering in one dimension by dynamic
    programming. The R Journal 3(2), 29-33. doi:10.32614/RJ-2011-015
    """
    points, place, count = np.unique(
        values.to_numpy(dtype=float).round(SAME), return_inverse=True, return_counts=True
    )
    starts = _starts(points, count, min(k, len(points)))
    group = np.searchsorted(starts, np.arange(len(points)), side="right") - 1
    return pd.Series(group[place], index=values.index, name="group")


def _starts(points: NDArray[np.float64], count: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """First place of each group, sorted distinct points with how often each occurs."""
    n = len(points)
    spread = np.full((n, n), np.inf)
    for first in range(n):
        # Around the first point, against cancellation.
        shifted, weight = points[first:] - points[first], np.cumsum(count[first:])
        total = np.cumsum(count[first:] * shifted)
        spread[first, first:] = np.cumsum(count[first:] * shifted**2) - total**2 / weight
    best, first_of = spread[0], np.zeros((k, n), dtype=np.int64)
    for group in range(1, k):
        joined = np.full((n, n), np.inf)
        joined[1:] = best[:-1, None] + spread[1:]
        first_of[group], best = joined.argmin(axis=0), joined.min(axis=0)
    starts, last = np.zeros(k, dtype=np.int64), n - 1
    for group in range(k - 1, 0, -1):
        starts[group] = first_of[group, last]
        last = starts[group] - 1
    return starts
