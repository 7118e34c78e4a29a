"""Cost steps as given by the user: one price per province."""

from __future__ import annotations

import pandas as pd

from capshare.model.abatement.steps import step_middles, step_table


def flat_price_steps(
    price_yuan_per_t: float | pd.Series,
    emissions_mt: pd.Series,
    *,
    steps: int = 1,
    max_abatement: float = 0.6,
) -> pd.DataFrame:
    """Give every step of a province the same price.

    Parameters
    ----------
    price_yuan_per_t : one price for all, or index code, yuan/t
    emissions_mt : index code, Mt
    steps : number of equal steps; they cost the same, so one says as much as many
    max_abatement : share of emissions cut after the last step

    Returns
    -------
    DataFrame
        index (code, step); ``size_mt, cost_yuan_per_t``

    Raises
    ------
    CapshareError
        If the codes differ or a price is negative or not finite.
    """
    step = step_middles(steps, max_abatement).index
    if isinstance(price_yuan_per_t, pd.Series):
        prices = price_yuan_per_t
    else:
        prices = pd.Series(float(price_yuan_per_t), index=emissions_mt.index)
    return step_table(emissions_mt, pd.DataFrame(dict.fromkeys(step, prices)), max_abatement=max_abatement)
