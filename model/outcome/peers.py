"""Peers of a province: the ones most like it by the indicators that a study itself looks at."""

from __future__ import annotations

import numpy as np
import pandas as pd


def nearest(normalised: pd.DataFrame, weight: pd.Series, code: str, count: int) -> pd.Series:
    r"""The provinces nearest to one in the weighted indicators, the nearest first.

    .. math:: d_{ij}=\sqrt{\sum_k w_k\,(z_{ik}-z_{jk})^2}

    Parameters
    ----------
    normalised : :math:`z`, code × indicator, 0 to 1
    weight : :math:`w`, index indicator, adds up to 1
    code : of the province
    count : at most so many

    Returns
    -------
    Series ``distance``, index code, 0 to 1; without the province itself, of equal ones in the order of codes
    """
    others = normalised.drop(index=code).sort_index()
    squares = (others - normalised.loc[code]) ** 2 * weight.reindex(normalised.columns)
    distance: pd.Series = np.sqrt(squares.sum(axis="columns")).rename("distance")
    return distance.sort_values(kind="stable").head(count)
