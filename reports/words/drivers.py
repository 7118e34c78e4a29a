"""What a reader wants of what decides the split: free quotas, unused ones, and prices under every curve."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from capshare.model.allocation.quota_range import FREE_MT
from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import PRICE, readable


class FreeQuotas(NamedTuple):
    """Quotas that could be others at the same cost.

    Attributes
    ----------
    free : how many
    widest_mt : the largest range of one, Mt
    code : of the province that has it; "" where none is free
    """

    free: int
    widest_mt: float
    code: str


def free_quotas(ranges: pd.DataFrame) -> FreeQuotas:
    """How many quotas are free, and how far.

    Parameters
    ----------
    ranges : index code; ``quota_low_mt, quota_high_mt``
    """
    width = ranges["quota_high_mt"] - ranges["quota_low_mt"]
    free = width[width > FREE_MT]
    return (
        FreeQuotas(len(free), float(free.max()), str(free.idxmax())) if len(free) else FreeQuotas(0, 0.0, "")
    )


def unused_mt(one: OneYear) -> float:
    """Quota that is neither used, sold nor carried on, Mt.

    Parameters
    ----------
    one : the year shown
    """
    p = one.provinces
    held = p["quota_mt"] + p["purchase_mt"] - p["sale_mt"]
    if "carried_in_mt" in p:
        held = held + p["carried_in_mt"] - p["carried_out_mt"]
    used = p["emissions_mt"] - p["abatement_mt"] - p["uncovered_mt"]
    # Rounding of sums is no quota.
    return max(0.0, round(float((held - used).sum()), 6))


def price_ranges(outcome: Outcome) -> pd.DataFrame | None:
    """Lowest and highest price of each block's cap over the curves; None where one curve stands alone.

    Parameters
    ----------
    outcome : of a run

    Returns
    -------
    DataFrame, index group; ``low, high``, yuan/t
    """
    curves = outcome.drivers.curves
    if curves is None:
        return None
    by_group = curves.prices["price_yuan_per_t"].groupby(level="group")
    return pd.DataFrame({"low": by_group.min(), "high": by_group.max()})


def price_range(outcome: Outcome, group: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """Prices of a block's cap over the curves in words; "" where one curve stands alone.

    Parameters
    ----------
    outcome : of a run
    group : the block
    lang : language of the words
    """
    ranges = price_ranges(outcome)
    if ranges is None or group not in ranges.index:
        return ""
    low, high = (readable(ranges.loc[group, side], PRICE) for side in ("low", "high"))
    return low if low == high else text("chart.prices.range", lang, low=low, high=high)
