"""The level of the prices, set by a price that is known."""

from __future__ import annotations

import math

import pandas as pd

from capshare.base.errors import CapshareError, Problem

# Relative; a sum of halves may miss the half by rounding.
MEDIAN_TOLERANCE = 1e-12


def anchor_factor(price_yuan_per_t: pd.Series, weights: pd.Series, anchor_yuan_per_t: float) -> float:
    r"""Find what to multiply every price by, so that their median equals a named price.

    .. math:: f = \pi^{\text{anchor}} \big/ \operatorname{median}_i q_i

    The estimate says who pays more than whom; its level depends on axioms that no data decide, so the level
    is a parameter. Where provinces count by their emissions, half of all tonnes lie where the price is at
    most the anchor, wherever the borders between provinces run.

    Parameters
    ----------
    price_yuan_per_t : q, index code, yuan/t; base-year prices at zero cut
    weights : index code, what each price counts by: Mt, or 1 for each province
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
    middle = weighted_median(price_yuan_per_t, weights)
    problems = [
        Problem(place, "", "a positive price in yuan/t", f"{value:g}", "Check it, or use no anchor.")
        for place, value in {"anchor": anchor_yuan_per_t, "median of the prices": middle}.items()
        if not 0 < value < math.inf
    ]
    if problems:
        raise CapshareError(problems)
    return anchor_yuan_per_t / middle


def weighted_median(values: pd.Series, weights: pd.Series) -> float:
    """Value that half of the weight lies below; halfway between two values where both divide it so.

    Parameters
    ----------
    values : index code, any unit
    weights : the same index, not negative

    Returns
    -------
    float
        in the unit of ``values``; NaN where a value is missing, or nothing weighs anything
    """
    if values.isna().any() or not weights.sum() > 0:
        return math.nan
    ordered = values.sort_values()
    below = weights.reindex(ordered.index).cumsum()
    half = below.iloc[-1] / 2
    reaches, exceeds = below >= half * (1 - MEDIAN_TOLERANCE), below > half * (1 + MEDIAN_TOLERANCE)
    return float((ordered[reaches].iloc[0] + ordered[exceeds].iloc[0]) / 2)


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
