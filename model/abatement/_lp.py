"""Solves a linear programme given as arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from capshare.errors import CapshareError, InfeasibleError, Problem

Vector = npt.NDArray[np.float64]


def solve_arrays(
    cost: Vector,
    matrix_csr: sparse.csr_matrix,
    row_lower: Vector,
    row_upper: Vector,
    col_lower: Vector,
    col_upper: Vector,
) -> tuple[Vector, Vector, float]:
    r"""Minimise a linear cost between bounds on rows and columns.

    .. math:: \min_x c^\top x \quad\text{s.t.}\quad l \le A x \le u,\; l_x \le x \le u_x

    Parameters
    ----------
    cost : c, one per column
    matrix_csr : A, rows by columns
    row_lower, row_upper : l and u; infinite where a row is one-sided
    col_lower, col_upper : bounds of the columns; infinite where a column is free

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
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.passModel(_highs_model(cost, matrix_csr, row_lower, row_upper, col_lower, col_upper))
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise _not_optimal(solver.modelStatusToString(status), status == highspy.HighsModelStatus.kInfeasible)
    solution = solver.getSolution()
    return (
        np.asarray(solution.col_value, dtype=np.float64),
        np.asarray(solution.row_dual, dtype=np.float64),
        float(solver.getInfo().objective_function_value),
    )


def _highs_model(
    cost: Vector,
    matrix_csr: sparse.csr_matrix,
    row_lower: Vector,
    row_upper: Vector,
    col_lower: Vector,
    col_upper: Vector,
) -> Any:
    import highspy

    rows, columns = matrix_csr.shape
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows, columns
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, col_lower, col_upper
    model.row_lower_, model.row_upper_ = row_lower, row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_row_, model.a_matrix_.num_col_ = rows, columns
    model.a_matrix_.start_ = matrix_csr.indptr
    model.a_matrix_.index_ = matrix_csr.indices
    model.a_matrix_.value_ = matrix_csr.data
    return model


def _not_optimal(status: str, infeasible: bool) -> CapshareError:
    problem = Problem(
        source="linear programme",
        place="",
        expected="an optimal solution",
        found=f"solver status {status!r}",
        remedy="Check the data for values far out of scale, or relax the rule added last.",
    )
    return InfeasibleError(problem) if infeasible else CapshareError(problem)
