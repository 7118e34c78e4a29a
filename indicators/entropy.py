"""Entropy weights: an indicator that tells provinces apart weighs more."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers


def entropies(z: pd.DataFrame) -> pd.Series:
    r"""Shannon entropy of each indicator's distribution over the provinces, 1 where it is even.

    .. math:: e_j = -\frac{1}{\ln n}\sum_i p_{ij}\ln p_{ij},\qquad
              p_{ij} = \frac{z_{ij}}{\sum_i z_{ij}},\qquad 0\ln 0 := 0

    A column of zeros has entropy 1: it carries no information.

    Parameters
    ----------
    z : provinces × indicators, non-negative, no unit

    Returns
    -------
    Series, index indicator, no unit, in [0, 1]

    Raises
    ------
    CapshareError
        where a cell is negative or not a finite number, or there are fewer than two provinces.

    References
    ----------
    Hosseinzadeh Lotfi & Fallahnejad 2010, doi:10.3390/e12010053, eq. 2-3.

    """
    _require_shares("entropies", z)
    shares = z.div(z.sum().where(z.sum() > 0, 1.0))
    p_ln_p = shares * np.log(shares.where(shares > 0, 1.0))
    entropy: pd.Series = -p_ln_p.sum() / np.log(len(z))
    even = (z.max() == z.min()) | (z.sum() == 0)
    return entropy.mask(even, 1.0).clip(0.0, 1.0).rename("entropy")


def entropy_weights(z: pd.DataFrame) -> pd.Series:
    r"""Weights from entropy: the less even an indicator, the more it weighs.

    .. math:: w_j = \frac{1-e_j}{\sum_k (1-e_k)}

    Parameters
    ----------
    z : provinces × indicators, non-negative, no unit

    Returns
    -------
    Series, index indicator, no unit, sums to 1; exactly 0 for a constant indicator

    Raises
    ------
    CapshareError
        as :func:`entropies`, and where every indicator is constant.

    References
    ----------
    Hosseinzadeh Lotfi & Fallahnejad 2010, doi:10.3390/e12010053, eq. 4-5.

    """
    divergence = 1.0 - entropies(z)
    if divergence.sum() == 0:
        raise CapshareError(
            Problem("entropy_weights", "z", "an indicator that differs between provinces",
                    f"{list(z.columns)}, each constant", "Choose at least one indicator that varies.")
        )  # fmt: skip
    return (divergence / divergence.sum()).rename("weight")


def _require_shares(source: str, z: pd.DataFrame) -> None:
    require_numbers(source, "z", z)
    problems = [
        Problem(source, f"z[{z.index[row]}, {z.columns[column]}]", "a number ≥ 0",
                str(z.iat[row, column]), "Normalise the indicator first (min_max).")
        for row, column in np.argwhere(z.to_numpy(dtype=float) < 0)
    ]  # fmt: skip
    if len(z) < 2:
        problems.append(Problem(source, "z", "two provinces or more", str(len(z)), "Add provinces."))
    if problems:
        raise CapshareError(problems)
