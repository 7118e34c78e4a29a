"""CRITIC weights: contrast of an indicator times its conflict with the others."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers


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
    varying = z.loc[:, z.max() > z.min()]
    information = varying.std() * (1.0 - varying.corr()).sum()
    information = information.reindex(z.columns, fill_value=0.0)
    if not information.sum() > 0:
        raise CapshareError(
            Problem("critic_weights", "z", "two indicators that are not perfectly correlated",
                    f"{list(z.columns)}", "Use entropy weights, or add an indicator.")
        )  # fmt: skip
    return (information / information.sum()).rename("weight")
