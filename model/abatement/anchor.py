"""The level of the prices, set by a price that is known."""

from __future__ import annotations

import math

import pandas as pd

from capshare.base.errors import CapshareError, Problem


def anchor_factor(price_yuan_per_t: pd.Series, anchor_yuan_per_t: float) -> float:
    r"""Find what to multiply every price by, so that their unweighted median equals a named price.

    .. math:: f = \pi^{\text{anchor}} \big/ \operatorname{median}_i q_i

    The estimate says who pays more than whom; its level depends on a single axiom (null-jointness), so the
    level is a parameter. The median is unweighted, so that no province's size decides it.

    Parameters
    ----------
    price_yuan_per_t : q, index code, yuan/t; base-year prices at zero cut
    anchor_yuan_per_t : the named price, yuan/t

    Returns
    -------
    float
        no unit

    Raises
    ------
    CapshareError
        If the anchor or the median is not a positive number.
    """
    middle = float(price_yuan_per_t.median(skipna=False))
    problems = [
        Problem(place, "", "a positive price in yuan/t", f"{value:g}", "Check it, or use no anchor.")
        for place, value in {"anchor": anchor_yuan_per_t, "median of the prices": middle}.items()
        if not 0 < value < math.inf
    ]
    if problems:
        raise CapshareError(problems)
    return anchor_yuan_per_t / middle


def anchored_steps(steps: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Scale the costs of a step table; sizes stay.

    Parameters
    ----------
    steps : index (code, step); ``size_mt, cost_yuan_per_t``
    factor : from ``anchor_factor``

    Returns
    -------
    DataFrame
        index (code, step); ``size_mt, cost_yuan_per_t``
    """
    return steps.assign(cost_yuan_per_t=steps["cost_yuan_per_t"] * factor)
