"""Entropy weights: an indicator that tells provinces apart weighs more."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers

Array = NDArray[np.float64]


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
    return pd.Series(entropies_array(z.to_numpy(dtype=float)), index=z.columns, name="entropy")


def entropies_array(z: Array) -> Array:
    """Entropy of each column as :func:`entropies` has it.

    Parameters
    ----------
    z : two or more provinces × indicators, ≥ 0, no unit
    """
    total = z.sum(axis=0)
    shares = z / np.where(total > 0, total, 1.0)
    p_ln_p = shares * np.log(np.where(shares > 0, shares, 1.0))
    entropy = -p_ln_p.sum(axis=0) / np.log(len(z))
    even = (z.max(axis=0) == z.min(axis=0)) | (total == 0)
    return np.where(even, 1.0, np.clip(entropy, 0.0, 1.0))


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
    _require_shares("entropies", z)
    divergence = divergences_array(z.to_numpy(dtype=float))
    if divergence.sum() == 0:
        raise CapshareError(
            Problem("entropy_weights", "z", "an indicator that differs between provinces",
                    f"{list(z.columns)}, each constant", "Choose at least one indicator that varies.")
        )  # fmt: skip
    return pd.Series(divergence / divergence.sum(), index=z.columns, name="weight")


def divergences_array(z: Array) -> Array:
    """What entropy weights are in proportion to, :math:`1-e_j`, one per indicator.

    Parameters
    ----------
    z : as for :func:`entropies_array`
    """
    return 1.0 - entropies_array(z)


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
