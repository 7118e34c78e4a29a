"""Validity indices of a grouping: silhouette, Calinski-Harabasz and the adjusted Rand index."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.groups.lloyd import Floats, Labels


def silhouette(points: Floats, label: Labels) -> Floats:
    r"""How much nearer each point is to its own group than to the next one, from -1 to 1.

    .. math:: s_i=\frac{b_i-a_i}{\max(a_i,b_i)}

    a is the mean distance to the other points of its group, b the least mean distance to those of another
    group; a point alone in its group has 0.

    Parameters
    ----------
    points : points × coordinates
    label : one per point, at least two groups

    Returns
    -------
    Array, one per point

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster
    analysis. Journal of Computational and Applied Mathematics 20, 53-65. doi:10.1016/0377-0427(87)90125-7
    """
    group, size = np.unique(label, return_inverse=True, return_counts=True)[1:]
    every = np.arange(len(points))
    total = np.stack([np.bincount(group, row, len(size)) for row in _distances(points)])
    others = size[group] - 1
    own = np.where(others > 0, total[every, group] / np.maximum(others, 1), np.nan)
    mean = total / size
    mean[every, group] = np.inf
    nearest = mean.min(axis=1)
    farther = np.maximum(own, nearest)
    return np.where(farther > 0, (nearest - own) / np.where(farther > 0, farther, 1.0), 0.0)


def calinski_harabasz(points: Floats, label: Labels) -> float:
    r"""Ratio of the variance between groups to that within them; 1 where no point differs from its centre.

    .. math:: \frac{\sum_g n_g\lVert\bar x_g-\bar x\rVert^2/(k-1)}
        {\sum_g\sum_{i\in g}\lVert x_i-\bar x_g\rVert^2/(n-k)}

    Parameters
    ----------
    points : points × coordinates, n of them
    label : one per point, k groups, 2 ≤ k < n

    References
    ----------
    Caliński, T., & Harabasz, J. (1974). A dendrite method for cluster analysis. Communications in Statistics
    3, 1-27. doi:10.1080/03610927408827101
    """
    members = [points[label == one] for one in np.unique(label)]
    mean = points.mean(axis=0)
    between = sum(len(group) * ((group.mean(axis=0) - mean) ** 2).sum() for group in members)
    within = sum(((group - group.mean(axis=0)) ** 2).sum() for group in members)
    if within == 0:
        return 1.0
    return float(between * (len(points) - len(members)) / (within * (len(members) - 1.0)))


def adjusted_rand(one: pd.Series, other: pd.Series) -> float:
    r"""Agreement of two groupings, 1 for the same groups under any names, 0 on average by chance.

    .. math:: \frac{2(ad-bc)}{(a+b)(b+d)+(a+c)(c+d)}

    Of all ordered pairs of provinces, a are together in both groupings, b in the first alone, c in the second
    alone, and d in none.

    Parameters
    ----------
    one, other : index province, any labels

    References
    ----------
    Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    doi:10.1007/BF01908075
    """
    shared = pd.crosstab(one, other.reindex(one.index)).to_numpy()
    together, all_pairs = _pairs(shared), _pairs(shared.sum())
    first, second = _pairs(shared.sum(axis=1)) - together, _pairs(shared.sum(axis=0)) - together
    if first == second == 0:
        return 1.0
    apart = all_pairs - together - first - second
    chance = (together + first) * (first + apart) + (together + second) * (second + apart)
    return 2.0 * (together * apart - first * second) / chance


def _pairs(sizes: Labels) -> int:
    return int((sizes * (sizes - 1)).sum())


def _distances(points: Floats) -> Floats:
    # One product of matrices; of points so near that its rounding shows, none decides a mean distance.
    norm = np.einsum("ij,ij->i", points, points)
    squared = -2 * (points @ points.T)
    squared += norm[:, None]
    squared += norm
    np.maximum(squared, 0.0, out=squared)
    np.fill_diagonal(squared, 0.0)
    distance: Floats = np.sqrt(squared)
    return distance
