"""Curves of marginal cost that rise with the cut: a power law, and one whose first tonne is free."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem


def power_cost(price_yuan_per_t: pd.Series, cut: float, *, elasticity: float) -> pd.Series:
    r"""Marginal cost by the power law of carbon intensity, GDP held fixed.

    .. math:: q_i(r)=q_{i0}\,(1-r)^{b}

    Parameters
    ----------
    price_yuan_per_t : :math:`q_{i0}`, index code, yuan/t before any cut
    cut : r, share of emissions cut, from 0 to below 1
    elasticity : b, negative

    Returns
    -------
    Series
        index code, yuan/t

    Raises
    ------
    CapshareError
        If the cut is not a share below 1.
    """
    _check_cut(cut)
    cost: pd.Series = price_yuan_per_t * (1 - cut) ** elasticity
    return cost


def logarithmic_cost(
    price_yuan_per_t: pd.Series, cut: float, *, elasticity: float, meeting_cut: float
) -> pd.Series:
    r"""Marginal cost of a curve that starts at 0 and meets the power law at one cut.

    .. math:: q_i(r)=-a_i\ln(1-r),\qquad a_i=\frac{q_{i0}\,(1-m)^{b}}{-\ln(1-m)}

    so that :math:`q_i(m)` is what the power law says there. As in general-equilibrium studies the first tonne
    is free and costs grow without bound towards a cut of all emissions.

    Parameters
    ----------
    price_yuan_per_t : :math:`q_{i0}`, index code, yuan/t; what the power law starts from
    cut : r, share of emissions cut, from 0 to below 1
    elasticity : b of the power law
    meeting_cut : m, the cut at which both cost the same, between 0 and 1

    Returns
    -------
    Series
        index code, yuan/t

    Raises
    ------
    CapshareError
        If a cut is not a share below 1, or the meeting cut is 0.
    """
    _check_cut(cut)
    if not 0 < meeting_cut < 1:
        remedy = "The first tonne is free: state a cut above 0."
        raise CapshareError(Problem("meeting_cut", "", "a share between 0 and 1", f"{meeting_cut:g}", remedy))
    scale = power_cost(price_yuan_per_t, meeting_cut, elasticity=elasticity) / -np.log1p(-meeting_cut)
    cost: pd.Series = scale * -np.log1p(-cut)
    return cost


def _check_cut(cut: float) -> None:
    if not 0 <= cut < 1:
        raise CapshareError(
            Problem("cut", "", "a share of at least 0 and below 1", f"{cut:g}", "Cut less than everything.")
        )
