"""Reduction potential without labels: scores and ranks of the provinces in deficit."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from capshare.model.outcome.component_arrays import (
    SAME,
    Places,
    Vector,
    component_arrays,
    varying_arrays,
)

# Between two provinces every correlation is 1 or -1.
LEAST_PROVINCES = 3
# One indicator has nothing to be correlated with: it is the ranking.
LEAST_INDICATORS = 2
# Without rounding, equal provinces could change places from one machine to the next.
DIGITS = 9


class PotentialArrays(NamedTuple):
    """Scores, 0 to 100, and ranks, 1 the highest, one per ranked province."""

    score: Vector
    rank: Places


def potential_arrays(
    oriented: Vector, by_name: Places, keep: Literal["kaiser"] | float
) -> PotentialArrays | None:
    """Potential as :func:`~capshare.model.outcome.potential.potential` has it.

    Parameters
    ----------
    oriented : provinces × indicators in any unit, finite; more means more potential
    by_name : positions of the indicators in the order of their names
    keep : "kaiser", or the share of the variance to explain

    Returns
    -------
    PotentialArrays; None where there is no ranking, or the labelled function says what is wrong
    """
    if len(oriented) < LEAST_PROVINCES:
        return None
    varies = varying_arrays(oriented)
    if varies.sum() < LEAST_INDICATORS:
        return None
    found = component_arrays(oriented[:, varies], np.argsort(np.argsort(by_name)[varies]))
    kept = kept_count(found.eigenvalues, int(varies.sum()), keep)
    if kept == 0:
        return None
    score = relative_scores(composite(found.scores[:, :kept], found.eigenvalues[:kept]))
    return PotentialArrays(score, ranks(score))


def kept_count(eigenvalues: Vector, indicators: int, keep: Literal["kaiser"] | float) -> int:
    """How many of the components, largest first, make the score; 0 where none has an eigenvalue above 1.

    Parameters
    ----------
    eigenvalues : one per component
    indicators : number of them
    keep : as of :func:`potential_arrays`
    """
    if keep == "kaiser":
        return int((eigenvalues > 1 + SAME).sum())
    # Shares that add up to `keep` exactly do so only up to round-off.
    return min(int((np.cumsum(eigenvalues / indicators) < keep - SAME).sum()) + 1, len(eigenvalues))


def composite(scores: Vector, eigenvalues: Vector) -> Vector:
    """Mean of the components' scores, weighted by their variance.

    Parameters
    ----------
    scores : province × component
    eigenvalues : one per component; negative for one that is turned around
    """
    mean: Vector = (scores * (eigenvalues / np.abs(eigenvalues).sum())).sum(axis=1)
    return mean


def relative_scores(composite: Vector) -> Vector:
    """Scores from 0, the least of these provinces, to 100.

    Parameters
    ----------
    composite : one per province, not all equal
    """
    spread = composite.max() - composite.min()
    score: Vector = np.round(100 * (composite - composite.min()) / spread, DIGITS)
    return score


def ranks(score: Vector) -> Places:
    """Rank of each score, 1 for the highest; equal scores share one.

    Parameters
    ----------
    score : one per province
    """
    rank: Places = 1 + np.searchsorted(np.sort(-score), -score)
    return rank
