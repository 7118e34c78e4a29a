r"""The allocation LP as a Pyomo model: what is minimised, its variables and parameters.

.. math:: \min \sum_{is} c_{is}a_{is} + P\sum_i z_i + \varepsilon\sum_i b_i

subject to the rows of :mod:`capshare.model.allocation.constraints`. All quantities are Mt CO2, all costs
yuan/t, so the objective counts 1e6 yuan. Every coefficient that a study can change is a mutable parameter
of its own, mapped to the arrays by :mod:`capshare.solvers.compiled`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from capshare.model.allocation.arrays_of_frames import tier_names
from capshare.model.allocation.constraints.catalogue import constraints_of
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.limits import tied


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
    for record in constraints_of(data):
        labels = list(record.labels(data))
        m.add_component(record.name, pyo.Constraint(labels, rule=record.expression))
    return m


def least_cost(m: Any) -> Any:
    """Σ c_is a_is + P Σ z_i + ε Σ b_i

    Parameters
    ----------
    m : Pyomo model; abatement, uncovered and purchase in Mt, costs in yuan/t
    """
    abatement = sum(m.step_cost[key] * m.abatement[key] for key in m.steps)
    uncovered = sum(m.penalty * m.uncovered[i] for i in m.provinces)
    trade = sum(m.trade_cost * m.purchase[i] for i in m.provinces)
    return abatement + uncovered + trade


def _declare(m: Any, data: AllocationData) -> None:
    """Declare the sets, the parameters with their present values, and the variables with their bounds."""
    import pyomo.environ as pyo

    provinces, blocks = list(data.provinces.index), list(data.caps_mt.index)
    m.provinces, m.blocks = pyo.Set(initialize=provinces), pyo.Set(initialize=blocks)
    m.steps = pyo.Set(initialize=list(data.steps.index), dimen=2)
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
    if len(data.tiers):
        m.tier_of = data.tiers.to_dict()
        m.tier_quota = pyo.Var(tier_names(data.tiers), domain=pyo.Reals)
    m.abatement = pyo.Var(m.steps, bounds=lambda m, *key: (0, m.step_size[key]))
    m.purchase = pyo.Var(m.provinces, domain=pyo.NonNegativeReals)
    m.sale = pyo.Var(m.provinces, domain=pyo.NonNegativeReals)
    m.uncovered = pyo.Var(m.provinces, domain=pyo.NonNegativeReals)
    m.carry = pyo.Var(m.carries, domain=pyo.NonNegativeReals)


def _declare_years(m: Any, data: AllocationData) -> None:
    """Declare the periods and what ties them."""
    import pyomo.environ as pyo

    period, links = data.provinces["period"], data.year_links
    m.periods = pyo.Set(initialize=sorted(period.unique()))
    m.trading = {t: list(period.index[period == t]) for t in m.periods}
    m.earlier = tied(links.smoothing)["earlier"].to_dict()
    m.ramp_from = tied(links.ramp)["earlier"].to_dict()
    m.carries = pyo.Set(initialize=list(links.carries), dimen=2)
    m.carried_from = {i: [key for key in links.carries if key[0] == i] for i in period.index}
    m.carried_into = {i: [key for key in links.carries if key[1] == i] for i in period.index}
