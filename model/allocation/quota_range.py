"""How far each quota could move without changing the cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from capshare.model.allocation.allocate import Allocation
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.optimal_face import optimal_face


def quota_ranges(allocation: Allocation, options: HighsOptions | None = None) -> pd.DataFrame:
    r"""Smallest and largest quota of each province over all allocations of least cost.

    .. math:: \min/\max\; x_i \quad\text{s.t.}\quad C(x,a,b,v,z) = C^*

    Parameters
    ----------
    allocation : a solved allocation
    options : of HiGHS

    Returns
    -------
    DataFrame, index code; ``quota_low_mt, quota_high_mt``, Mt
    """
    face = optimal_face(allocation.first)
    where, start = face.column("quota"), allocation.first.basis
    ends = []
    for column in range(where.start, where.stop):
        cost = np.zeros(len(face.cost))
        cost[column] = 1.0
        low = solve(replace(face, cost=cost), options, start)
        high = solve(replace(face, cost=-cost), options, low.basis)
        ends.append((low.value[column], high.value[column]))
        start = high.basis
    return pd.DataFrame(ends, index=face.columns["quota"], columns=["quota_low_mt", "quota_high_mt"])
