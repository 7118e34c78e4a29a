"""The estimate behind the abatement steps."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CostEstimate:
    """What the distance function says of each province, and the curves on offer.

    Attributes
    ----------
    marginal : index ``code``; inefficiency, price, slope, and, where asked for, how firm its rank is
    curves : index ``curve``; the level of every curve of abatement cost on offer
    """

    marginal: pd.DataFrame
    curves: pd.DataFrame
