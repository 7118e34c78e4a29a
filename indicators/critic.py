"""CRITIC weights: contrast of an indicator times its conflict with the others."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers

Array = NDArray[np.float64]


def critic_weights(z: pd.DataFrame) -> pd.Series:
    r"""Weights from standard deviation and correlation.

    .. math:: w_j = \frac{C_j}{\sum_k C_k},\qquad C_j = \sigma_j\sum_k (1-r_{jk})

    Parameters
    ----------
    z : provinces × indicators, min-max normalised, no unit

    Returns
    -------
    Series, index indicator, no unit, sums to 1; exactly 0 for a constant indicator

    Raises
    ------
    CapshareError
        where a cell is not a finite number, or no indicator adds information to the others.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis 1995, doi:10.1016/0305-0548(94)00059-H.

    """
    require_numbers("critic_weights", "z", z)
    information = information_array(z.to_numpy(dtype=float))
    if not information.sum() > 0:
        raise CapshareError(
            Problem("critic_weights", "z", "two indicators that are not perfectly correlated",
                    f"{list(z.columns)}", "Use entropy weights, or add an indicator.")
        )  # fmt: skip
    return pd.Series(information / information.sum(), index=z.columns, name="weight")


def information_array(z: Array) -> Array:
    """What CRITIC weights are in proportion to, :math:`C_j`, one per indicator; 0 of a constant one.

    Parameters
    ----------
    z : provinces × indicators, min-max normalised, no unit
    """
    information = np.zeros(z.shape[1])
    varies = z.max(axis=0) > z.min(axis=0)
    centred = z[:, varies] - z[:, varies].mean(axis=0)
    squares = (centred**2).sum(axis=0)
    # One root of the product: the correlation of an indicator with its copy is exactly 1.
    correlation = centred.T @ centred / np.sqrt(np.outer(squares, squares))
    information[varies] = np.sqrt(squares / (len(z) - 1)) * (1.0 - correlation).sum(axis=0)
    return information
