"""How firmly each province belongs to its group, when provinces are resampled and indicators disturbed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.model.groups.lloyd import Floats, Labels, best_groupings
from capshare.model.groups.validity import silhouette

# Besides the start at the given groups, which is near the answer in most draws.
STARTS = 30
# Standard deviation of the disturbance, as a part of each indicator's range over the provinces.
NOISE = 0.05


def group_stability(
    points: pd.DataFrame, group: pd.Series, seed: int, *, draws: int = 50, noise: float = NOISE
) -> pd.DataFrame:
    r"""Group the provinces again many times, and count how often each stays with its group.

    The groups of a draw are matched with the given ones so that as many provinces as possible stay
    (an assignment problem), because their names mean nothing from draw to draw.

    *Resampling* draws provinces with replacement (the bootstrap of Hennig 2007), balanced: over all draws
    each province is drawn equally often. A province is counted where it was drawn, so that a group of one
    holds whenever its member is drawn and no other joins it. *Noise* adds normal numbers with 5 % of each
    indicator's range as standard deviation to all provinces. Neither share is the probability that a group
    is right: they tell on whom the grouping does not hang, and which memberships data errors would change.

    Parameters
    ----------
    points : provinces × indicators, normalised, no unit
    group : index province; the groups to be judged, at least two
    seed : of the draws
    draws : number of draws of each kind, at least 1
    noise : standard deviation as a share of each indicator's range

    Returns
    -------
    DataFrame
        index ``code``; ``group``; ``members`` of it; ``stability_resampling``, ``stability_noise`` (0 to 1);
        ``group_jaccard``, the group's mean Jaccard similarity to the most similar group of each resampled
        draw (below 0.6 the group is not to be trusted, from 0.75 on it is; Hennig's reading);
        ``silhouette`` (-1 to 1) and ``nearest_group``, the other group whose centre is nearest

    Raises
    ------
    CapshareError
        where the provinces differ, there are fewer than two groups, or there is no draw.

    References
    ----------
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data Analysis
    52(1), 258-271. doi:10.1016/j.csda.2006.11.025
    Davison, A. C., Hinkley, D. V., & Schechtman, E. (1986). Efficient bootstrap simulation. Biometrika 73(3),
    555-566. doi:10.1093/biomet/73.3.555
    """
    require_numbers("group_stability", "points", points)
    require_same_index("group_stability", points=points, group=group)
    if not (2 <= group.nunique() < len(group) and draws >= 1):
        expected = "groups from two to one less than the provinces, and one draw or more"
        found = f"{group.nunique()} groups of {len(group)} provinces, {draws} draws"
        raise CapshareError(Problem("group_stability", "group, draws", expected, found, "Leave it out."))
    points = points.sort_index()
    group = group.reindex(points.index)
    number, names = pd.factorize(group, sort=True)
    label = number.astype(np.intp)
    x, generator = points.to_numpy(dtype=float), np.random.default_rng(seed)
    centre = np.stack([x[label == one].mean(axis=0) for one in range(len(names))])
    resampled, jaccard = _resampled(x, label, centre, draws, generator)
    return pd.DataFrame(
        {
            "group": group,
            "members": group.map(group.value_counts()),
            "stability_resampling": resampled,
            "stability_noise": _disturbed(x, label, centre, draws, noise, generator),
            "group_jaccard": jaccard[label],
            **_place(x, label, centre, names),
        },
        index=points.index,
    ).rename_axis("code")


def matched(before: Labels, after: Labels) -> NDArray[np.bool_]:
    """Which points stay with their group, when groups are matched so that most do.

    Parameters
    ----------
    before, after : labels of the same points, any whole numbers from 0
    """
    from scipy.optimize import linear_sum_assignment

    shared = _shared(before, after)
    old, new = linear_sum_assignment(shared, maximize=True)
    partner = np.full(len(shared), -1)
    partner[old] = new
    stays: NDArray[np.bool_] = partner[before] == after
    return stays


def _resampled(
    x: Floats, label: Labels, centre: Floats, draws: int, generator: np.random.Generator
) -> tuple[Floats, Floats]:
    n, k = len(x), len(centre)
    drawn = generator.permutation(np.tile(np.arange(n), draws)).reshape(draws, n)
    found = best_groupings(x[drawn], k, STARTS, generator, first=centre).label
    stays, times = np.zeros(n), np.zeros(n)
    similar, present = np.zeros(k), np.zeros(k)
    for sample, after in zip(drawn, found, strict=True):
        who, where = np.unique(sample, return_index=True)
        times[who] += 1
        stays[who] += matched(label[who], after[where])
        here = np.unique(label[who])
        present[here] += 1
        similar[here] += _jaccard(label[who], after[where])[here]
    return stays / times, similar / present


def _disturbed(
    x: Floats, label: Labels, centre: Floats, draws: int, noise: float, generator: np.random.Generator
) -> Floats:
    spread = noise * (x.max(axis=0) - x.min(axis=0))
    sets = x + spread * generator.standard_normal((draws, *x.shape))
    found = best_groupings(sets, len(centre), STARTS, generator, first=centre).label
    share: Floats = np.mean([matched(label, after) for after in found], axis=0)
    return share


def _jaccard(before: Labels, after: Labels) -> Floats:
    """For each group before, its Jaccard similarity to the most similar group after."""
    shared = _shared(before, after)
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    most: Floats = (shared / np.maximum(either, 1)).max(axis=1)
    return most


def _shared(before: Labels, after: Labels) -> NDArray[np.int64]:
    shared = np.zeros((before.max() + 1, after.max() + 1), dtype=np.int64)
    np.add.at(shared, (before, after), 1)
    return shared


def _place(x: Floats, label: Labels, centre: Floats, names: pd.Index) -> dict[str, NDArray[np.generic]]:
    distance = ((x[:, None, :] - centre) ** 2).sum(axis=2)
    distance[np.arange(len(x)), label] = np.inf
    return {
        "silhouette": silhouette(x, label),
        "nearest_group": np.asarray(names, dtype=object)[distance.argmin(axis=1)],
    }
