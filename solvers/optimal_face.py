"""All optimal solutions of a linear programme, as a programme of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from capshare.solvers.program import LinearProgram, Solution, Vector

# yuan/t; well below the smallest cost in use (trade, 1e-4) and above the engine's optimality tolerance.
NONZERO_PRICE = 1e-7


def optimal_face(solved: Solution, nonzero: float = NONZERO_PRICE) -> LinearProgram:
    r"""Restrict a programme to its optimal solutions.

    By complementary slackness these are the feasible points where every row with a nonzero dual and
    every column with a nonzero reduced cost stays on the side its sign points to. Exact for any
    optimal dual, and needs no row on the cost, whose tolerance would let quantities drift.

    Parameters
    ----------
    solved : an optimal solution
    nonzero : duals and reduced costs above it count as such, in their units

    Returns
    -------
    LinearProgram, same shape and cost
    """
    program = solved.program
    row_lower, row_upper = _tighten(solved.dual, program.row_lower, program.row_upper, nonzero)
    lower, upper = _tighten(solved.reduced_cost, program.lower, program.upper, nonzero)
    return replace(program, row_lower=row_lower, row_upper=row_upper, lower=lower, upper=upper)


def _tighten(price: Vector, lower: Vector, upper: Vector, nonzero: float) -> tuple[Vector, Vector]:
    at_lower, at_upper = price > nonzero, price < -nonzero
    return np.where(at_upper, upper, lower), np.where(at_lower, lower, upper)
