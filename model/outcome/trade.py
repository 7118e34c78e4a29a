"""The market after the allocation."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Trade:
    """Trade at one clearing price, purchases not limited.

    Attributes
    ----------
    provinces : index ``year, code``; abatement, offsets, trades, costs and the gain from trade
    years : index ``year``; clearing price from both sides, regime, volumes and gains
    balance_values : index ``code``; worth of the last year's balance at named prices, 1e8 yuan; None where
        the dataset names no price
    """

    provinces: pd.DataFrame
    years: pd.DataFrame
    balance_values: pd.DataFrame | None
