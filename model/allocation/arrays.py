"""The allocation LP straight to arrays, for many units: Pyomo makes an object of every term."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.sparse import block_array

from capshare.model.allocation.constraints.catalogue import constraints_of
from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import LinearProgram, Vector


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
    every = {record.name: record.rows(data) for record in constraints_of(data)}
    rows = {name: built for name, built in every.items() if len(built.labels)}
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
    for free in ("quota", "block_quota"):
        lower[program.column(free)] = -np.inf
    if data.is_equity_limited:
        lower[program.column("entitlement")] = -np.inf
    return program


def least_cost(data: AllocationData, columns: Mapping[str, pd.Index]) -> Vector:
    """Σ c_is a_is + P Σ z_i + ε Σ b_i"""
    cost: dict[str, Vector | float] = {
        "abatement": data.steps["cost_yuan_per_t"].to_numpy(dtype=float),
        "uncovered": data.terms.penalty_yuan_per_t,
        "purchase": data.terms.trade_cost_yuan_per_t,
    }
    return _joined([cost.get(name, 0.0) for name in columns], columns)


def _columns(data: AllocationData) -> dict[str, pd.Index]:
    provinces, steps = data.provinces.index.rename(None), data.steps.index.set_names([None, None])
    columns = {
        "quota": provinces,
        "block_quota": data.caps_mt.index.rename(None),
        "entitlement": provinces,
        "abatement": steps,
        "purchase": provinces,
        "sale": provinces,
        "uncovered": provinces,
    }
    if len(data.links.carries):
        columns["carry"] = data.links.carries.set_names([None, None])
    if not data.is_equity_limited:
        del columns["entitlement"]
    return columns


def _joined(parts: list[Vector | float], labels: Mapping[str, pd.Index]) -> Vector:
    """One vector from a number or a vector per component."""
    return np.concatenate(
        [np.broadcast_to(part, len(index)) for part, index in zip(parts, labels.values(), strict=True)]
    )
