"""The allocation LP straight to arrays: what Pyomo's formulation compiles to, without its objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from capshare.model.allocation.arrays_of_frames import tier_names
from capshare.model.allocation.constraints.catalogue import constraints_of
from capshare.model.allocation.constraints.record import Constraint, Rows
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import AllocationArrays, Places
from capshare.solvers.program import Components, LinearProgram, Vector

# Without bounds; all other variables are ≥ 0.
FREE = ("quota", "block_quota", "entitlement", "tier_quota")


class ArrayProgramme:
    """The allocation LP of one shape as a function of its numbers.

    Parameters
    ----------
    data : an allocation; others given later have the same provinces, blocks, steps, constraints and links

    Raises
    ------
    ValueError
        where a constraint has no array builder.
    """

    def __init__(self, data: AllocationData) -> None:
        records = [record for record in constraints_of(data) if len(record.labels(data))]
        without = [record.name for record in records if record.rows is None]
        if without:
            raise ValueError(f"no array builder of {', '.join(without)}")
        self._records: Sequence[Constraint] = records
        self._rows = Components({record.name: record.labels(data) for record in records})
        self._columns = _columns(data)
        self._shape = (sum(map(len, self._rows.values())), sum(map(len, self._columns.values())))
        self._lower = np.zeros(self._shape[1])
        self._column = self._columns.positions
        for name in FREE:
            if name in self._columns:
                self._lower[self._column[name]] = -np.inf
        self._arranged: tuple[Places, ...] | None = None

    def __call__(self, data: AllocationData) -> LinearProgram:
        """Return the programme of these numbers.

        Parameters
        ----------
        data : of the shape; quantities in Mt, costs in yuan/t
        """
        return self.of(data.arrays)

    def of(self, numbers: AllocationArrays) -> LinearProgram:
        """Return the programme of numbers without labels.

        Parameters
        ----------
        numbers : of the shape, but that provinces may be in other blocks and tiers
        """
        built = [record.rows(numbers) for record in self._records if record.rows is not None]
        places = (numbers.block, numbers.targets.tier)
        if self._arranged is None or not all(map(np.array_equal, self._arranged, places)):
            self._arrange(built)
            self._arranged = places
        values = np.concatenate([part.value for rows in built for part in rows.coefficients.values()])
        upper = np.full(self._shape[1], np.inf)
        upper[self._column["abatement"]] = numbers.steps.size_mt
        return LinearProgram(
            cost=least_cost(numbers, self._column),
            matrix=csc_array((values[self._order], self._indices, self._indptr), shape=self._shape),
            row_lower=_joined([rows.lower for rows in built], self._rows.positions),
            row_upper=_joined([rows.upper for rows in built], self._rows.positions),
            lower=self._lower,
            upper=upper,
            rows=self._rows,
            columns=self._columns,
        )

    def _arrange(self, built: Sequence[Rows]) -> None:
        """Find the order of all coefficients that solvers take: column by column, rows ascending."""
        row, column = self._places(built)
        self._order = np.lexsort((row, column))
        self._indices = row[self._order].astype(np.int32)
        ends = np.cumsum(np.bincount(column, minlength=self._shape[1]))
        self._indptr = np.concatenate([[0], ends]).astype(np.int32)

    def _places(self, built: Sequence[Rows]) -> tuple[Places, Places]:
        """Row and column of every coefficient in the whole programme."""
        top, left = self._rows.positions, self._column
        parts = [
            (top[record.name].start + part.row, left[variable].start + part.column)
            for record, rows in zip(self._records, built, strict=True)
            for variable, part in rows.coefficients.items()
        ]
        return np.concatenate([row for row, _ in parts]), np.concatenate([column for _, column in parts])


def arrays(data: AllocationData) -> LinearProgram:
    """Return the allocation LP as arrays.

    Parameters
    ----------
    data : provinces, blocks, steps and rules; quantities in Mt, costs in yuan/t

    Returns
    -------
    LinearProgram; rows, columns and labels are those of the compiled Pyomo formulation
    """
    return ArrayProgramme(data)(data)


def least_cost(numbers: AllocationArrays, columns: Mapping[str, slice]) -> Vector:
    """Σ c_is a_is + P Σ z_i + ε Σ b_i

    Parameters
    ----------
    numbers : of an allocation; costs in yuan/t
    columns : variable → its positions, in the order of the programme
    """
    cost: dict[str, Vector | float] = {
        "abatement": numbers.steps.cost_yuan_per_t,
        "uncovered": numbers.limits.penalty_yuan_per_t,
        "purchase": numbers.limits.trade_cost_yuan_per_t,
    }
    return _joined([cost.get(name, 0.0) for name in columns], columns)


def _columns(data: AllocationData) -> Components:
    provinces, steps = data.provinces.index.rename(None), data.steps.index.set_names([None, None])
    columns = {
        "quota": provinces,
        "block_quota": data.caps_mt.index.rename(None),
        "entitlement": provinces,
        "tier_quota": pd.Index(tier_names(data.tiers), dtype=object),
        "abatement": steps,
        "purchase": provinces,
        "sale": provinces,
        "uncovered": provinces,
    }
    if len(data.year_links.carries):
        columns["carry"] = data.year_links.carries.set_names([None, None])
    if not data.is_equity_limited:
        del columns["entitlement"]
    if not len(data.tiers):
        del columns["tier_quota"]
    return Components(columns)


def _joined(parts: list[Vector | float], where: Mapping[str, slice]) -> Vector:
    """One vector from a number or a vector per component."""
    return np.concatenate(
        [
            part if isinstance(part, np.ndarray) else np.full(own.stop - own.start, part)
            for part, own in zip(parts, where.values(), strict=True)
        ]
    )
