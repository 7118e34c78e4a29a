"""All rows of one constraint at once, for many units.

Each builder makes the rows of the constraint of the same name in
:mod:`capshare.model.allocation.formulation`. A test holds both equal, so the readable formulation stays
the definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import Vector


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
    """E_i − Σ_s a_is − z_i ≤ x_i + b_i − v_i + Σ_j k_ji − Σ_j k_ij"""
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
    if len(data.links.carries):
        entering = _carried(data, "end", data.provinces.index, 1.0)
        coefficients["carry"] = entering + _carried(data, "start", data.provinces.index, -1.0)
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
    """Σ b_i = Σ v_i, in each period"""
    place, periods = pd.factorize(data.provinces["period"], sort=True)
    n = len(place)
    coefficients = {
        name: coo_array((np.full(n, sign), (place, np.arange(n))), shape=(len(periods), n))
        for name, sign in (("purchase", 1.0), ("sale", -1.0))
    }
    return Rows(pd.Index(periods), coefficients, 0.0, 0.0)


def rule_at_least(data: AllocationData) -> Rows:
    """Σ_i (k_ri − s_r) x_i ≥ G_r"""
    names, weight, bound = _rules(data, "at least")
    return Rows(names, {"quota": weight}, lower=bound)


def rule_at_most(data: AllocationData) -> Rows:
    """Σ_i (k_ri − s_r) x_i ≤ G_r"""
    names, weight, bound = _rules(data, "at most")
    return Rows(names, {"quota": weight}, upper=bound)


def rise_limit(data: AllocationData) -> Rows:
    """x_i ≤ (1 + s)^n x_j, j the same province n years before"""
    return Rows(_plain(data.links.smoothing.index), {"quota": _change(data, "most")}, upper=0.0)


def fall_limit(data: AllocationData) -> Rows:
    """x_i ≥ (1 − s)^n x_j, j the same province n years before"""
    return Rows(_plain(data.links.smoothing.index), {"quota": _change(data, "least")}, lower=0.0)


def carry_limit(data: AllocationData) -> Rows:
    """Σ_j k_ij ≤ L E_i, j the same province in later years"""
    limit = data.links.carry_limit_mt
    leaving = _carried(data, "start", limit.index, 1.0)
    return Rows(_plain(limit.index), {"carry": leaving}, upper=limit.to_numpy(dtype=float))


def _change(data: AllocationData, bound: str) -> coo_array:
    """A later quota less a multiple of the earlier one."""
    smoothing, provinces = data.links.smoothing, data.provinces.index
    count = len(smoothing)
    values = np.concatenate([np.ones(count), -smoothing[bound].to_numpy(dtype=float)])
    place = np.concatenate(
        [provinces.get_indexer(smoothing.index), provinces.get_indexer(pd.Index(smoothing["earlier"]))]
    )
    return coo_array((values, (np.tile(np.arange(count), 2), place)), shape=(count, len(provinces)))


def _carried(data: AllocationData, end: str, rows: pd.Index, sign: float) -> coo_array:
    """Carried quota by the year that it leaves (start) or enters (end)."""
    carries = data.links.carries
    place = rows.get_indexer(carries.get_level_values(end))
    columns = np.arange(len(carries))
    return coo_array((np.full(len(carries), sign), (place, columns)), shape=(len(rows), len(carries)))


EQUITY = (entitled, equity_above, equity_below)
CONSTRAINTS = (
    block_total, cap, coverage, *EQUITY, floor, ceiling, purchase_limit, market, rule_at_least, rule_at_most,
    rise_limit, fall_limit, carry_limit,
)  # fmt: skip


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
    return data.caps_mt.index.get_indexer(pd.Index(data.provinces["block"]))


def _province_of_step(data: AllocationData) -> NDArray[np.intp]:
    """Position of each step's province."""
    index = data.steps.index
    assert isinstance(index, pd.MultiIndex)
    return data.provinces.index.get_indexer(index.levels[0])[index.codes[0]]


def _plain(index: pd.Index) -> pd.Index:
    return index.rename(None)
