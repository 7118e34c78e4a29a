"""The composite score of each province."""

from __future__ import annotations

import pandas as pd

from capshare.base.frames import require_same_index


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
    return z.mul(weight, axis="columns").sum(axis="columns").rename("score")
