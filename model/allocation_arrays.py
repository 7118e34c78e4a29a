r"""The allocation LP straight to arrays: the programme of :mod:`capshare.model.allocation`, for many units.

Each builder here makes all rows of the constraint of the same name there at once, where Pyomo makes an object
of every term. A test holds the two programmes equal, so the readable formulation stays the definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import block_array, coo_array

from capshare.model.allocation_data import AllocationData
from capshare.solvers.program import LinearProgram, Vector


@dataclass(frozen=True)
class Rows:
    """All rows of one constraint.

    Attributes
    ----------
    labels : of the rows
    coefficients : variable → its coefficients, one line per row; absent variables have none
    lower, upper : one per row, or one for all
    """

    labels: pd.Index
    coefficients: Mapping[str, coo_array]
    lower: Vector | float = -np.inf
    upper: Vector | float = np.inf


def arrays(data: AllocationData) -> LinearProgram:
    """Return the allocation LP as arrays.

    Parameters
    ----------
    data : provinces, blocks, steps and rules; quantities in Mt, costs in yuan/t

    Returns
    -------
    LinearProgram; rows, columns and labels are those of the compiled Pyomo formulation
    """
    columns = _columns(data)
    rows = {name: built for name, built in _constraints(data).items() if len(built.labels)}
    grid = [[built.coefficients.get(column) for column in columns] for built in rows.values()]
    upper = np.full(sum(map(len, columns.values())), np.inf)
    lower = np.zeros_like(upper)
    labels = {name: built.labels for name, built in rows.items()}
    program = LinearProgram(
        cost=least_cost(data, columns),
        matrix=block_array(grid, format="csc"),
        row_lower=_joined([built.lower for built in rows.values()], labels),
        row_upper=_joined([built.upper for built in rows.values()], labels),
        lower=lower,
        upper=upper,
        rows=labels,
        columns=columns,
    )
    upper[program.column("abatement")] = data.steps["size_mt"]
    if data.is_equity_limited:
        lower[program.column("entitlement")] = -np.inf
    return program


def least_cost(data: AllocationData, columns: Mapping[str, pd.Index]) -> Vector:
    """Σ c_is a_is + P Σ z_i + ε Σ b_i"""
    cost = {
        "abatement": data.steps["cost_yuan_per_t"].to_numpy(dtype=float),
        "uncovered": data.terms.penalty_yuan_per_t,
        "purchase": data.terms.trade_cost_yuan_per_t,
    }
    return _joined([cost.get(name, 0.0) for name in columns], columns)


def block_total(data: AllocationData) -> Rows:
    """X_g = Σ_{i∈g} x_i"""
    blocks, block = data.caps_mt.index, _block(data)
    members = coo_array(
        (np.full(len(block), -1.0), (block, np.arange(len(block)))), shape=(len(blocks), len(block))
    )
    return Rows(_plain(blocks), {"block_quota": _each(len(blocks)), "quota": members}, 0.0, 0.0)


def cap(data: AllocationData) -> Rows:
    """X_g = Q_g"""
    amount = data.caps_mt.to_numpy(dtype=float)
    return Rows(_plain(data.caps_mt.index), {"block_quota": _each(len(amount))}, amount, amount)


def coverage(data: AllocationData) -> Rows:
    """E_i − Σ_s a_is − z_i ≤ x_i + b_i − v_i"""
    n, province = len(data.provinces), _province_of_step(data)
    steps = coo_array(
        (np.ones(len(province)), (province, np.arange(len(province)))), shape=(n, len(province))
    )
    own = _each(n)
    coefficients = {
        "quota": own,
        "purchase": own,
        "sale": _each(n, -1.0),
        "abatement": steps,
        "uncovered": own,
    }
    return Rows(_plain(data.provinces.index), coefficients, lower=_of(data, "emissions_mt"))


def entitled(data: AllocationData) -> Rows:
    """e_i = κ_i + φ_i X_g"""
    n, constant = len(data.provinces), _of(data, "constant_mt")
    slope = coo_array((-_of(data, "slope"), (np.arange(n), _block(data))), shape=(n, len(data.caps_mt)))
    return Rows(
        _plain(data.provinces.index), {"entitlement": _each(n), "block_quota": slope}, constant, constant
    )


def equity_above(data: AllocationData) -> Rows:
    """x_i ≤ (1 + T) e_i"""
    n, most = len(data.provinces), 1 + data.terms.max_deviation
    coefficients = {"quota": _each(n), "entitlement": _each(n, -most)}
    return Rows(_plain(data.provinces.index), coefficients, upper=0.0)


def equity_below(data: AllocationData) -> Rows:
    """(1 − T) e_i ≤ x_i"""
    n, least = len(data.provinces), 1 - data.terms.max_deviation
    coefficients = {"quota": _each(n), "entitlement": _each(n, -least)}
    return Rows(_plain(data.provinces.index), coefficients, lower=0.0)


def floor(data: AllocationData) -> Rows:
    """ℓ_i ≤ x_i"""
    own = {"quota": _each(len(data.provinces))}
    return Rows(_plain(data.provinces.index), own, lower=_of(data, "floor_mt"))


def ceiling(data: AllocationData) -> Rows:
    """x_i ≤ u_i"""
    own = {"quota": _each(len(data.provinces))}
    return Rows(_plain(data.provinces.index), own, upper=_of(data, "ceiling_mt"))


def purchase_limit(data: AllocationData) -> Rows:
    """b_i ≤ τ E_i"""
    own = {"purchase": _each(len(data.provinces))}
    return Rows(_plain(data.provinces.index), own, upper=_of(data, "purchase_limit_mt"))


def market(data: AllocationData) -> Rows:
    """Σ b_i = Σ v_i"""
    all_provinces = np.ones((1, len(data.provinces)))
    coefficients = {"purchase": coo_array(all_provinces), "sale": coo_array(-all_provinces)}
    return Rows(pd.Index([""]), coefficients, 0.0, 0.0)


def rule_at_least(data: AllocationData) -> Rows:
    """Σ_i (k_ri − s_r) x_i ≥ G_r"""
    names, weight, bound = _rules(data, "at least")
    return Rows(names, {"quota": weight}, lower=bound)


def rule_at_most(data: AllocationData) -> Rows:
    """Σ_i (k_ri − s_r) x_i ≤ G_r"""
    names, weight, bound = _rules(data, "at most")
    return Rows(names, {"quota": weight}, upper=bound)


EQUITY = (entitled, equity_above, equity_below)
CONSTRAINTS = (
    block_total, cap, coverage, *EQUITY, floor, ceiling, purchase_limit, market, rule_at_least, rule_at_most
)  # fmt: skip


def _constraints(data: AllocationData) -> dict[str, Rows]:
    return {
        builder.__name__: builder(data)
        for builder in CONSTRAINTS
        if data.is_equity_limited or builder not in EQUITY
    }


def _columns(data: AllocationData) -> dict[str, pd.Index]:
    provinces, steps = _plain(data.provinces.index), data.steps.index.set_names([None, None])
    columns = {
        "quota": provinces,
        "block_quota": _plain(data.caps_mt.index),
        "entitlement": provinces,
        "abatement": steps,
        "purchase": provinces,
        "sale": provinces,
        "uncovered": provinces,
    }
    if not data.is_equity_limited:
        del columns["entitlement"]
    return columns


def _rules(data: AllocationData, sense: str) -> tuple[pd.Index, coo_array, Vector]:
    """Names, coefficients and bounds of the planners' rules of one sense."""
    chosen = data.rules[data.rules["sense"] == sense]
    weights = [data.rule_weight.loc[rule].reindex(data.provinces.index) for rule in chosen.index]
    count, n = len(chosen), len(data.provinces)
    place = np.arange(count).repeat(n), np.tile(np.arange(n), count)
    values = np.concatenate(weights) if weights else np.empty(0)
    bound = chosen["bound_mt"].to_numpy(dtype=float)
    return _plain(chosen.index), coo_array((values, place), shape=(count, n)), bound


def _each(n: int, value: float = 1.0) -> coo_array:
    """One coefficient per row, on the diagonal; stored even where it is 0, as in the compiled formulation."""
    return coo_array((np.full(n, value), (np.arange(n), np.arange(n))), shape=(n, n))


def _of(data: AllocationData, column: str) -> Vector:
    return data.provinces[column].to_numpy(dtype=float)


def _block(data: AllocationData) -> NDArray[np.intp]:
    """Position of each province's block."""
    return data.caps_mt.index.get_indexer(data.provinces["block"])


def _province_of_step(data: AllocationData) -> NDArray[np.intp]:
    """Position of each step's province."""
    index = data.steps.index
    assert isinstance(index, pd.MultiIndex)
    return data.provinces.index.get_indexer(index.levels[0])[index.codes[0]]


def _plain(index: pd.Index) -> pd.Index:
    return index.rename(None)


def _joined(parts: list[Vector | float], labels: Mapping[str, pd.Index]) -> Vector:
    """One vector from a number or a vector per component."""
    return np.concatenate(
        [np.broadcast_to(part, len(index)) for part, index in zip(parts, labels.values(), strict=True)]
    )
