"""Reduction potential on arrays: the scores alone, for thousands of draws."""

from __future__ import annotations

from typing import Literal

import numpy as np

from capshare.model.outcome.potential import LEAST_INDICATORS, LEAST_PROVINCES
from capshare.model.outcome.principal_components import ROUNDING, SAME
from capshare.solvers.program import Vector


def potential_ranks(oriented: Vector, keep: Literal["kaiser"] | float) -> Vector | None:
    """Ranks as :func:`capshare.model.outcome.potential.potential` gives them; None where it gives none.

    Parameters
    ----------
    oriented : provinces × indicators in any unit and in the order of their names, more of each meaning more
        potential
    keep : "kaiser", or the share of the variance to explain

    Returns
    -------
    One per province, 1 is the highest, equal scores share a rank; None with too few provinces or indicators
    that vary, or where no eigenvalue is above 1
    """
    spread = oriented.max(axis=0, initial=-np.inf) - oriented.min(axis=0, initial=np.inf)
    varying = oriented[:, spread > ROUNDING * np.abs(oriented).max(axis=0, initial=0.0)]
    if len(oriented) < LEAST_PROVINCES or varying.shape[1] < LEAST_INDICATORS:
        return None
    standardised = (varying - varying.mean(axis=0)) / varying.std(axis=0, ddof=1)
    correlation = standardised.T @ standardised / (len(varying) - 1)
    value, vector = np.linalg.eigh(correlation)
    order = np.argsort(-value, kind="stable")
    order = order[value[order] > ROUNDING]
    value, vector = value[order], vector[:, order]
    if keep == "kaiser":
        count = int((value > 1 + SAME).sum())
    else:
        count = min(int((np.cumsum(value / len(correlation)) < keep - SAME).sum()) + 1, len(value))
    if count == 0:
        return None
    weight = _signs(correlation, value, vector)[:count] * value[:count] / value[:count].sum()
    composite = standardised @ vector[:, :count] @ weight
    score = np.round(100 * (composite - composite.min()) / np.ptp(composite), 9)
    return 1 + (score[:, None] < score).sum(axis=1)


def _signs(correlation: Vector, value: Vector, vector: Vector) -> Vector:
    """1 or -1 for each component, so that it rises with the mean indicator, or its largest coefficient."""
    variance = correlation.sum()
    if variance < ROUNDING:
        toward = np.zeros(len(value))
    else:
        toward = vector.sum(axis=0) * np.sqrt(value / variance)
    size = np.abs(vector)
    first = (size >= size.max(axis=0) - SAME).argmax(axis=0)
    largest = np.sign(vector[first, np.arange(len(value))])
    signs: Vector = np.where(np.abs(toward) > SAME, np.sign(toward), largest)
    return signs
