"""Cost steps as given by the user: one price per province, or a table."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.steps import step_middles, step_table

COLUMNS = ("code", "step", "cost_yuan_per_t")


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


def given_steps(costs: pd.DataFrame, emissions_mt: pd.Series, *, max_abatement: float = 0.6) -> pd.DataFrame:
    """Read the steps' costs from a table; the sizes are equal steps of the study's emissions.

    Parameters
    ----------
    costs : columns ``code, step, cost_yuan_per_t``; every province has the same steps
    emissions_mt : index code, Mt
    max_abatement : share of emissions cut after the last step

    Returns
    -------
    DataFrame
        index (code, step); ``size_mt, cost_yuan_per_t``

    Raises
    ------
    CapshareError
        If a column is absent, a step is missing or given twice, codes differ, or costs fall.
    """
    absent = [name for name in COLUMNS if name not in costs.columns]
    if absent:
        raise CapshareError(
            Problem(
                "given costs", "header", ", ".join(COLUMNS), f"no {', '.join(absent)}", "Add the columns."
            )
        )
    twice = costs.loc[costs.duplicated(["code", "step"])]
    if not twice.empty:
        raise CapshareError(
            Problem("given costs", f"{code}, step {step}", "one row", "several", "Keep one of them.")
            for code, step in twice[["code", "step"]].drop_duplicates().itertuples(index=False)
        )
    by_step = costs.pivot(index="code", columns="step", values="cost_yuan_per_t").sort_index(axis=1)
    return step_table(emissions_mt, by_step, max_abatement=max_abatement)
