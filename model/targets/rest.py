"""Targets of the part of a province's emissions that is outside the national market."""

from __future__ import annotations

import pandas as pd

from capshare.model.targets.rounding import rounded_cuts

# A rest that may rise has a negative cut; no more than all can be cut.
_BAND_PCT = (-1000.0, 100.0)


def rest_rounded_cuts(
    rest_cut_pct: pd.Series, constant_intensity_mt: pd.Series, step_points: float
) -> pd.Series:
    r"""Cuts of the rest in the steps in which targets are published; together they are still met.

    .. math:: \bar c = \frac{\sum_i B_i c_i}{\sum_i B_i} \le \frac{\sum_i B_i c^r_i}{\sum_i B_i}

    Parameters
    ----------
    rest_cut_pct : :math:`c_i`, index code, %; NaN for a province with nothing outside the market
    constant_intensity_mt : :math:`B_i`, emissions outside the market at constant intensity, Mt CO2
    step_points : of :math:`c^r_i`, percentage points

    Returns
    -------
    Series, index as of the first argument; NaN where that is
    """
    known = rest_cut_pct.dropna()
    if known.empty:
        return rest_cut_pct
    constant = constant_intensity_mt.reindex(known.index)
    together = float((known * constant).sum() / constant.sum())
    rounded = rounded_cuts(known, constant, together, step_points=step_points, band_pct=_BAND_PCT)
    return rounded.reindex(rest_cut_pct.index)
