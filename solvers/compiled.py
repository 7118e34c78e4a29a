"""A Pyomo model compiled once to arrays, with a map from its parameters to their coefficients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array

from capshare.solvers.program import LinearProgram, Vector


@dataclass(frozen=True)
class _Arrays:
    """One compilation: the numbers of the programme, in a fixed order."""

    cost: Vector
    matrix: csc_array
    row_lower: Vector
    row_upper: Vector
    lower: Vector
    upper: Vector

    def numbers(self) -> Vector:
        return np.concatenate(
            [self.cost, self.matrix.data, self.row_lower, self.row_upper, self.lower, self.upper]
        )


class CompiledModel:
    """A Pyomo model's linear programme as a function of its mutable parameters.

    Every coefficient and bound of the model must be a number or plus or minus one mutable parameter.
    The map is found by compiling twice with the parameters set to tags that occur nowhere else; so
    changed numbers need neither Pyomo nor a rebuilding, and no coefficient is lost by being 0 now.

    Parameters
    ----------
    model : a Pyomo ConcreteModel with one objective, minimised

    Raises
    ------
    ValueError
        where a coefficient is not a number or plus or minus one parameter.
    """

    def __init__(self, model: Any) -> None:
        import pyomo.environ as pyo

        self.parameters = [p for p in model.component_objects(pyo.Param) if p.mutable]
        self._keys = {p.local_name: pd.Index(list(p.keys())) for p in self.parameters}
        count = sum(len(keys) for keys in self._keys.values())
        order = np.arange(count, dtype=np.float64)
        first, second = order + 1_000_000.5, order + 3_000_000.25
        columns = _data(model, pyo.Var)
        rows = _data(model, pyo.Constraint)
        with _restored(self.parameters):
            self._set(first)
            self._template = _compile(model, columns, rows)
            self._set(second)
            again = _compile(model, columns, rows)
        self._positions, self._parameter, self._sign = _map(
            self._template.numbers(), again.numbers(), first, second
        )
        self.columns = _labels(columns)
        self.rows = _labels(rows)

    def program(self, values: Mapping[str, pd.Series | float]) -> LinearProgram:
        """Linear programme for these numbers.

        Parameters
        ----------
        values : name of a mutable parameter → Series on its keys, or a number for a scalar
        """
        numbers = self._template.numbers()
        vector = np.concatenate([self._vector(name, values[name]) for name in self._keys])
        numbers[self._positions] = self._sign * vector[self._parameter]
        template = self._template
        sizes = [len(template.cost), template.matrix.nnz, *[len(template.row_lower)] * 2, len(template.cost)]
        cost, data, row_lower, row_upper, lower, upper = np.split(numbers, np.cumsum(sizes))
        matrix = csc_array((data, template.matrix.indices, template.matrix.indptr), template.matrix.shape)
        return LinearProgram(cost, matrix, row_lower, row_upper, lower, upper, self.rows, self.columns)

    def _vector(self, name: str, value: pd.Series | float) -> Vector:
        keys = self._keys[name]
        if not isinstance(value, pd.Series):
            return np.full(len(keys), float(value))
        if not value.index.equals(keys):
            return value.reindex(keys).to_numpy(dtype=float)
        # Changed numbers mostly come on the same index object, which is equal at a glance.
        self._keys[name] = value.index
        return value.to_numpy(dtype=float)

    def _set(self, tags: Vector) -> None:
        position = 0
        for parameter in self.parameters:
            for key in self._keys[parameter.local_name]:
                parameter[key] = float(tags[position])
                position += 1


@contextmanager
def _restored(parameters: Iterable[Any]) -> Iterator[None]:
    """Put the parameters' values back after the compilation with tags."""
    saved = [(parameter, {key: parameter[key].value for key in parameter}) for parameter in parameters]
    try:
        yield
    finally:
        for parameter, values in saved:
            for key, value in values.items():
                parameter[key] = value


def _data(model: Any, kind: Any) -> list[Any]:
    return [item for component in model.component_objects(kind) for item in component.values()]


def _compile(model: Any, columns: list[Any], rows: list[Any]) -> _Arrays:
    from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

    form = LinearStandardFormCompiler().write(model, mixed_form=True, column_order=columns, row_order=rows)
    column_at = {id(item): position for position, item in enumerate(columns)}
    row_at = {id(item): position for position, item in enumerate(rows)}
    to_column = np.array([column_at[id(item)] for item in form.columns])
    to_row = np.array([row_at[id(entry.constraint)] for entry in form.rows])
    shape = (len(rows), len(columns))
    coordinates = form.A.tocoo()
    matrix = csc_array((coordinates.data, (to_row[coordinates.row], to_column[coordinates.col])), shape=shape)
    matrix.sort_indices()
    cost = np.zeros(len(columns))
    cost[to_column] = np.asarray(form.c.todense()).ravel()
    kind = np.array([entry.bound_type for entry in form.rows])
    rhs = np.asarray(form.rhs, dtype=float)
    row_lower, row_upper = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    row_lower[to_row[kind <= 0]] = rhs[kind <= 0]
    row_upper[to_row[kind >= 0]] = rhs[kind >= 0]
    bounds = np.array([item.bounds for item in columns], dtype=float)
    lower = np.where(np.isnan(bounds[:, 0]), -np.inf, bounds[:, 0])
    upper = np.where(np.isnan(bounds[:, 1]), np.inf, bounds[:, 1])
    return _Arrays(cost, matrix, row_lower, row_upper, lower, upper)


def _map(
    once: Vector, again: Vector, first: Vector, second: Vector
) -> tuple[NDArray[np.intp], NDArray[np.intp], Vector]:
    """Positions of the numbers that are parameters, which ones, and with which sign."""
    positions = np.flatnonzero(~((once == again) | (np.isnan(once) & np.isnan(again))))
    tagged, sign = np.abs(once[positions]), np.sign(once[positions])
    parameter = np.searchsorted(first, tagged).clip(0, len(first) - 1)
    single = (first[parameter] == tagged) & (again[positions] == sign * second[parameter])
    if not single.all():
        raise ValueError("a coefficient of the model is not plus or minus one parameter")
    return positions, parameter, sign


def _labels(items: list[Any]) -> dict[str, pd.Index]:
    labels: dict[str, list[Any]] = {}
    for item in items:
        labels.setdefault(item.parent_component().local_name, []).append(item.index())
    return {name: pd.Index(["" if key is None else key for key in keys]) for name, keys in labels.items()}
