"""Indicator weights by a named method, with a given part mixed in where the study asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.critic import critic_weights, information_array
from capshare.indicators.entropy import divergences_array, entropy_weights

Array = NDArray[np.float64]


def equal_weights(z: pd.DataFrame) -> pd.Series:
    """Give every indicator that varies the same weight, 0 to a constant one; sums to 1.

    Parameters
    ----------
    z : provinces × indicators, no unit

    Returns
    -------
    Series, index indicator, no unit

    """
    varies = varying_array(z.to_numpy(dtype=float))
    return pd.Series(varies / varies.sum(), index=z.columns, name="weight")


def varying_array(z: Array) -> Array:
    """What equal weights are in proportion to: 1 for an indicator that varies, 0 for a constant one.

    Parameters
    ----------
    z : provinces × indicators, no unit
    """
    varies: Array = (z.max(axis=0) > z.min(axis=0)).astype(float)
    return varies


METHODS: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = {
    "entropy": entropy_weights,
    "equal": equal_weights,
    "critic": critic_weights,
}
# What each method's weights are in proportion to.
_PROPORTIONS: Mapping[str, Callable[[Array], Array]] = {
    "entropy": divergences_array,
    "equal": varying_array,
    "critic": information_array,
}


def weights(z: pd.DataFrame, method: str, given: Mapping[str, float] | None = None) -> pd.Series:
    r"""Weights by a method; given weights replace it or are mixed in by the geometric mean.

    .. math:: w_j \propto \sqrt{w_j^{\text{method}}\, w_j^{\text{given}}}

    Parameters
    ----------
    z : provinces × indicators, min-max normalised, no unit
    method : "entropy", "equal", "critic" or "given" (the given weights alone)
    given : indicator → weight, any positive scale; mixed in where the method is another one

    Returns
    -------
    Series, index indicator, no unit, sums to 1

    Raises
    ------
    CapshareError
        where the given weights do not name exactly the indicators, are negative, or leave nothing.

    """
    if given is None:
        return METHODS[method](z)
    share = _given_shares(z, given)
    of_method = None if method == "given" else METHODS[method](z).to_numpy(dtype=float)
    mixed = _mixed(of_method, share.to_numpy(dtype=float))
    if not mixed.sum() > 0:
        raise CapshareError(
            Problem("weights", "given", "a positive weight on an indicator that varies",
                    str(dict(given)), "Give such an indicator a positive weight.")
        )  # fmt: skip
    return pd.Series(mixed / mixed.sum(), index=z.columns, name="weight")


def weights_array(z: Array, method: str, given: Array | None = None) -> Array:
    """Weights as :func:`weights` has them; not finite where it refuses the numbers.

    Parameters
    ----------
    z : provinces × indicators, min-max normalised, no unit
    method : as of :func:`weights`
    given : one per indicator, ≥ 0 and not all 0, on any scale
    """
    proportion = np.ones(z.shape[1]) if method == "given" else _PROPORTIONS[method](z)
    with np.errstate(invalid="ignore", divide="ignore"):
        if given is not None:
            of_method = None if method == "given" else proportion / proportion.sum()
            proportion = _mixed(of_method, given / given.sum())
        weight: Array = proportion / proportion.sum()
    return weight


def _mixed(of_method: Array | None, given: Array) -> Array:
    """Given weights alone, or their geometric mean with a method's."""
    return given if of_method is None else np.sqrt(of_method * given)


def _given_shares(z: pd.DataFrame, given: Mapping[str, float]) -> pd.Series:
    series = pd.Series(dict(given), dtype=float)
    expected = ", ".join(z.columns)
    remedy = "Give each indicator of the study one weight of 0 or more."
    problems = []
    if set(series.index) != set(z.columns):
        found = ", ".join(map(str, series.index))
        problems.append(Problem("weights", "given", f"weights of {expected}", found, remedy))
    if not (series >= 0).all() or not series.sum() > 0:
        problems.append(Problem("weights", "given", "weights ≥ 0, not all 0", str(dict(given)), remedy))
    if problems:
        raise CapshareError(problems)
    # Summed in the order of the indicators: in whatever order a study lists them, the bits are the same.
    series = series.reindex(z.columns)
    return series / series.sum()
