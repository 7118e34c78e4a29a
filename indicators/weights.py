"""Indicator weights by a named method, with a given part mixed in where the study asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.critic import critic_weights
from capshare.indicators.entropy import entropy_weights


def equal_weights(z: pd.DataFrame) -> pd.Series:
    """Give every indicator that varies the same weight, 0 to a constant one; sums to 1.

    Parameters
    ----------
    z : provinces × indicators, no unit

    Returns
    -------
    Series, index indicator, no unit

    """
    varies = (z.max() > z.min()).astype(float)
    return (varies / varies.sum()).rename("weight")


METHODS: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = {
    "entropy": entropy_weights,
    "equal": equal_weights,
    "critic": critic_weights,
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
    mixed = share if method == "given" else (METHODS[method](z) * share).pow(0.5)
    if not mixed.sum() > 0:
        raise CapshareError(
            Problem("weights", "given", "a positive weight on an indicator that varies",
                    str(dict(given)), "Give such an indicator a positive weight.")
        )  # fmt: skip
    return (mixed / mixed.sum()).rename("weight")


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
    return series.reindex(z.columns) / series.sum()
