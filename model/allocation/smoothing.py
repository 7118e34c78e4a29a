"""The largest yearly change of quotas in a joint allocation of several years, read and replaced."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.years import year_of


def smoothing_share(data: AllocationData) -> float:
    """Largest change of a quota from year to year, a share; of an allocation whose years are tied.

    Parameters
    ----------
    data : of several years, whose quotas may change by a limit
    """
    return float((data.year_links.smoothing["most"] ** (1 / _gaps(data)) - 1).iloc[0])


def smoothed(data: AllocationData, share: float) -> AllocationData:
    r"""Return the data with another largest yearly change s.

    .. math:: (1-s)^{t-t'}x_{it'}\le x_{it}\le(1+s)^{t-t'}x_{it'}

    Parameters
    ----------
    data : a joint allocation of several years
    share : s, from 0 to 1
    """
    gap = _gaps(data)
    table = data.year_links.smoothing.assign(most=(1 + share) ** gap, least=(1 - share) ** gap)
    return replace(data, year_links=replace(data.year_links, smoothing=table))


def _gaps(data: AllocationData) -> pd.Series:
    """Years between a later unit and the earlier one it is tied to."""
    table = data.year_links.smoothing
    later = year_of(table.index).get_level_values("year")
    earlier = year_of(pd.Index(table["earlier"])).get_level_values("year")
    return pd.Series(later.to_numpy() - earlier.to_numpy(), index=table.index)
