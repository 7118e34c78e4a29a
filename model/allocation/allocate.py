"""From data to quotas and prices: least cost first, then closest to the entitlements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.catalogue import further_of
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.formulation import formulate
from capshare.model.allocation.prices import binding_array, price_array, price_index, priced
from capshare.model.allocation.programme import Programme, programme_of
from capshare.model.allocation.two_stages import (
    MT_YUAN_PER_T_IN_1E8YUAN,
    Quantities,
    closest_value,
    quantities,
    told_without_optimum,
)
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.named import solve_named
from capshare.solvers.program import Solution

HIGHS = "highs"
COLUMNS = pd.Index(Quantities._fields)


@dataclass(frozen=True)
class Allocation:
    """Quotas, trades and prices of one allocation.

    Attributes
    ----------
    quantities : index province; ``quota_mt, abatement_mt, purchase_mt, sale_mt, uncovered_mt,
        carried_in_mt, carried_out_mt, cost_1e8yuan, penalty_1e8yuan``
    prices : index (constraint, name); ``price_yuan_per_t, binding``
    first : solution of the first stage: cost, duality gap, basis
    data : what was allocated
    programme : the first stage as a function of its data, for solving again
    named : the first stage by the solver that was named, where it is not HiGHS
    """

    quantities: pd.DataFrame
    prices: pd.DataFrame
    first: Solution
    data: AllocationData
    programme: Programme
    named: Solution | None = None

    @property
    def objective_1e8yuan(self) -> float:
        """The whole objective of the first stage, 1e8 yuan."""
        return self.first.objective * MT_YUAN_PER_T_IN_1E8YUAN

    @property
    def penalty_1e8yuan(self) -> float:
        """The part of the objective that pays for uncovered emissions, 1e8 yuan."""
        return float(self.quantities["penalty_1e8yuan"].sum())


def allocate(
    data: AllocationData,
    options: HighsOptions | None = None,
    *,
    programme: Programme | None = None,
    solver: str = HIGHS,
) -> Allocation:
    """Split the caps at least cost, and among the cheapest splits choose the closest to entitlements.

    Prices come from the first stage; quotas from the second, which leaves the cost unchanged; sales
    are shared out in proportion to surpluses.

    Parameters
    ----------
    data : provinces, caps, steps, rules
    options : of HiGHS
    programme : of another allocation of the same structure, to save compiling it again
    solver : another solver that Pyomo knows, which then solves the first stage too; prices stay those of
        HiGHS's basis, because at a kink every engine has prices of its own

    Returns
    -------
    Allocation

    Raises
    ------
    NoSplitError
        where the rules contradict each other.
    CapshareError
        where an engine ends without an optimum for another reason, or the solver is not there.
    """
    programme = programme or programme_of(data)
    program = programme(data)
    with told_without_optimum():
        first = solve(program, options)
        named = None if solver == HIGHS else solve_named(formulate(data), program, solver)
    value, further = closest_value(first, data.arrays, options), further_of(data)
    found = quantities(value, program, data.arrays)
    # One block of numbers: pandas takes longer to put nine columns side by side than HiGHS to start.
    frame = pd.DataFrame(np.array(found).T, index=program.columns["quota"].rename("code"), columns=COLUMNS)
    records = priced(program, further)
    prices = pd.DataFrame(
        {
            "price_yuan_per_t": price_array(first, records),
            "binding": binding_array(value, program, records),
        },
        index=price_index(program, records),
    )
    return Allocation(frame, prices, first, data, programme, named)
