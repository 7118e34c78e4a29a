"""From data to quotas and prices: least cost first, then closest to the entitlements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.model.allocation.constraints.catalogue import further_of
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.formulation import formulate
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.allocation.prices import binding, constraint_prices
from capshare.model.allocation.programme import Programme, programme_of
from capshare.model.allocation.second_stage import closest_program
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.named import solve_named
from capshare.solvers.program import LinearProgram, Solution, UnsolvedError, Vector

HIGHS = "highs"
# Mt × yuan/t is 1e6 yuan.
MT_YUAN_PER_T_IN_1E8YUAN = 0.01


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
    try:
        first = solve(program, options)
        named = None if solver == HIGHS else solve_named(formulate(data), program, solver)
    except UnsolvedError as unsolved:
        if "infeasible" in unsolved.status:
            raise NoSplitError from unsolved
        raise CapshareError(
            Problem("solver", "", "an optimum", f"status {unsolved.status}",
                    "Choose another method, or wider tolerances, in [solver].")
        ) from unsolved  # fmt: skip
    second = solve(closest_program(first, data.provinces["entitlement_mt"]), options)
    value = _with_trades(second, data)
    prices = constraint_prices(first, further_of(data)).to_frame()
    prices["binding"] = binding(value, program, further_of(data))
    return Allocation(_quantities(value, second.program, data), prices, first, data, programme, named)


def _with_trades(second: Solution, data: AllocationData) -> Vector:
    """The columns of the first stage, Mt, with what is sold in proportion to surpluses."""
    program = second.program
    value = second.value[: program.column("above").start].copy()
    kept = _of(data, "emissions_mt") - _abatement(value, program) - value[program.column("uncovered")]
    entering, leaving = _carried(value, program)
    need = kept - value[program.column("quota")] - entering + leaving
    bought, sold = trades(need, pd.factorize(data.provinces["period"])[0])
    value[program.column("purchase")], value[program.column("sale")] = bought, sold
    return value


def _quantities(value: Vector, program: LinearProgram, data: AllocationData) -> pd.DataFrame:
    uncovered = value[program.column("uncovered")]
    entering, leaving = _carried(value, program)
    spent = _abatement(value, program, data.steps["cost_yuan_per_t"].to_numpy(dtype=float))
    penalty = uncovered * data.limits.penalty_yuan_per_t
    columns = {
        "quota_mt": value[program.column("quota")],
        "uncovered_mt": uncovered,
        "abatement_mt": _abatement(value, program),
        "carried_in_mt": entering,
        "carried_out_mt": leaving,
        "purchase_mt": value[program.column("purchase")],
        "sale_mt": value[program.column("sale")],
        "cost_1e8yuan": spent * MT_YUAN_PER_T_IN_1E8YUAN,
        "penalty_1e8yuan": penalty * MT_YUAN_PER_T_IN_1E8YUAN,
    }
    return pd.DataFrame(columns, index=program.columns["quota"].rename("code"))


def _abatement(value: Vector, program: LinearProgram, weight: Vector | float = 1.0) -> Vector:
    """What a province abates, over its steps; weighted by their costs where these are given."""
    provinces, steps = program.columns["quota"], program.columns["abatement"]
    assert isinstance(steps, pd.MultiIndex)
    place = provinces.get_indexer(steps.levels[0])[steps.codes[0]]
    return _summed(place, value[program.column("abatement")] * weight, len(provinces))


def _carried(value: Vector, program: LinearProgram) -> tuple[Vector, Vector]:
    """Quota that enters each province's year from earlier ones, and that leaves it for later ones."""
    provinces = program.columns["quota"]
    if "carry" not in program.columns:
        return np.zeros(len(provinces)), np.zeros(len(provinces))
    carries, amount = program.columns["carry"], value[program.column("carry")]
    leaving, entering = (provinces.get_indexer(carries.get_level_values(end)) for end in (0, 1))
    n = len(provinces)
    return _summed(entering, amount, n), _summed(leaving, amount, n)


def _summed(place: NDArray[np.intp], amount: Vector, n: int) -> Vector:
    """Amounts added up by their place, one sum for each of n."""
    return np.bincount(place, amount, minlength=n).astype(float)


def _of(data: AllocationData, column: str) -> Vector:
    return data.provinces[column].to_numpy(dtype=float)


def trades(need_mt: Vector, market: NDArray[np.intp]) -> tuple[Vector, Vector]:
    r"""Who buys what it lacks, and who sells how much of its surplus, in each market.

    .. math:: b_i = \max(n_i, 0),\quad v_i = \frac{\max(-n_i,0)}{\sum_j\max(-n_j,0)}\sum_j b_j

    Parameters
    ----------
    need_mt : one per province; emissions less abatement, quota and what is carried in, n, Mt
    market : one per province; number of its market, from 0

    Returns
    -------
    purchases and sales, one per province, Mt
    """
    # Subtracted from 0.0 so that a balanced province sells 0.0, not -0.0.
    purchase, surplus = np.maximum(need_mt, 0.0), np.maximum(0.0 - need_mt, 0.0)
    wanted, offered = (np.bincount(market, part)[market] for part in (purchase, surplus))
    share = np.divide(wanted, offered, out=np.zeros_like(wanted), where=offered > 0)
    return purchase, surplus * share
