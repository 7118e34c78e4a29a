"""How many groups the indicators speak for: silhouette, Calinski-Harabasz and the gap statistic."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers
from capshare.model.groups.lloyd import Floats, Labels, best_groupings
from capshare.model.groups.validity import calinski_harabasz, silhouette

# Of some thirty provinces, more groups would hold fewer than three each.
LARGEST = 10
# One k-means of fifty starts often misses the best grouping into six or more: hence several tries.
STARTS = 50
TRIES = 10


def group_choice(
    points: pd.DataFrame, seed: int, *, largest: int = LARGEST, draws: int = 50, starts: int = STARTS
) -> pd.DataFrame:
    r"""Compare the best groupings found into 2, 3, … groups.

    .. math:: \mathrm{Gap}(k)=\tfrac1B\sum_b\ln W^*_{kb}-\ln W_k,\qquad
              s_k=\mathrm{sd}_b(\ln W^*_{kb})\sqrt{1+1/B}

    W is the inertia; the references :math:`W^*` group as many points drawn uniformly from the box that holds
    the provinces along their principal axes (choice b of Tibshirani et al.); :func:`gap_answer` is their
    rule for what the gaps say. A reference gets as many starts as each of the tries whose logarithms stand
    for the provinces, so that neither is grouped better.

    Parameters
    ----------
    points : provinces × indicators, normalised, no unit
    seed : of starts and references
    largest : largest number of groups tried, at most one less than the provinces that differ
    draws : B, number of references, at least 1
    starts : of each k-means

    Returns
    -------
    DataFrame
        index ``k`` from 2; ``inertia`` of the best try; ``silhouette`` (mean, -1 to 1, more is better);
        ``calinski_harabasz`` (ratio of variances, more is better); ``gap``, ``gap_rise`` (over one group
        less) and ``gap_se`` (:math:`s_k`). No unit

    Raises
    ------
    CapshareError
        where fewer than three provinces differ, or there is no reference.

    References
    ----------
    Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7; Caliński & Harabasz 1974, doi:10.1080/03610927408827101;
    Tibshirani, Walther & Hastie 2001, doi:10.1111/1467-9868.00293.
    """
    require_numbers("group_choice", "points", points)
    different = len(points.drop_duplicates())
    if different < 3 or draws < 1:
        expected, found = "three provinces that differ and one draw or more", f"{different} and {draws}"
        raise CapshareError(Problem("group_choice", "points, draws", expected, found, "Leave it out."))
    x = points.sort_index().to_numpy(dtype=float)
    generator = np.random.default_rng(seed)
    references = _references(x, draws, generator)
    rows, before = {}, _gap(x, references, 1, 1, generator)
    for k in range(2, min(largest, different - 1) + 1):
        row = _gap(x, references, k, starts, generator)
        rows[k] = {**row, "gap_rise": row["gap"] - before["gap"]}
        before = row
    columns = ["inertia", "silhouette", "calinski_harabasz", "gap", "gap_rise", "gap_se"]
    return pd.DataFrame.from_dict(rows, orient="index")[columns].rename_axis("k")


def gap_answer(choice: pd.DataFrame) -> int | None:
    r"""Find the number of groups by the rule of Tibshirani, Walther & Hastie.

    .. math:: \min\{k:\mathrm{Gap}(k)\ge\mathrm{Gap}(k+1)-s_{k+1}\}

    The rule is cautious: it also answers 1 where groups are there but no two of them can be told from one.

    Parameters
    ----------
    choice : from :func:`group_choice`

    Returns
    -------
    int or None
        1 where no number of groups says more than chance; None where the gap rises by more than its error up
        to the largest number tried

    References
    ----------
    Tibshirani, Walther & Hastie 2001, section 3, step 3, doi:10.1111/1467-9868.00293.
    """
    within_error = choice.index[choice["gap_rise"] <= choice["gap_se"]]
    return int(within_error[0]) - 1 if len(within_error) else None


def _gap(
    x: Floats, references: Floats, k: int, starts: int, generator: np.random.Generator
) -> dict[str, float]:
    # The mean over tries compares like with like; the best of them is what there is to report.
    tries = best_groupings(np.broadcast_to(x, (TRIES, *x.shape)), k, starts, generator)
    best = int(tries.inertia.argmin())
    reference = np.log(best_groupings(references, k, starts, generator).inertia)
    return {
        "inertia": float(tries.inertia[best]),
        **(_shape(x, tries.label[best]) if k > 1 else {}),
        "gap": float(reference.mean() - np.log(tries.inertia).mean()),
        "gap_se": float(reference.std() * np.sqrt(1 + 1 / len(reference))),
    }


def _shape(x: Floats, label: Labels) -> dict[str, float]:
    return {
        "silhouette": float(silhouette(x, label).mean()),
        "calinski_harabasz": calinski_harabasz(x, label),
    }


def _references(x: Floats, draws: int, generator: np.random.Generator) -> Floats:
    mean = x.mean(axis=0)
    axes = np.linalg.svd(x - mean, full_matrices=False)[2]
    turned = (x - mean) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    drawn: Floats = generator.uniform(low, high, size=(draws, *turned.shape)) @ axes + mean
    return drawn
