"""Groups of similar provinces by k-means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.progress import stage
from capshare.model.groups.best_of_starts import best_of_starts
from capshare.model.groups.lloyd import Floats, Labels

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
    with stage("groups"):
        best = best_of_starts(points.to_numpy(dtype=float), k, seed, restarts)
    group = name_by_score(pd.Series(best.label, index=points.index), score)
    size = group.value_counts()
    return Grouping(
        group=group,
        inertia=best.inertia,
        restarts=restarts,
        restarts_reached=best.reached,
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
    number, _ = pd.factorize(label, sort=True)
    rank = ranks_by_score(number, score.reindex(label.index).to_numpy(dtype=float))
    names = np.array([roman(place + 1) for place in range(rank.max(initial=-1) + 1)], dtype=object)
    return pd.Series(names[rank], index=label.index, name="group").astype(str)


def ranks_by_score(label: Labels, score: Floats) -> Labels:
    """Place of each one's group when groups are ordered by their mean score, 0 for the highest.

    Parameters
    ----------
    label : one per province, 0 to k - 1, each of them used
    score : one per province, no unit
    """
    order = np.argsort(-np.bincount(label, score) / np.bincount(label), kind="stable")
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    return place[label]


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
