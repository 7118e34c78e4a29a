"""The part of a price that comes from the penalty: it moves with P and is no cost of abatement."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.cap import CAP
from capshare.model.allocation.prices import sign
from capshare.solvers.basis import duals_of_cost
from capshare.solvers.program import Solution

# yuan/t; a larger penalty part is flagged.
FLAG_YUAN_PER_T = 1e-6


def cap_price_parts(first: Solution) -> pd.DataFrame:
    r"""Split the price of each block's cap by what it is made of.

    .. math:: \lambda_g = -(c^{abatement} + c^{penalty} + c^{trade})_B B^{-1}

    Parameters
    ----------
    first : solution of the allocation LP, with its basis

    Returns
    -------
    DataFrame, index block; ``abatement_yuan_per_t, penalty_yuan_per_t, trade_yuan_per_t``, which add up to
        the price of the cap
    """
    program = first.program
    parts = {}
    for name, variable in (("abatement", "abatement"), ("penalty", "uncovered"), ("trade", "purchase")):
        cost = np.zeros(len(program.cost))
        where = program.column(variable)
        cost[where] = program.cost[where]
        dual = duals_of_cost(first, cost)[program.row("cap")]
        # Adding 0.0 turns the -0.0 of an idle part into 0.0.
        parts[f"{name}_yuan_per_t"] = sign(CAP, program.row_lower[program.row("cap")]) * dual + 0.0
    return pd.DataFrame(parts, index=program.rows["cap"]).rename_axis("group")
