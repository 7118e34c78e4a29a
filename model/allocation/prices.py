"""The price of every constraint: one sign convention, in one place.

A price is what the last unit of a rule costs, in yuan/t: never negative, but for the cap of a block and
for a planner's "at most" rule (ρ ≤ 0). The solver's dual of a row is the change of cost per Mt added to its
right-hand side; ``SIGN`` turns it into the price.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import Solution

SIGN: Mapping[str, float] = {
    "cap": -1.0,
    "coverage": 1.0,
    "equity_above": -1.0,
    "equity_below": 1.0,
    "floor": 1.0,
    "ceiling": -1.0,
    "purchase_limit": -1.0,
    "market": -1.0,
    "rule_at_least": 1.0,
    "rule_at_most": 1.0,
    "rise_limit": -1.0,
    "fall_limit": 1.0,
    "carry_limit": -1.0,
}

# Mt; a row whose slack is below this is reported as binding.
BINDING_MT = 1e-6


def constraint_prices(first: Solution) -> pd.Series:
    """Price of every constraint in yuan/t, from the solution of the allocation LP.

    Parameters
    ----------
    first : solution of the first stage; the second has the same quotas' cost but other duals

    Returns
    -------
    Series, index (constraint, name), yuan/t; absent constraints have no rows
    """
    rows = {name: first.program.rows[name] for name in SIGN if name in first.program.rows}
    price = np.concatenate([SIGN[name] * first.dual[first.program.row(name)] for name in rows])
    # -0.0 and the last digit of a basis change are no price.
    price[np.abs(price) <= 1e-9] = 0.0
    constraint = np.repeat(list(rows), [len(labels) for labels in rows.values()])
    name = np.concatenate([labels.to_numpy(dtype=object) for labels in rows.values()])
    index = pd.MultiIndex.from_arrays([constraint, name], names=["constraint", "name"])
    return pd.Series(price, index=index, name="price_yuan_per_t")


def binding(quantities: pd.DataFrame, data: AllocationData) -> pd.Series:
    """Which constraints hold with equality in the final allocation.

    Parameters
    ----------
    quantities : index province; ``quota_mt, abatement_mt, purchase_mt, sale_mt, uncovered_mt, carried_in_mt,
        carried_out_mt``
    data : of the allocation

    Returns
    -------
    Series of bool, index (constraint, name)
    """
    slack = {**_own_slack(quantities, data), **_rule_slack(quantities["quota_mt"], data)}
    if len(data.links.smoothing):
        later, quota = data.links.smoothing, quantities["quota_mt"]
        before = later["earlier"].map(quota)
        slack["rise_limit"] = later["most"] * before - quota.reindex(later.index)
        slack["fall_limit"] = quota.reindex(later.index) - later["least"] * before
    if len(data.links.carries):
        limit = data.links.carry_limit_mt
        slack["carry_limit"] = limit - quantities["carried_out_mt"].reindex(limit.index)
    found = pd.concat({name: series for name, series in slack.items() if len(series)})
    binds: pd.Series = found.abs() <= BINDING_MT
    return binds.rename_axis(["constraint", "name"])


def _own_slack(q: pd.DataFrame, data: AllocationData) -> dict[str, pd.Series]:
    """Slack of the rules that every allocation has, Mt."""
    p, quota, entitlement = data.provinces, q["quota_mt"], data.provinces["entitlement_mt"]
    bought, carried = q["purchase_mt"] - q["sale_mt"], q["carried_in_mt"] - q["carried_out_mt"]
    covered = quota + bought + carried + q["abatement_mt"] + q["uncovered_mt"]
    slack = {
        "cap": quota.groupby(p["block"]).sum() - data.caps_mt,
        "coverage": covered - p["emissions_mt"],
        "floor": quota - p["floor_mt"],
        "ceiling": p["ceiling_mt"] - quota,
        "purchase_limit": p["purchase_limit_mt"] - q["purchase_mt"],
        "market": bought.groupby(p["period"]).sum(),
    }
    if data.is_equity_limited:
        slack["equity_above"] = (1 + data.terms.max_deviation) * entitlement - quota
        slack["equity_below"] = quota - (1 - data.terms.max_deviation) * entitlement
    return slack


def _rule_slack(quota_mt: pd.Series, data: AllocationData) -> dict[str, pd.Series]:
    """Slack of the planners' rules, Mt."""
    if not len(data.rules):
        return {}
    total = data.rule_weight.mul(quota_mt, level="code").groupby(level="rule").sum()
    gap = total - data.rules["bound_mt"]
    senses = {"rule_at_least": "at least", "rule_at_most": "at most"}
    return {name: gap[data.rules["sense"] == sense] for name, sense in senses.items()}


