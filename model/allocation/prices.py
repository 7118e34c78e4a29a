"""The price of every constraint: one sign convention, in one place.

A price is what the last unit of a rule costs, in yuan/t: never negative, but for the cap of a block and
for a planner's "at most" rule (ρ ≤ 0). The solver's dual of a row is the change of cost per Mt added to its
right-hand side; a row that binds from below has its dual for a price, one that binds from above the
opposite, and where the side does not say, the constraint's record does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.model.allocation.constraints.catalogue import CONSTRAINTS
from capshare.model.allocation.constraints.record import Constraint
from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import Components, LinearProgram, Solution, Vector, components

# Mt; a row whose slack is below this is reported as binding.
BINDING_MT = 1e-6
# yuan/t; less is -0.0 or the rounding of a change of basis, and no price.
NO_PRICE_YUAN_PER_T = 1e-9


def priced(program: LinearProgram, further: Iterable[Constraint] = ()) -> tuple[Constraint, ...]:
    """The constraints of a programme that have a price, in the order of its rows.

    Parameters
    ----------
    program : of an allocation
    further : constraints that the data bring beyond those of the model
    """
    return tuple(
        record for record in (*CONSTRAINTS, *further) if record.priced and record.name in program.rows
    )


def sign(record: Constraint, row_lower: Vector) -> Vector | float:
    """What turns the duals of a constraint into prices: 1 or -1, one for all rows or one per row.

    Parameters
    ----------
    record : of the constraint
    row_lower : lower sides of its rows, Mt; finite where a row binds from below
    """
    if record.price_sign is not None:
        return record.price_sign
    return np.where(np.isfinite(row_lower), 1.0, -1.0)


def constraint_prices(first: Solution, further: Iterable[Constraint] = ()) -> pd.Series:
    """Price of every constraint in yuan/t, from the solution of the allocation LP.

    Parameters
    ----------
    first : solution of the first stage; the second has the same quotas' cost but other duals
    further : constraints that the data bring beyond those of the model

    Returns
    -------
    Series, index (constraint, name), yuan/t; absent constraints have no rows
    """
    records = priced(first.program, further)
    index = price_index(first.program, records)
    return pd.Series(price_array(first, records), index=index, name="price_yuan_per_t")


def price_array(first: Solution, records: Iterable[Constraint]) -> Vector:
    """Prices of the rows of some constraints, yuan/t, as :func:`constraint_prices` has them.

    Parameters
    ----------
    first : solution of the first stage
    records : of constraints of its programme
    """
    program, where = first.program, first.program.row_positions
    parts = [sign(r, program.row_lower[where[r.name]]) * first.dual[where[r.name]] for r in records]
    price = np.concatenate(parts)
    price[np.abs(price) <= NO_PRICE_YUAN_PER_T] = 0.0
    return price


def binding_array(value: Vector, program: LinearProgram, records: Iterable[Constraint]) -> NDArray[np.bool_]:
    r"""Which constraints hold with equality in the final allocation.

    .. math:: \min\bigl((Ax)_r-r^-_r,\; r^+_r-(Ax)_r\bigr) \le 10^{-6}\,\text{Mt}

    Parameters
    ----------
    value : x, one per column of the programme, Mt
    program : the first stage
    records : of constraints of the programme

    Returns
    -------
    Array, one per row of :func:`price_array`, in its order
    """
    activity, where = program.matrix @ value, program.row_positions
    slack = np.minimum(activity - program.row_lower, program.row_upper - activity)
    return np.concatenate([slack[where[r.name]] <= BINDING_MT for r in records])


def price_index(program: LinearProgram, records: Iterable[Constraint]) -> pd.MultiIndex:
    """Index (constraint, name) of the rows of some constraints.

    Parameters
    ----------
    program : that has the rows
    records : their constraints
    """
    return _price_index(components(program.rows), tuple(record.name for record in records))


# A few shapes, each with the index of many programmes.
@lru_cache(maxsize=16)
def _price_index(rows: Components, constraints: tuple[str, ...]) -> pd.MultiIndex:
    labels = [rows[name].to_numpy(dtype=object) for name in constraints]
    name, names = pd.factorize(np.concatenate(labels))
    constraint = np.repeat(np.arange(len(constraints)), list(map(len, labels)))
    # Put together by hand: pandas takes longer to find these codes than HiGHS to solve a stage.
    return pd.MultiIndex(
        [list(constraints), pd.Index(names)],
        [constraint.tolist(), name.tolist()],
        names=["constraint", "name"],
    )


def decomposition(prices: pd.Series, data: AllocationData) -> pd.Series:
    r"""Right-hand side of the price identity, for every province.

    .. math:: \lambda_g=\mu_i-\alpha_i+\beta_i+f_i-c_i+(1+T)\sum_{j\in g}\varphi_j\alpha_j
              -(1-T)\sum_{j\in g}\varphi_j\beta_j+\tau_i+\sum_r\rho_r(k_{ri}-s_r)

    and, in a joint allocation over years, what the limits on yearly change add (:func:`link_part`).

    Parameters
    ----------
    prices : index (constraint, name), yuan/t
    data : of the allocation

    Returns
    -------
    Series, index province, yuan/t; equals the price of the province's block
    """
    p, deviation = data.provinces, data.limits.max_deviation
    own: pd.Series = prices["coverage"] + prices["floor"] - prices["ceiling"]
    if data.is_equity_limited:
        above, below = prices["equity_above"], prices["equity_below"]
        moved = (1 + deviation) * p["slope"] * above - (1 - deviation) * p["slope"] * below
        own = own - above + below + p["block"].map(moved.groupby(p["block"]).sum())
    return own + tier_part(prices, data) + rule_part(prices, data) + link_part(prices, data)


def contributions(prices: pd.Series, quota_mt: pd.Series, data: AllocationData) -> pd.DataFrame:
    r"""What each province contributes to the price of its block's cap.

    .. math:: \lambda_g=\frac1{Q_g}\sum_{i\in g}\bigl[x_i(\mu_i+f_i-c_i+\tau_i+\sum_r\rho_r(k_{ri}-s_r))
              -\kappa_i((1+T)\alpha_i-(1-T)\beta_i)-d_i(\alpha_i+\beta_i)\bigr]

    A quota-weighted value of a tonne, not the permit price π.

    Parameters
    ----------
    prices : index (constraint, name), yuan/t
    quota_mt : index province, Mt; any quotas of least cost
    data : of the allocation

    Returns
    -------
    DataFrame, index province; ``value, floor, ceiling, rules, equity, contribution``, all yuan/t
    """
    p, deviation = data.provinces, data.limits.max_deviation
    share = quota_mt / p["block"].map(data.caps_mt)
    parts = pd.DataFrame(
        {
            "value_yuan_per_t": share * prices["coverage"],
            "floor_yuan_per_t": share * prices["floor"],
            "ceiling_yuan_per_t": -share * prices["ceiling"],
            "rules_yuan_per_t": share
            * (tier_part(prices, data) + rule_part(prices, data) + link_part(prices, data)),
            "equity_yuan_per_t": 0.0,
        }
    )
    if data.is_equity_limited:
        pull = (1 + deviation) * prices["equity_above"] - (1 - deviation) * prices["equity_below"]
        either = prices["equity_above"] + prices["equity_below"]
        # 0 × inf is no number: a distance without limit has no price.
        free = (p["distance_mt"] * either).where(either != 0, 0.0)
        parts["equity_yuan_per_t"] = -(p["constant_mt"] * pull + free) / p["block"].map(data.caps_mt)
    parts["contribution_yuan_per_t"] = parts.sum(axis="columns")
    # Adding 0.0 turns the -0.0 of a rule without a price into 0.0.
    return parts + 0.0


def tier_part(prices: pd.Series, data: AllocationData) -> pd.Series:
    r"""What being bound to the cut of a tier adds for each province, :math:`\tau_i`, yuan/t.

    Within a tier :math:`\sum_iB_i\tau_i=0`: what one member pays for the others' sake, they save.

    Parameters
    ----------
    prices : index (constraint, name), yuan/t
    data : of the allocation
    """
    total = pd.Series(0.0, index=data.provinces.index)
    return total.add(prices["tier"], fill_value=0.0) if len(data.tiers) else total


def rule_part(prices: pd.Series, data: AllocationData) -> pd.Series:
    r"""What planners' rules add for each province, :math:`\sum_r\rho_r(k_{ri}-s_r)`, yuan/t.

    Parameters
    ----------
    prices : index (row, label), yuan/t
    data : the allocation that they are prices of
    """
    total = pd.Series(0.0, index=data.provinces.index)
    if not len(data.rules):
        return total
    rho = pd.concat([prices[name] for name in ("rule_at_least", "rule_at_most") if name in prices.index])
    priced = data.rule_weight.mul(rho.rename_axis("rule"), level="rule")
    return total + priced.groupby(level="code").sum()


def link_part(prices: pd.Series, data: AllocationData) -> pd.Series:
    r"""What the limits on yearly change add for each province, yuan/t.

    .. math:: -\eta^+_i+\eta^-_i+(1+s)^n\eta^+_j-(1-s)^n\eta^-_j

    with :math:`\eta^\pm` the prices of the limits on rise and fall, and j the same province in the next year.

    Parameters
    ----------
    prices, data : as of :func:`rule_part`
    """
    total = pd.Series(0.0, index=data.provinces.index)
    smoothing = data.year_links.smoothing
    if not len(smoothing):
        return total
    rise, fall = prices["rise_limit"].reindex(smoothing.index), prices["fall_limit"].reindex(smoothing.index)
    onwards = (smoothing["most"] * rise - smoothing["least"] * fall).groupby(smoothing["earlier"]).sum()
    return total.add(fall - rise, fill_value=0.0).add(onwards, fill_value=0.0)
