"""Trade: how much a province may buy, and that what is bought is sold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.parts import each, provinces
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays


def _purchase_limit(m: Any, i: str) -> Any:
    return m.purchase[i] <= m.purchase_amount[i]


def _purchase_limit_rows(numbers: AllocationArrays) -> Rows:
    return Rows({"purchase": each(len(numbers.provinces))}, upper=numbers.purchase_limit_mt)


def _periods(data: AllocationData) -> pd.Index:
    periods: pd.Index = pd.Index(sorted(data.provinces["period"].unique()))
    return periods


def _market(m: Any, t: str) -> Any:
    return sum(m.purchase[i] - m.sale[i] for i in m.trading[t]) == 0


def _market_rows(numbers: AllocationArrays) -> Rows:
    n = len(numbers.market)
    bought, sold = (Coefficients(numbers.market, np.arange(n), np.full(n, sign)) for sign in (1.0, -1.0))
    return Rows({"purchase": bought, "sale": sold}, 0.0, 0.0)


PURCHASE_LIMIT = Constraint(
    name="purchase_limit",
    formula="b_i ≤ τ E_i",
    labels=provinces,
    expression=_purchase_limit,
    rows=_purchase_limit_rows,
    title={"en": "purchase limit", "zh": "购买上限"},
)
MARKET = Constraint(
    name="market",
    formula="Σ b_i = Σ v_i, in each period",
    labels=_periods,
    expression=_market,
    rows=_market_rows,
    title={"en": "market clearing", "zh": "市场出清"},
    # What a buyer pays for one more tonne on offer.
    price_sign=-1.0,
)
