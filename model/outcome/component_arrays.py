"""Principal components without labels: what the labelled components are made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Places = NDArray[np.intp]

# Round-off of a correlation matrix: eigenvalues, sums and spreads below it, relative to 1, count as 0.
ROUNDING = 1e-10
# Equal but for round-off; looser than ROUNDING, as an eigenvector is known less well than its eigenvalue.
SAME = 1e-8


class ComponentArrays(NamedTuple):
    """The components with variance, largest first.

    Attributes
    ----------
    means, deviations : one per indicator
    correlation : indicator × indicator
    eigenvalues : one per component
    coefficients : indicator × component
    scores : province × component
    sign_correlation : one per component
    """

    means: Vector
    deviations: Vector
    correlation: Vector
    eigenvalues: Vector
    coefficients: Vector
    scores: Vector
    sign_correlation: Vector


def component_arrays(oriented: Vector, by_name: Places) -> ComponentArrays:
    """Components as :func:`~capshare.model.outcome.principal_components.principal_components` has them.

    Parameters
    ----------
    oriented : provinces × indicators, at least 3 × 2; each varies, and more means more potential
    by_name : positions of the indicators in the order of their names
    """
    means, deviations = oriented.mean(axis=0), oriented.std(axis=0, ddof=1)
    standardised = (oriented - means) / deviations
    # Not a matrix product, whose order of adding up depends on the machine's BLAS.
    correlation = (standardised[:, :, None] * standardised[:, None, :]).sum(axis=0) / (len(oriented) - 1)
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(correlation)
    order = [place for place in np.argsort(-values, kind="stable") if values[place] > ROUNDING]
    eigenvalues, coefficients = values[order], vectors[:, order]
    sign_correlation = _mean_correlation(correlation, eigenvalues, coefficients)
    signs = np.sign(np.where(sign_correlation != 0, sign_correlation, _largest(coefficients, by_name)))
    coefficients = coefficients * signs
    scores = (standardised[:, :, None] * coefficients).sum(axis=1)
    return ComponentArrays(
        means, deviations, correlation, eigenvalues, coefficients, scores, np.abs(sign_correlation)
    )


def varying_arrays(indicators: Vector) -> NDArray[np.bool_]:
    """Which columns have not the same value everywhere, but for round-off.

    Parameters
    ----------
    indicators : provinces × indicators, each in its own unit
    """
    spread = indicators.max(axis=0) - indicators.min(axis=0)
    varies: NDArray[np.bool_] = spread > ROUNDING * np.abs(indicators).max(axis=0)
    return varies


def _mean_correlation(correlation: Vector, eigenvalues: Vector, coefficients: Vector) -> Vector:
    variance_of_sum = correlation.sum()
    if variance_of_sum < ROUNDING:
        return np.zeros(len(eigenvalues))
    found = coefficients.sum(axis=0) * np.sqrt(eigenvalues / variance_of_sum)
    return np.where(np.abs(found) > SAME, found, 0.0)


def _largest(coefficients: Vector, by_name: Places) -> Vector:
    """The largest coefficient of each component, the first by name among equal ones."""
    ordered = coefficients[by_name]
    size = np.abs(ordered)
    first = (size >= size.max(axis=0) - SAME).argmax(axis=0)
    largest: Vector = np.take_along_axis(ordered, first[None], axis=0)[0]
    return largest
