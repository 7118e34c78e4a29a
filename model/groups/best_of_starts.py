"""k-means of one set of points from many starts at once: Lloyd's iteration, then single moves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from capshare.model.groups.lloyd import DISTANCES_AT_ONCE, Floats, Labels, nearest_centre

# Groupings that single moves are tried on. On the shipped indicators fifty starts of Lloyd's iteration alone
# miss the best grouping into six in every second or tenth case; with the moves of ten, in every twentieth or
# none, for half as much time again.
MOVED = 10
# A move is made where it saves more than this share of what leaving the group saves: above rounding.
SAVES = 1e-9
SAME_INERTIA = 1e-9
MOST_ITERATIONS = 300


class BestGrouping(NamedTuple):
    """The best grouping found.

    Attributes
    ----------
    label : one per point, 0 to k - 1
    inertia : within-group sum of squares
    reached : number of starts that ended at this inertia
    """

    label: Labels
    inertia: float
    reached: int


class _Ends(NamedTuple):
    """Groupings that starts ended at, starts × points, and their inertias."""

    label: Labels
    inertia: Floats


def best_of_starts(points: Floats, k: int, seed: int, starts: int) -> BestGrouping:
    r"""Group points by k-means, the best of many seeded k-means++ starts.

    .. math:: \min_g\sum_i\lVert x_i-\bar x_{g(i)}\rVert^2

    Lloyd's iteration from every start; the best ends then go on by moving one point at a time, the one that
    saves most, which leaves local optima of Lloyd's that have better neighbours (Hartigan & Wong).

    Parameters
    ----------
    points : points × coordinates, n of them different
    k : number of groups, 1 ≤ k ≤ n
    seed, starts : of the k-means++ starts

    Returns
    -------
    BestGrouping

    References
    ----------
    Arthur, D., & Vassilvitskii, S. (2007). k-means++: the advantages of careful seeding. SODA '07, 1027-1035.
    Hartigan, J. A., & Wong, M. A. (1979). Algorithm AS 136: a k-means clustering algorithm. Journal of the
    Royal Statistical Society C 28(1), 100-108. doi:10.2307/2346830
    """
    drawn = np.random.default_rng(seed).random((starts, k))
    size = max(1, DISTANCES_AT_ONCE // (len(points) * k))
    parts = [_lloyd(points, _plus_plus(points, drawn[at : at + size])) for at in range(0, starts, size)]
    label = np.concatenate([part.label for part in parts])
    inertia = np.concatenate([part.inertia for part in parts])
    first = np.argsort(inertia, kind="stable")[:MOVED]
    label[first], inertia[first] = _moved(points, label[first], k)
    best = int(inertia.argmin())
    least = float(inertia[best])
    reached = int((inertia <= least * (1 + SAME_INERTIA) + SAME_INERTIA).sum())
    return BestGrouping(label[best], least, reached)


def _plus_plus(points: Floats, drawn: Floats) -> Floats:
    """k-means++ centres, starts × k × coordinates, from numbers drawn evenly from [0, 1), starts × k."""
    starts, k = drawn.shape
    last = len(points) - 1
    centre = np.empty((starts, k, points.shape[1]))
    centre[:, 0] = points[np.minimum((drawn[:, 0] * len(points)).astype(np.intp), last)]
    distance = _squared(points, centre[:, :1])[:, 0]
    for number in range(1, k):
        reach = distance.cumsum(axis=1)
        chosen = (reach <= drawn[:, number, None] * reach[:, -1:]).sum(axis=1)
        centre[:, number] = points[np.minimum(chosen, last)]
        np.minimum(distance, _squared(points, centre[:, number, None])[:, 0], out=distance)
    return centre


def _lloyd(points: Floats, centre: Floats) -> _Ends:
    """Lloyd's iteration from given centres until no label changes."""
    k = centre.shape[1]
    now, distance = nearest_centre(_squared(points, centre))
    label, inertia, moving = now.copy(), distance.sum(axis=1), np.arange(len(centre))
    for _ in range(MOST_ITERATIONS):
        centre, _ = _centres(points, now, k)
        nearest, distance = nearest_centre(_squared(points, centre))
        label[moving], inertia[moving] = nearest, distance.sum(axis=1)
        changed = (nearest != now).any(axis=1)
        moving, now = moving[changed], nearest[changed]
        if not len(moving):
            break
    return _Ends(label, inertia)


def _moved(points: Floats, label: Labels, k: int) -> _Ends:
    r"""Move the point that saves most to another group, until none saves.

    .. math:: \frac{n_g}{n_g-1}\lVert x_i-\bar x_g\rVert^2-\frac{n_h}{n_h+1}\lVert x_i-\bar x_h\rVert^2

    is what the move of i from g to h saves. An empty group takes its point at no cost, so none is left.
    """
    label, inertia = label.copy(), np.empty(len(label))
    moving, now = np.arange(len(label)), label.copy()
    for _ in range(MOST_ITERATIONS):
        centre, size = _centres(points, now, k)
        distance, every = _squared(points, centre), np.arange(len(now))
        own = np.take_along_axis(distance, now[:, None], axis=1)[:, 0]
        label[moving], inertia[moving] = now, own.sum(axis=1)
        members = np.take_along_axis(size, now, axis=1)
        saved = np.where(members > 1, members / np.maximum(members - 1, 1) * own, 0.0)
        added = (size / (size + 1))[:, :, None] * distance
        np.put_along_axis(added, now[:, None], np.inf, axis=1)
        target, cost = nearest_centre(added)
        point = (saved - cost).argmax(axis=1)
        worth = cost[every, point] < (1 - SAVES) * saved[every, point]
        moving, now = moving[worth], now[worth]
        now[np.arange(len(now)), point[worth]] = target[every, point][worth]
        if not len(moving):
            break
    return _Ends(label, inertia)


def _centres(points: Floats, label: Labels, k: int) -> tuple[Floats, Floats]:
    """Means of the groups, starts × k × coordinates, and their sizes, starts × k.

    An empty group has its centre at the origin, where it may find members again.
    """
    member = (label[:, None, :] == np.arange(k)[:, None]).astype(float)
    size = member.sum(axis=2)
    return (member @ points) / np.maximum(size, 1.0)[:, :, None], size


def _squared(points: Floats, centre: Floats) -> Floats:
    """Squared distances, starts × centres × points."""
    # Written out, because the shorter |x|² - 2xc + |c|² loses the digits that tell near centres apart.
    squared = np.zeros((*centre.shape[:2], len(points)))
    for coordinate, values in enumerate(points.T):
        apart = centre[:, :, coordinate, None] - values
        apart *= apart
        squared += apart
    return squared
