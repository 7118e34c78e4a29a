"""Cuts of carbon intensity that quotas are, and which rule decided each."""

from __future__ import annotations

import numpy as np
import pandas as pd

# What may decide a cut besides cost, and the rows of the programme that stand for it.
DECIDING = {
    "band": ("floor", "ceiling"),
    "distance": ("equity_above", "equity_below"),
    "tier": ("tier",),
    "smoothing": ("rise_limit", "fall_limit"),
}
CONSTRAINT, TRADE, COST = "constraint", "trade", "cost"
# Of a quota that no bound of its own holds.
NOT_HELD = (TRADE, COST)
# Less than any price, yuan/t.
HELD = 1e-9
# What is printed as 0.00 yuan/t is no price.
LEAST_PRICE_YUAN_PER_T = 0.005


def cut_pct(quota_mt: pd.Series, constant_intensity_mt: pd.Series | float) -> pd.Series:
    r"""Cut of carbon intensity that a quota is.

    .. math:: c_i = 100\,(1 - x_i/B_i)

    Parameters
    ----------
    quota_mt : index province or block, Mt CO2
    constant_intensity_mt : :math:`B_i`, of the same, Mt CO2, positive

    Returns
    -------
    Series ``cut_pct``, index as `quota_mt`, %
    """
    cut: pd.Series = 100 * (1 - quota_mt / constant_intensity_mt)
    return cut.rename("cut_pct")


def decided_by(
    prices: pd.DataFrame, rules_yuan_per_t: pd.Series, provinces: pd.Index, tier: pd.Series | None = None
) -> pd.Series:
    """Which rule decided each cut: the one of the highest price, else one that holds it, else trade or cost.

    A limit on purchases leaves the quota free. Where it has a price, what decides is cost within that limit:
    whoever may not buy more needs more quota.

    Parameters
    ----------
    prices : index (constraint, name); ``price_yuan_per_t, binding`` of one year
    rules_yuan_per_t : index province; what planners' own constraints add to the price of its cap, yuan/t
    provinces : index of the result
    tier : index province; the tier whose members have one cut, "" for none; who is alone in a tier is bound
        to nobody

    Returns
    -------
    Series ``decided_by``, index province; "band", "distance", "tier", "smoothing", "constraint",
    "trade" or "cost"
    """
    # A row that holds a quota without a price decides it where nothing with a price does.
    strength = np.abs(prices["price_yuan_per_t"].to_numpy(dtype=float))
    strength = strength + HELD * prices["binding"].to_numpy(dtype=float)
    constraint = prices.index.get_level_values("constraint").to_numpy(dtype=object)
    place = provinces.get_indexer(prices.index.get_level_values("name"))
    sizes = []
    for rows in DECIDING.values():
        own = np.isin(constraint, rows) & (place >= 0)
        sizes.append(np.bincount(place[own], strength[own], len(provinces)))
    if tier is not None:
        alone = ~tier.duplicated(keep=False).reindex(provinces).to_numpy(dtype=bool)
        sizes[list(DECIDING).index("tier")][alone] = 0.0
    rules = rules_yuan_per_t.reindex(provinces).fillna(0.0).abs().to_numpy(dtype=float)
    table = np.array([*sizes, rules])
    choice = np.array([*DECIDING, CONSTRAINT], dtype=object)[table.argmax(axis=0)]
    limit = (constraint == "purchase_limit") & (place >= 0) & (strength >= LEAST_PRICE_YUAN_PER_T)
    free = np.where(np.bincount(place[limit], minlength=len(provinces)) > 0, TRADE, COST)
    return pd.Series(np.where(table.max(axis=0) > 0, choice, free), index=provinces, name="decided_by")
