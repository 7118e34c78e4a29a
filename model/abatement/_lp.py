"""The estimations' linear programmes, which have no labels of their own, through the solvers layer."""

from __future__ import annotations

import pandas as pd
from scipy.sparse import csc_array, csr_matrix

from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import LinearProgram, UnsolvedError, Vector

OPTIONS = HighsOptions(method="simplex")


def solve_arrays(
    cost: Vector,
    matrix: csr_matrix,
    row_lower: Vector,
    row_upper: Vector,
    col_lower: Vector,
    col_upper: Vector,
    options: HighsOptions = OPTIONS,
) -> tuple[Vector, Vector, float]:
    r"""Minimise a linear cost between bounds on rows and columns.

    .. math:: \min_x c^\top x \quad\text{s.t.}\quad l \le A x \le u,\; l_x \le x \le u_x

    Parameters
    ----------
    cost : c, one per column
    matrix : A, rows by columns
    row_lower, row_upper : l and u; infinite where a row is one-sided
    col_lower, col_upper : bounds of the columns; infinite where a column is free
    options : of the engine

    Returns
    -------
    tuple
        x, the row duals (how much the least cost rises per unit of a row's right-hand side), the least cost

    Raises
    ------
    InfeasibleError
        If no x satisfies all rows.
    CapshareError
        If the solver ends in any other state than optimal.
    """
    rows, columns = matrix.shape
    program = LinearProgram(
        cost=cost,
        matrix=csc_array(matrix),
        row_lower=row_lower,
        row_upper=row_upper,
        lower=col_lower,
        upper=col_upper,
        rows={"row": pd.RangeIndex(rows)},
        columns={"column": pd.RangeIndex(columns)},
    )
    try:
        found = solve(program, options)
    except UnsolvedError as unsolved:
        raise _not_optimal(unsolved.status) from unsolved
    return found.value, found.dual, found.objective


def _not_optimal(status: str) -> CapshareError:
    problem = Problem(
        source="linear programme",
        place="",
        expected="an optimal solution",
        found=f"solver status {status!r}",
        remedy="Check the data for values far out of scale, or relax the rule added last.",
    )
    return InfeasibleError(problem) if status == "infeasible" else CapshareError(problem)
