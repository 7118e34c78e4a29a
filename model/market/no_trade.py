"""What every province would pay if it had to cover its emissions alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import InfeasibleError, Problem
from capshare.model.market.inputs import IN_1E8YUAN, ROUNDING_MT


def no_trade(provinces: pd.DataFrame, steps: pd.DataFrame, outside_yuan_per_t: float | None) -> pd.DataFrame:
    """Cost of covering each deficit by the province's own steps, cheapest first.

    Steps dearer than the outside price are not used: uncovered emissions cost less. A surplus is worth
    nothing without trade.

    Parameters
    ----------
    provinces : index ``code``; ``emissions_mt, quota_mt``, Mt CO2
    steps : index (``code``, ``step``); ``size_mt, cost_yuan_per_t``
    outside_yuan_per_t : price of emissions that stay uncovered; None or infinite: there must be none

    Returns
    -------
    DataFrame, index ``code``; ``no_trade_cost_1e8yuan`` (with what is uncovered), ``uncovered_no_trade_mt``.

    Raises
    ------
    InfeasibleError
        where provinces cannot cover their emissions and no outside price is given; each is named.
    """
    outside = np.inf if outside_yuan_per_t is None else outside_yuan_per_t
    deficit = (provinces["emissions_mt"] - provinces["quota_mt"]).clip(lower=0.0)
    ordered = steps.sort_values("cost_yuan_per_t", kind="stable")
    usable = ordered["size_mt"].where(ordered["cost_yuan_per_t"] <= outside, 0.0)
    code = ordered.index.get_level_values(0)
    before = usable.groupby(level=0).cumsum() - usable
    left = pd.Series(deficit.reindex(code).to_numpy(), index=ordered.index) - before
    used = usable.clip(upper=left.clip(lower=0.0))
    covered = used.groupby(level=0).sum().reindex(provinces.index)
    uncovered = deficit - covered
    uncovered = uncovered.where(uncovered > ROUNDING_MT, 0.0)
    if outside == np.inf and uncovered.any():
        raise _not_alone(uncovered[uncovered > 0])
    cost = (used * ordered["cost_yuan_per_t"]).groupby(level=0).sum().reindex(provinces.index)
    # 0 times an infinite price would be no number.
    penalty = uncovered * (0.0 if outside == np.inf else outside)
    return pd.DataFrame(
        {"no_trade_cost_1e8yuan": IN_1E8YUAN * (cost + penalty), "uncovered_no_trade_mt": uncovered}
    )


def _not_alone(uncovered_mt: pd.Series) -> InfeasibleError:
    remedy = "Give outside_yuan_per_t, a price for emissions without cover, to compare with no trade."
    return InfeasibleError(
        Problem("clear_market", f"steps of {code}", "enough to cover it alone", f"{value:g} Mt short", remedy)
        for code, value in uncovered_mt.items()
    )
