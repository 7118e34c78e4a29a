"""The largest yearly change of quotas that lets some split satisfy all rules of tied years."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.found_repair import Repair, shown_feasible
from capshare.model.allocation.infeasibility.outwards import plain
from capshare.model.allocation.programme import Programme
from capshare.model.allocation.smoothing import smoothing_share

# The share is found to a hundredth of a per cent.
SMOOTHING_DIGITS = 1e-4


def smoothing_repair(
    data: AllocationData,
    programme: Programme,
    turned: Callable[[float], AllocationData],
    highest: float = 1.0,
) -> Repair:
    """Find the largest yearly change by bisection: it multiplies quotas, so no linear programme finds it.

    Parameters
    ----------
    data, programme : as of :func:`~capshare.model.allocation.infeasibility.repair.repairs`; years are tied
    turned : largest yearly change, a share → the data with it
    highest : largest share that may be asked for
    """
    now = low = smoothing_share(data)
    high = highest
    if low >= high or not shown_feasible(programme(turned(high))):
        return Repair("smoothing", "")
    while high - low > SMOOTHING_DIGITS / 2:
        middle = (low + high) / 2
        if shown_feasible(programme(turned(middle))):
            high = middle
        else:
            low = middle
    share = min(highest, plain(np.ceil(high / SMOOTHING_DIGITS) * SMOOTHING_DIGITS))
    return Repair("smoothing", "", pd.Series({"": share}), pd.Series({"": share - now}), turned(share))
