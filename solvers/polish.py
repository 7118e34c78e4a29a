"""Optimal values and duals that a solver printed with few digits, brought back to full precision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from capshare.solvers.program import LinearProgram, Solution, Vector, solution

# Gap of an exact solution after rounding in double precision; above it a solution is worth polishing.
EXACT_GAP = 1e-12
# What printing may have done to a reduced cost, relative to the terms it is the sum of.
PRINTED = tuple(10.0**-digits for digits in range(10, 4, -1))
# lsqr ends short of double precision; a second and a third pass correct what the one before left.
PASSES = 3


def polished(rough: Solution) -> Solution:
    r"""Correct a rounded optimal solution by complementary slackness.

    Where a dual or a reduced cost is not zero, the row or column lies on the side its sign points to; the
    other duals and reduced costs are zero. The smallest correction that makes these equations exact is
    the solution before it was printed, if the printing did not blur which of the prices are zero: so several
    thresholds are tried, and the best is kept: by its duality gap or, if larger, by how far it lies outside.

    Parameters
    ----------
    rough : an optimal solution, its numbers rounded; for example those of CBC, printed with eight digits

    Returns
    -------
    Solution; the given one where it is exact already or nothing comes closer
    """
    if rough.duality_gap <= EXACT_GAP:
        return rough
    tries = [rough, *(_attempt(rough, tolerance) for tolerance in PRINTED)]
    return min(tries, key=lambda found: max(found.duality_gap, _violation(found)))


def _violation(found: Solution) -> float:
    """Farthest that a row or value lies beyond its sides, relative to the largest of its kind."""
    program, activity = found.program, found.program.matrix @ found.value
    beyond = [
        (activity, program.row_lower, program.row_upper),
        (found.value, program.lower, program.upper),
    ]
    return max(
        float(np.maximum(lower - at, at - upper).max(initial=0.0) / max(1.0, np.abs(at).max(initial=0.0)))
        for at, lower, upper in beyond
    )


def _attempt(rough: Solution, tolerance: float) -> Solution:
    program = rough.program
    terms = np.abs(program.cost) + abs(program.matrix).T @ np.abs(rough.dual)
    zero = np.abs(rough.reduced_cost) <= tolerance * np.maximum(terms, 1.0)
    priced = np.abs(rough.dual) > tolerance * max(1.0, float(np.abs(rough.dual).max(initial=0.0)))
    dual = _exact_dual(program, np.where(priced, rough.dual, 0.0), priced, zero)
    reduced = program.cost - program.matrix.T @ dual
    value = _exact_value(program, rough.value, dual, np.where(zero, 0.0, reduced))
    return solution(program, value, dual, rough.engine, rough.basis)


def _exact_dual(
    program: LinearProgram, dual: Vector, priced: NDArray[np.bool_], zero: NDArray[np.bool_]
) -> Vector:
    """Correct the priced rows' duals until the chosen reduced costs vanish."""
    rows, columns = np.flatnonzero(priced), np.flatnonzero(zero)
    system = csc_array(program.matrix[rows][:, columns].T)
    exact = dual.copy()
    exact[rows] = _nearest(system, program.cost[columns], dual[rows])
    return exact


def _exact_value(program: LinearProgram, value: Vector, dual: Vector, reduced: Vector) -> Vector:
    """Correct values until priced rows and columns lie on their sides; what is near a bound lies on it."""
    row_side = np.where(dual > 0, program.row_lower, program.row_upper)
    side = np.where(reduced > 0, program.lower, program.upper)
    fixed = (reduced != 0) & np.isfinite(side)
    exact = np.where(fixed, side, value)
    rows, free = np.flatnonzero((dual != 0) & np.isfinite(row_side)), np.flatnonzero(~fixed)
    matrix = program.matrix[rows]
    target = row_side[rows] - matrix[:, np.flatnonzero(fixed)] @ exact[fixed]
    exact[free] = _nearest(csc_array(matrix[:, free]), target, exact[free])
    return exact


def _nearest(system: csc_array, target: Vector, start: Vector) -> Vector:
    """Solution of a linear system nearest to a starting point, by repeated correction."""
    from scipy.sparse.linalg import lsqr

    found = start
    for _ in range(PASSES):
        found = found + lsqr(system, target - system @ found, atol=1e-15, btol=1e-15)[0]
    return found
