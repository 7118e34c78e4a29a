r"""The allocation LP: one builder per constraint, each readable as the formula beside it.

.. math:: \min \sum_{is} c_{is}a_{is} + P\sum_i z_i + \varepsilon\sum_i b_i

All quantities are Mt CO2, all costs yuan/t, so the objective counts 1e6 yuan. Every coefficient that a
study can change is a mutable parameter of its own, mapped to the arrays by :mod:`capshare.solvers.compiled`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from capshare.model.allocation.data import AllocationData


def formulate(data: AllocationData) -> Any:
    """Return the allocation LP as a Pyomo model.

    Parameters
    ----------
    data : provinces, blocks, steps and rules; quantities in Mt, costs in yuan/t

    Returns
    -------
    pyomo ConcreteModel; its components are named like the rows of the price table
    """
    import pyomo.environ as pyo

    m = pyo.ConcreteModel(name="allocation")
    _declare(m, data)
    m.objective = pyo.Objective(rule=least_cost)
    m.block_total = pyo.Constraint(m.blocks, rule=block_total)
    m.cap = pyo.Constraint(m.blocks, rule=cap)
    m.coverage = pyo.Constraint(m.provinces, rule=coverage)
    if data.is_equity_limited:
        m.entitled = pyo.Constraint(m.provinces, rule=entitled)
        m.equity_above = pyo.Constraint(m.provinces, rule=equity_above)
        m.equity_below = pyo.Constraint(m.provinces, rule=equity_below)
    m.floor = pyo.Constraint(m.provinces, rule=floor)
    m.ceiling = pyo.Constraint(m.provinces, rule=ceiling)
    m.purchase_limit = pyo.Constraint(m.provinces, rule=purchase_limit)
    m.market = pyo.Constraint(m.periods, rule=market)
    m.rule_at_least = pyo.Constraint(m.rules_at_least, rule=rule_at_least)
    m.rule_at_most = pyo.Constraint(m.rules_at_most, rule=rule_at_most)
    m.rise_limit = pyo.Constraint(m.later, rule=rise_limit)
    m.fall_limit = pyo.Constraint(m.later, rule=fall_limit)
    m.carry_limit = pyo.Constraint(m.carriers, rule=carry_limit)
    return m


def least_cost(m: Any) -> Any:
    """Σ c_is a_is + P Σ z_i + ε Σ b_i"""
    abatement = sum(m.step_cost[key] * m.abatement[key] for key in m.steps)
    uncovered = sum(m.penalty * m.uncovered[i] for i in m.provinces)
    trade = sum(m.trade_cost * m.purchase[i] for i in m.provinces)
    return abatement + uncovered + trade


def block_total(m: Any, g: str) -> Any:
    """X_g = Σ_{i∈g} x_i"""
    return m.block_quota[g] == sum(m.quota[i] for i in m.members[g])


def cap(m: Any, g: str) -> Any:
    """X_g = Q_g"""
    return m.block_quota[g] == m.cap_amount[g]


def coverage(m: Any, i: str) -> Any:
    """E_i − Σ_s a_is − z_i ≤ x_i + b_i − v_i + Σ_j k_ji − Σ_j k_ij"""
    carried = sum(m.carry[key] for key in m.carried_into[i]) - sum(m.carry[key] for key in m.carried_from[i])
    covered = m.quota[i] + m.purchase[i] - m.sale[i] + carried
    return covered + sum(m.abatement[key] for key in m.steps_of[i]) + m.uncovered[i] >= m.emissions[i]


def entitled(m: Any, i: str) -> Any:
    """e_i = κ_i + φ_i X_g"""
    return m.entitlement[i] - m.slope[i] * m.block_quota[m.block_of[i]] == m.constant[i]


def equity_above(m: Any, i: str) -> Any:
    """x_i ≤ (1 + T) e_i"""
    return m.quota[i] - m.most * m.entitlement[i] <= 0


def equity_below(m: Any, i: str) -> Any:
    """(1 − T) e_i ≤ x_i"""
    return m.quota[i] - m.least * m.entitlement[i] >= 0


def floor(m: Any, i: str) -> Any:
    """ℓ_i ≤ x_i"""
    return m.quota[i] >= m.floor_amount[i]


def ceiling(m: Any, i: str) -> Any:
    """x_i ≤ u_i"""
    return m.quota[i] <= m.ceiling_amount[i]


def purchase_limit(m: Any, i: str) -> Any:
    """b_i ≤ τ E_i"""
    return m.purchase[i] <= m.purchase_amount[i]


def market(m: Any, t: str) -> Any:
    """Σ b_i = Σ v_i, in each period"""
    return sum(m.purchase[i] - m.sale[i] for i in m.trading[t]) == 0


def rule_at_least(m: Any, r: str) -> Any:
    """Σ_i (k_ri − s_r) x_i ≥ G_r"""
    return sum(m.rule_weight[r, i] * m.quota[i] for i in m.provinces) >= m.rule_bound[r]


def rule_at_most(m: Any, r: str) -> Any:
    """Σ_i (k_ri − s_r) x_i ≤ G_r"""
    return sum(m.rule_weight[r, i] * m.quota[i] for i in m.provinces) <= m.rule_bound[r]


def rise_limit(m: Any, i: str) -> Any:
    """x_i ≤ (1 + s)^n x_j, j the same province n years before"""
    return m.quota[i] - m.change_most[i] * m.quota[m.earlier[i]] <= 0


def fall_limit(m: Any, i: str) -> Any:
    """x_i ≥ (1 − s)^n x_j, j the same province n years before"""
    return m.quota[i] - m.change_least[i] * m.quota[m.earlier[i]] >= 0


def carry_limit(m: Any, i: str) -> Any:
    """Σ_j k_ij ≤ L E_i, j the same province in later years"""
    return sum(m.carry[key] for key in m.carried_from[i]) <= m.carry_amount[i]


def _declare(m: Any, data: AllocationData) -> None:
    """Declare the sets, the parameters with their present values, and the variables with their bounds."""
    import pyomo.environ as pyo

    provinces, blocks = list(data.provinces.index), list(data.caps_mt.index)
    m.provinces, m.blocks = pyo.Set(initialize=provinces), pyo.Set(initialize=blocks)
    m.steps = pyo.Set(initialize=list(data.steps.index), dimen=2)
    m.rules_at_least = pyo.Set(initialize=list(data.rules.index[data.rules["sense"] == "at least"]))
    m.rules_at_most = pyo.Set(initialize=list(data.rules.index[data.rules["sense"] == "at most"]))
    _declare_years(m, data)
    m.block_of = data.provinces["block"].to_dict()
    m.members = {g: [i for i in provinces if m.block_of[i] == g] for g in blocks}
    m.steps_of = {i: [(i, step) for step in data.steps_of(i)] for i in provinces}
    for name, value in data.parameters().items():
        if isinstance(value, pd.Series):
            parameter = pyo.Param(list(value.index), initialize=value.to_dict(), mutable=True)
        else:
            parameter = pyo.Param(initialize=float(value), mutable=True)
        m.add_component(name, parameter)
    # Free: a floor of 0 keeps quotas from being negative, and a bound beside it would share its price.
    m.quota = pyo.Var(m.provinces, domain=pyo.Reals)
    m.block_quota = pyo.Var(m.blocks, domain=pyo.Reals)
    if data.is_equity_limited:
        m.entitlement = pyo.Var(m.provinces, domain=pyo.Reals)
    m.abatement = pyo.Var(m.steps, bounds=lambda m, *key: (0, m.step_size[key]))
    m.purchase = pyo.Var(m.provinces, domain=pyo.NonNegativeReals)
    m.sale = pyo.Var(m.provinces, domain=pyo.NonNegativeReals)
    m.uncovered = pyo.Var(m.provinces, domain=pyo.NonNegativeReals)
    m.carry = pyo.Var(m.carries, domain=pyo.NonNegativeReals)


def _declare_years(m: Any, data: AllocationData) -> None:
    """Declare the periods and what ties them."""
    import pyomo.environ as pyo

    period, links = data.provinces["period"], data.links
    m.periods = pyo.Set(initialize=sorted(period.unique()))
    m.trading = {t: list(period.index[period == t]) for t in m.periods}
    m.later = pyo.Set(initialize=list(links.smoothing.index))
    m.earlier = links.smoothing["earlier"].to_dict()
    m.carriers = pyo.Set(initialize=list(links.carry_limit_mt.index))
    m.carries = pyo.Set(initialize=list(links.carries), dimen=2)
    m.carried_from = {i: [key for key in links.carries if key[0] == i] for i in period.index}
    m.carried_into = {i: [key for key in links.carries if key[1] == i] for i in period.index}
