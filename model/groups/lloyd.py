"""k-means on many small sets of points at once, for diagnostics that group the same provinces often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

# Of one batch, so that its distances stay in the processor's cache; the result does not depend on it.
DISTANCES_AT_ONCE = 50_000


@dataclass(frozen=True)
class Groupings:
    """The best grouping found of each set.

    Attributes
    ----------
    label : sets × points, numbers from 0 to k - 1; a number may be unused where points coincide
    inertia : one per set, within-group sum of squares
    centre : sets × k × coordinates
    """

    label: Labels
    inertia: Floats
    centre: Floats


def best_groupings(
    sets: Floats, k: int, starts: int, generator: np.random.Generator, first: Floats | None = None
) -> Groupings:
    r"""Group every set of points by k-means, the best of several starts.

    .. math:: \min_g\sum_i\lVert x_i-\bar x_{g(i)}\rVert^2

    Lloyd's iteration of :func:`capshare.model.groups.best_of_starts.best_of_starts`, which groups one set,
    without its single moves: diagnostics compare like with like over thousands of starts.

    Parameters
    ----------
    sets : sets × points × coordinates
    k : number of groups
    starts : k-means++ starts per set, at least 1
    generator : of the starts
    first : k × coordinates, centres to start from besides; none by default

    Returns
    -------
    Groupings

    References
    ----------
    Arthur, D., & Vassilvitskii, S. (2007). k-means++: the advantages of careful seeding. SODA '07, 1027-1035.
    """
    count, n, _ = sets.shape
    repeated = np.repeat(sets, starts, axis=0)
    centre = plus_plus(repeated, k, generator)
    if first is not None:
        repeated = np.concatenate([repeated, sets])
        centre = np.concatenate([centre, np.broadcast_to(first, (count, *first.shape))])
    owner = np.concatenate([np.repeat(np.arange(count), starts), np.arange(len(centre) - count * starts)])
    size = max(1, DISTANCES_AT_ONCE // (n * k))
    parts = [
        lloyd(repeated[begin : begin + size], centre[begin : begin + size])
        for begin in range(0, len(centre), size)
    ]
    inertia = np.concatenate([part.inertia for part in parts])
    order = np.lexsort((inertia, owner))
    best = order[np.searchsorted(owner[order], np.arange(count))]
    label = np.concatenate([part.label for part in parts])
    found = np.concatenate([part.centre for part in parts])
    return Groupings(label[best], inertia[best], found[best])


def plus_plus(sets: Floats, k: int, generator: np.random.Generator) -> Floats:
    """Draw k-means++ centres: each next one with a chance proportional to its squared distance.

    Parameters
    ----------
    sets : sets × points × coordinates
    k : number of centres
    generator : of the draws

    Returns
    -------
    Array, sets × k × coordinates
    """
    count, n, width = sets.shape
    every = np.arange(count)
    centre = np.empty((count, k, width))
    centre[:, 0] = sets[every, generator.integers(n, size=count)]
    distance = _squared(sets, centre[:, :1])[:, 0]
    for number in range(1, k):
        reach = distance.cumsum(axis=1)
        drawn = generator.random(count) * reach[:, -1]
        chosen = np.minimum((reach <= drawn[:, None]).sum(axis=1), n - 1)
        centre[:, number] = sets[every, chosen]
        distance = np.minimum(distance, _squared(sets, centre[:, number : number + 1])[:, 0])
    return centre


def lloyd(sets: Floats, centre: Floats, iterations: int = 300) -> Groupings:
    """Lloyd's iteration from given centres until no label changes; an empty group keeps its centre.

    Parameters
    ----------
    sets : sets × points × coordinates
    centre : sets × k × coordinates
    iterations : at most so many
    """
    centre = centre.copy()
    label = nearest_centre(_squared(sets, centre))[0]
    moving, points, now = np.arange(len(sets)), sets, label
    for _ in range(iterations):
        centre[moving] = _means(points, now, centre[moving])
        found = nearest_centre(_squared(points, centre[moving]))[0]
        changed = (found != now).any(axis=1)
        label[moving] = found
        moving, points, now = moving[changed], points[changed], found[changed]
        if not len(moving):
            break
    own = np.take_along_axis(centre, label[:, :, None], axis=1)
    return Groupings(label, ((sets - own) ** 2).sum(axis=(1, 2)), centre)


def nearest_centre(distance: Floats) -> tuple[Labels, Floats]:
    """The nearest of k centres, and its distance.

    Parameters
    ----------
    distance : sets × k × points

    Returns
    -------
    tuple
        sets × points, the first of those equally near
    """
    # A pass over the few centres takes a third of the time of argmin along an axis so short.
    least = distance[:, 0].copy()
    label: Labels = np.zeros(least.shape, dtype=np.intp)
    for number in range(1, distance.shape[1]):
        nearer: NDArray[np.bool_] = distance[:, number] < least
        np.copyto(label, number, where=nearer)
        np.minimum(least, distance[:, number], out=least)
    return label, least


def _means(sets: Floats, label: Labels, centre: Floats) -> Floats:
    member = (label[:, None, :] == np.arange(centre.shape[1])[:, None]).astype(float)
    size = member.sum(axis=2, keepdims=True)
    means: Floats = np.where(size > 0, member @ sets / np.maximum(size, 1.0), centre)
    return means


def _squared(sets: Floats, centre: Floats) -> Floats:
    """Squared distances, sets × centres × points."""
    # Written out, because the shorter |x|² - 2xc + |c|² loses the digits that tell near centres apart.
    squared = np.zeros((*centre.shape[:2], sets.shape[1]))
    for coordinate in range(sets.shape[2]):
        apart = centre[:, :, coordinate, None] - sets[:, None, :, coordinate]
        apart *= apart
        squared += apart
    return squared
