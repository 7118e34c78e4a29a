"""The largest yearly change of quotas in a joint allocation of several years, read and replaced."""

from __future__ import annotations

from dataclasses import replace

from capshare.model.allocation.data import AllocationData


def smoothing_share(data: AllocationData) -> float:
    """Largest change of a quota from year to year, a share; of an allocation whose years are tied.

    Parameters
    ----------
    data : of several years, whose quotas may change by a limit
    """
    table = data.year_links.smoothing
    return float((table["most"] ** (1 / table["years"]) - 1).iloc[0])


def smoothed(data: AllocationData, share: float) -> AllocationData:
    r"""Return the data with another largest yearly change s.

    .. math:: (1-s)^{t-t'}x_{it'}\le x_{it}\le(1+s)^{t-t'}x_{it'}

    Parameters
    ----------
    data : a joint allocation of several years
    share : s, from 0 to 1
    """
    table = data.year_links.smoothing
    table = table.assign(most=(1 + share) ** table["years"], least=(1 - share) ** table["years"])
    return replace(data, year_links=replace(data.year_links, smoothing=table))
