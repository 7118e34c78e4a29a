"""One-sided prices of the caps: what the next tonne saves and what the last one saved."""

from __future__ import annotations

import pandas as pd

from capshare.errors import CapshareError
from capshare.model.allocate import Allocation
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import UnsolvedError

DELTA_MT = 0.01


def one_sided_prices(allocation: Allocation, options: HighsOptions | None = None) -> pd.DataFrame:
    r"""Prices of each block's cap to the right and to the left, entitlements recomputed.

    .. math:: \lambda^{low} = -\frac{C(Q_g+\delta)-C(Q_g)}{\delta},\qquad
              \lambda^{high} = -\frac{C(Q_g)-C(Q_g-\delta)}{\delta}

    The two differ at a kink of the cost, where a single price would be one of many.

    Parameters
    ----------
    allocation : an allocation; its basis starts each new solve
    options : of HiGHS

    Returns
    -------
    DataFrame, index block; ``price_low_yuan_per_t`` (next δ = 0.01 Mt),
    ``price_high_yuan_per_t`` (last δ); None where that side is infeasible
    """
    rows = {}
    for block in allocation.data.caps_mt.index:
        after = _cost(allocation, block, DELTA_MT, options)
        before = _cost(allocation, block, -DELTA_MT, options)
        cost = allocation.first.objective
        rows[block] = {
            "price_low_yuan_per_t": None if after is None else (cost - after) / DELTA_MT,
            "price_high_yuan_per_t": None if before is None else (before - cost) / DELTA_MT,
        }
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object).rename_axis("group")


def _cost(allocation: Allocation, block: str, change_mt: float, options: HighsOptions | None) -> float | None:
    caps = allocation.data.caps_mt.copy()
    caps[block] += change_mt
    try:
        data = allocation.data.with_caps(caps)
        program = allocation.compiled.program(data.parameters())
        return solve(program, options, allocation.first.basis).objective
    except (CapshareError, UnsolvedError):
        # No room for this cap: the side has no price.
        return None
