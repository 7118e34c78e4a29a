"""From data to quotas and prices: least cost first, then closest to the entitlements."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.formulation import formulate
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.allocation.prices import binding, constraint_prices
from capshare.model.allocation.programme import Programme, programme_of
from capshare.model.allocation.second_stage import closest_program
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.named import solve_named
from capshare.solvers.program import Solution, UnsolvedError

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
    quantities = _quantities(second, data)
    price = constraint_prices(first)
    prices = pd.DataFrame(
        {"price_yuan_per_t": price, "binding": binding(quantities, data).reindex(price.index)}
    )
    return Allocation(quantities, prices, first, data, programme, named)


def _quantities(second: Solution, data: AllocationData) -> pd.DataFrame:
    abatement = second.values("abatement")
    frame = pd.DataFrame({"quota_mt": second.values("quota"), "uncovered_mt": second.values("uncovered")})
    frame["abatement_mt"] = abatement.groupby(level=0).sum()
    for end, column in (("end", "carried_in_mt"), ("start", "carried_out_mt")):
        frame[column] = 0.0
        if len(data.links.carries):
            carried = second.values("carry").set_axis(data.links.carries)
            frame[column] = carried.groupby(level=end).sum().reindex(frame.index, fill_value=0.0)
    kept = data.provinces["emissions_mt"] - frame["abatement_mt"] - frame["uncovered_mt"]
    need = kept - frame["quota_mt"] - frame["carried_in_mt"] + frame["carried_out_mt"]
    frame[["purchase_mt", "sale_mt"]] = trades(need, data.provinces["period"])
    cost = (abatement * data.steps["cost_yuan_per_t"].reindex(abatement.index)).groupby(level=0).sum()
    frame["cost_1e8yuan"] = cost * MT_YUAN_PER_T_IN_1E8YUAN
    penalty = frame["uncovered_mt"] * data.terms.penalty_yuan_per_t
    frame["penalty_1e8yuan"] = penalty * MT_YUAN_PER_T_IN_1E8YUAN
    return frame.rename_axis("code")


def trades(need_mt: pd.Series, period: pd.Series) -> pd.DataFrame:
    r"""Who buys what it lacks, and who sells how much of its surplus, in each period's market.

    .. math:: b_i = \max(n_i, 0),\quad v_i = \frac{\max(-n_i,0)}{\sum_j\max(-n_j,0)}\sum_j b_j

    Parameters
    ----------
    need_mt : index province; emissions less abatement, quota and what is carried in, n, Mt
    period : index province; name of its market

    Returns
    -------
    DataFrame, index province; ``purchase_mt, sale_mt``
    """
    # Subtracted from 0.0 so that a balanced province sells 0.0, not -0.0.
    purchase, surplus = need_mt.clip(lower=0.0), (0.0 - need_mt).clip(lower=0.0)
    wanted, on_offer = purchase.groupby(period).transform("sum"), surplus.groupby(period).transform("sum")
    sale = (surplus * wanted / on_offer.where(on_offer > 0, 1.0)).where(on_offer > 0, 0.0)
    return pd.DataFrame({"purchase_mt": purchase, "sale_mt": sale})
