"""The estimate behind the abatement steps."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CostEstimate:
    """What the estimate says of each province, and the curves on offer.

    Attributes
    ----------
    marginal : index ``code``; inefficiency, price, slope, steps, and, where asked for, how firm its rank is
        and how well the power law fits it
    curves : index ``curve``; the level of every curve of abatement cost on offer
    fit : index ``curve``, one row; the power law's elasticity with its interval; None of other curves
    observations : index (code, observed_year); prices that it was fitted to; None of other curves
    """

    marginal: pd.DataFrame
    curves: pd.DataFrame
    fit: pd.DataFrame | None = None
    observations: pd.DataFrame | None = None
