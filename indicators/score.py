"""The composite score of each province."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.frames import require_same_index

Array = NDArray[np.float64]


def scores(z: pd.DataFrame, weight: pd.Series) -> pd.Series:
    r"""Weighted sum of the normalised indicators.

    .. math:: s_i = \sum_j w_j z_{ij}

    Parameters
    ----------
    z : provinces × indicators, in [0, 1], no unit
    weight : index indicator, sums to 1, no unit

    Returns
    -------
    Series, index province, no unit, in [0, 1]

    Raises
    ------
    CapshareError
        where the weights are not of the frame's indicators.

    """
    require_same_index("scores", z=z.T, weight=weight)
    score = scores_array(z.to_numpy(dtype=float), weight.reindex(z.columns).to_numpy(dtype=float))
    return pd.Series(score, index=z.index, name="score")


def scores_array(z: Array, weight: Array) -> Array:
    """Scores as :func:`scores` has them, one per province.

    Parameters
    ----------
    z : provinces × indicators, in [0, 1], no unit
    weight : one per indicator, sums to 1
    """
    # Not a matrix product, whose order of adding up depends on the machine's BLAS.
    score: Array = (z * weight).sum(axis=1)
    return score
