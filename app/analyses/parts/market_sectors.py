"""Inside and outside the national market: what of each quota the market allocates, and what is left."""

from __future__ import annotations

import pandas as pd

from capshare.chain.prepared import PreparedStudy
from capshare.indicators.market_sectors import market_and_rest


def market_sectors(found: PreparedStudy, quota_mt: pd.Series, points: float = 0.0) -> pd.DataFrame | None:
    """Rows of ``market_sectors.csv``.

    Parameters
    ----------
    found : a study's chain
    quota_mt : index (year, code), Mt
    points : added to what the market's quota is stated to change by each year, %

    Returns
    -------
    DataFrame, index (year, code), as of :func:`~capshare.indicators.market_sectors.market_and_rest`; None
    where the study names no sectors of the market
    """
    asked, parts, inputs = found.study.market_sectors, found.inputs.market_parts, found.inputs
    if asked is None or parts is None:
        return None
    change = asked.yearly_change_pct
    base = found.study.study.base_year
    constant = inputs.constant_intensity_mt(base)
    growth = None if constant is None else constant.div(inputs.emissions_mt, axis="index")
    return market_and_rest(
        quota_mt.unstack("year"),
        inputs.emissions_mt,
        parts["emissions_mt"].groupby(level="code").sum(),
        growth,
        base_year=base,
        yearly_change_pct=None if change is None else change + points,
    )
