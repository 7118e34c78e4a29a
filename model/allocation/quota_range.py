"""How far each quota could move without changing the cost."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from capshare.model.allocation.allocate import Allocation
from capshare.solvers.held_face import HeldFace
from capshare.solvers.highs import HighsOptions

# Mt; a quota that can move less does not count as free.
FREE_MT = 0.001


def quota_ranges(
    allocation: Allocation, provinces: Iterable[str] | None = None, options: HighsOptions | None = None
) -> pd.DataFrame:
    r"""Smallest and largest quota of each province over all allocations of least cost.

    .. math:: \min/\max\; x_i \quad\text{s.t.}\quad C(x,a,b,v,z) = C^*

    Parameters
    ----------
    allocation : a solved allocation
    provinces : whose quotas; by default all
    options : of HiGHS

    Returns
    -------
    DataFrame, index code; ``quota_low_mt, quota_high_mt``, Mt
    """
    face, quota = HeldFace(allocation.first, options), allocation.first.program.columns["quota"]
    index = quota if provinces is None else pd.Index(list(provinces))
    columns = allocation.first.program.column("quota").start + quota.get_indexer(index)
    ends = [
        [face.vertex(np.array([column]), np.array([sign]))[column] for sign in (1.0, -1.0)]
        for column in columns
    ]
    return pd.DataFrame(ends, index=index.rename("code"), columns=["quota_low_mt", "quota_high_mt"])
