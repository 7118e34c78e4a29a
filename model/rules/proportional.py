"""Proportional division: the core of every rule that is a share by one column."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem


def proportional(weight: pd.Series, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to a weight.

    .. math:: x_i = Q\,\frac{w_i}{\sum_j w_j}

    Parameters
    ----------
    weight : index ``code``, ≥ 0, any unit
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where all weights are 0.
    """
    total = float(weight.sum())
    if not total > 0:
        place, found = f"column {weight.name}", f"a sum of {total:g}"
        remedy = "Share by a column that some region has."
        raise CapshareError(Problem("proportional", place, "a positive sum", found, remedy))
    return (cap_mt * (weight / total)).rename("quota_mt")
