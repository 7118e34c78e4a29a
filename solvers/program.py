"""A linear programme as arrays with labels, and its solution with the same labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array

Vector = NDArray[np.float64]


class Components(dict[str, pd.Index]):
    """Components of a programme's rows or columns, name → labels, in the order of the arrays.

    Programmes of one shape share the object, and what is known of it: it is told by being the same one.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]

    @cached_property
    def positions(self) -> Mapping[str, slice]:
        """Where each component's labels lie in the arrays."""
        found, start = {}, 0
        for name, index in self.items():
            found[name] = slice(start, start + len(index))
            start += len(index)
        return found


def components(labels: Mapping[str, pd.Index]) -> Components:
    """The same components, as one object where they are one already.

    Parameters
    ----------
    labels : name → labels, in the order of the arrays
    """
    return labels if isinstance(labels, Components) else Components(labels)


@dataclass(frozen=True)
class LinearProgram:
    r"""A linear programme in labelled arrays.

    .. math:: \min c^\top x \quad\text{s.t.}\quad r^- \le Ax \le r^+,\; x^- \le x \le x^+

    Attributes
    ----------
    cost : c, one per column
    matrix : A
    row_lower, row_upper : :math:`r^-, r^+`
    lower, upper : :math:`x^-, x^+`
    rows, columns : component name → labels of its rows or columns, in the order of the arrays
    """

    cost: Vector
    matrix: csc_array
    row_lower: Vector
    row_upper: Vector
    lower: Vector
    upper: Vector
    rows: Mapping[str, pd.Index]
    columns: Mapping[str, pd.Index]

    @cached_property
    def row_positions(self) -> Mapping[str, slice]:
        """Positions of every constraint's rows."""
        return components(self.rows).positions

    @cached_property
    def column_positions(self) -> Mapping[str, slice]:
        """Positions of every variable's columns."""
        return components(self.columns).positions

    def row(self, component: str) -> slice:
        """Positions of a constraint's rows.

        Parameters
        ----------
        component : name of the constraint
        """
        return self.row_positions[component]

    def column(self, component: str) -> slice:
        """Positions of a variable's columns.

        Parameters
        ----------
        component : name of the variable
        """
        return self.column_positions[component]


@dataclass(frozen=True)
class Basis:
    """A simplex basis, a start for the next solve.

    Attributes
    ----------
    statuses : of columns and rows, as the engine's own object; only the same engine can read it
    """

    statuses: object


class UnsolvedError(Exception):
    """The engine ended without an optimum; ``status`` says how."""

    def __init__(self, status: str) -> None:
        super().__init__(f"the solver ended with status {status!r}")
        self.status = status


@dataclass(frozen=True)
class Solution:
    r"""An optimal solution; there is no object for any other ending (see :class:`UnsolvedError`).

    Attributes
    ----------
    objective, dual_objective : of the primal and the dual
    value : x, one per column
    dual : y, one per row, :math:`\partial C/\partial r` for minimisation: ≥ 0 where the lower side
        of a row binds, ≤ 0 where the upper side does
    reduced_cost : :math:`c-A^\top y`, one per column, same convention
    program : what was solved
    engine : name, version and options of the solver
    scale : sum of the sizes of what the dual objective is the sum of; its rounding is relative to this
    basis : a start for the next solve, or None where the engine has none
    """

    objective: float
    dual_objective: float
    value: Vector
    dual: Vector
    reduced_cost: Vector
    program: LinearProgram
    engine: str
    scale: float
    basis: Basis | None = None

    def values(self, component: str) -> pd.Series:
        """Values of a variable, labelled.

        Parameters
        ----------
        component : name of the variable
        """
        index = self.program.columns[component]
        return pd.Series(self.value[self.program.column(component)], index=index, name=component)

    def duals(self, component: str) -> pd.Series:
        """Duals of a constraint, labelled.

        Parameters
        ----------
        component : name of the constraint
        """
        index = self.program.rows[component]
        return pd.Series(self.dual[self.program.row(component)], index=index, name=component)

    @property
    def duality_gap(self) -> float:
        """Difference of both objectives, relative to the largest of 1, the primal and the scale.

        Near a cost of 0 large parts of the dual objective cancel, and their rounding is what is left over.
        """
        return abs(self.objective - self.dual_objective) / max(1.0, abs(self.objective), self.scale)


def solution(
    program: LinearProgram, value: Vector, dual: Vector, engine: str, basis: Basis | None
) -> Solution:
    """Complete a primal and a dual vector to a solution: reduced costs and both objectives.

    The dual objective takes the bound that each dual's sign points to; a wrong sign on an infinite
    side makes it infinite, so that a flipped convention cannot pass for optimal.

    Parameters
    ----------
    program : what was solved
    value : of its columns, in its order and units
    dual : of its rows, in its order; change of the objective per unit of the row's bound
    engine : its name
    basis : where it ended, if it says so
    """
    reduced = program.cost - _transposed_product(program.matrix, dual)
    terms = np.concatenate(
        [
            _bound_values(dual, program.row_lower, program.row_upper),
            _bound_values(reduced, program.lower, program.upper),
        ]
    )
    return Solution(
        objective=float(program.cost @ value),
        dual_objective=float(terms.sum()),
        scale=float(np.abs(terms[np.isfinite(terms)]).sum()),
        value=value,
        dual=dual,
        reduced_cost=reduced,
        program=program,
        engine=engine,
        basis=basis,
    )


def _transposed_product(matrix: csc_array, vector: Vector) -> Vector:
    """A'y, without the object of A' that SciPy makes first, which takes longer than the product."""
    column = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    product = np.bincount(column, matrix.data * vector[matrix.indices], matrix.shape[1])
    return product.astype(float)


def _bound_values(price: Vector, lower: Vector, upper: Vector) -> Vector:
    # Rounding leaves prices of 1e-12 on rows without a bound on that side; they are zero.
    noise = 1e-9 * max(1.0, float(np.abs(price).max(initial=0.0)))
    bound = np.where(price > 0, lower, upper)
    counted = np.where(np.isinf(bound) & (np.abs(price) <= noise), 0.0, price)
    used = counted != 0
    return np.asarray(counted[used] * bound[used], dtype=float)
