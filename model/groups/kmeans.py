"""Groups of similar provinces by k-means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.progress import counted

SAME_INERTIA = 1e-9
ROMAN = (("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50),
         ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))  # fmt: skip


@dataclass(frozen=True)
class Grouping:
    """Groups of provinces and how they were found.

    Attributes
    ----------
    group : index province; "I" has the highest mean score, then "II", …
    inertia : within-cluster sum of squares, no unit
    restarts, restarts_reached : how many starts were made, and how many found this inertia
    single : names of groups with one member
    """

    group: pd.Series
    inertia: float
    restarts: int
    restarts_reached: int
    single: tuple[str, ...]


def kmeans(points: pd.DataFrame, score: pd.Series, k: int, seed: int, restarts: int = 100) -> Grouping:
    r"""Group provinces by k-means, the best of many seeded restarts.

    .. math:: \min_{g}\;\sum_i \lVert z_i-\bar z_{g(i)}\rVert^2

    Provinces are sorted by their label first, so the order of rows does not matter.

    Parameters
    ----------
    points : provinces × indicators, normalised, no unit
    score : index province; orders the names of the groups
    k : number of groups, 1 ≤ k ≤ number of provinces
    seed, restarts : of the k-means++ starts

    Returns
    -------
    Grouping

    Raises
    ------
    CapshareError
        where k is not between 1 and the number of different points.
    """
    require_numbers("kmeans", "points", points)
    require_same_index("kmeans", points=points, score=score)
    different = len(points.drop_duplicates())
    if not 1 <= k <= different:
        raise CapshareError(
            Problem("groups", "k", f"1 ≤ k ≤ {different}, the number of provinces that differ",
                    str(k), "Choose a smaller k.")
        )  # fmt: skip
    points = points.sort_index()
    fits = _fits(points, k, seed, restarts)
    inertias = np.array([fit.inertia_ for fit in fits])
    best = fits[int(inertias.argmin())]
    reached = int((inertias <= inertias.min() * (1 + SAME_INERTIA) + SAME_INERTIA).sum())
    group = name_by_score(pd.Series(best.labels_, index=points.index), score)
    size = group.value_counts()
    return Grouping(
        group=group,
        inertia=float(best.inertia_),
        restarts=restarts,
        restarts_reached=reached,
        single=tuple(sorted(size.index[size == 1], key=roman_value)),
    )


def name_by_score(label: pd.Series, score: pd.Series) -> pd.Series:
    """Rename groups I, II, … from the highest mean score down.

    Parameters
    ----------
    label : index province, any labels
    score : index province, no unit

    Returns
    -------
    Series, index province, Roman numerals
    """
    mean = score.groupby(label).mean().sort_values(ascending=False, kind="stable")
    names = {old: roman(rank) for rank, old in enumerate(mean.index, start=1)}
    return label.map(names).astype(str).rename("group")


def roman(number: int) -> str:
    """Roman numeral of a positive whole number.

    Parameters
    ----------
    number : ≥ 1
    """
    text = ""
    for numeral, value in ROMAN:
        count, number = divmod(number, value)
        text += numeral * count
    return text


def roman_value(text: str) -> tuple[float, str]:
    """Sort key that puts I, II, III, IV in this order and any other name after them.

    Parameters
    ----------
    text : name of a group
    """
    value, rest = 0, text
    for numeral, amount in ROMAN:
        while rest.startswith(numeral):
            value, rest = value + amount, rest[len(numeral) :]
    return (float(value), text) if not rest else (float("inf"), text)


def _fits(points: pd.DataFrame, k: int, seed: int, restarts: int) -> list[Any]:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    seeds = np.random.default_rng(seed).integers(2**31, size=restarts)
    # On 30 points the threads cost forty times what they save.
    with threadpool_limits(1):
        return [
            KMeans(k, n_init=1, random_state=start).fit(points.to_numpy())
            for start in counted("groups", seeds.tolist())
        ]