def decomposition(prices: pd.Series, data: AllocationData) -> pd.Series:
    r"""Right-hand side of the price identity, for every province.

    .. math:: \lambda_g=\mu_i-\alpha_i+\beta_i+f_i-c_i+(1+T)\sum_{j\in g}\varphi_j\alpha_j
              -(1-T)\sum_{j\in g}\varphi_j\beta_j+\sum_r\rho_r(k_{ri}-s_r)

    and, in a joint allocation over years, what the limits on yearly change add (:func:`link_part`).

    Parameters
    ----------
    prices : index (constraint, name), yuan/t
    data : of the allocation

    Returns
    -------
    Series, index province, yuan/t; equals the price of the province's block
    """
    p, deviation = data.provinces, data.terms.max_deviation
    own: pd.Series = prices["coverage"] + prices["floor"] - prices["ceiling"]
    if data.is_equity_limited:
        above, below = prices["equity_above"], prices["equity_below"]
        moved = (1 + deviation) * p["slope"] * above - (1 - deviation) * p["slope"] * below
        own = own - above + below + p["block"].map(moved.groupby(p["block"]).sum())
    return own + rule_part(prices, data) + link_part(prices, data)


def contributions(prices: pd.Series, quota_mt: pd.Series, data: AllocationData) -> pd.DataFrame:
    r"""What each province contributes to the price of its block's cap.

    .. math:: \lambda_g=\frac1{Q_g}\sum_{i\in g}\bigl[x_i(\mu_i+f_i-c_i+\sum_r\rho_r(k_{ri}-s_r))
              -\kappa_i((1+T)\alpha_i-(1-T)\beta_i)\bigr]

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
    p, deviation = data.provinces, data.terms.max_deviation
    share = quota_mt / p["block"].map(data.caps_mt)
    parts = pd.DataFrame(
        {
            "value_yuan_per_t": share * prices["coverage"],
            "floor_yuan_per_t": share * prices["floor"],
            "ceiling_yuan_per_t": -share * prices["ceiling"],
            "rules_yuan_per_t": share * (rule_part(prices, data) + link_part(prices, data)),
            "equity_yuan_per_t": 0.0,
        }
    )
    if data.is_equity_limited:
        pull = (1 + deviation) * prices["equity_above"] - (1 - deviation) * prices["equity_below"]
        parts["equity_yuan_per_t"] = -p["constant_mt"] * pull / p["block"].map(data.caps_mt)
    parts["contribution_yuan_per_t"] = parts.sum(axis="columns")
    # Adding 0.0 turns the -0.0 of a rule without a price into 0.0.
    return parts + 0.0


def rule_part(prices: pd.Series, data: AllocationData) -> pd.Series:
    r"""What planners' rules add for each province, :math:`\sum_r\rho_r(k_{ri}-s_r)`, yuan/t."""
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
    """
    total = pd.Series(0.0, index=data.provinces.index)
    smoothing = data.links.smoothing
    if not len(smoothing):
        return total
    rise, fall = prices["rise_limit"].reindex(smoothing.index), prices["fall_limit"].reindex(smoothing.index)
    onwards = (smoothing["most"] * rise - smoothing["least"] * fall).groupby(smoothing["earlier"]).sum()
    return total.add(fall - rise, fill_value=0.0).add(onwards, fill_value=0.0)
