"""Why a linear programme has no solution: an irreducible set of rows that collide, and the least relaxation.

HiGHS has a search of its own, which counts definitions among the rows that may collide; with definitions
always in force its sets are not always irreducible (HiGHS 1.15). So the classic deletion filter decides here.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array, eye_array, hstack

from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import LinearProgram, UnsolvedError, Vector

# Duals of the elastic programme are at most 1; below this they are rounding.
NONZERO_DUAL = 1e-9


def is_feasible(program: LinearProgram, options: HighsOptions | None = None) -> bool:
    """Whether any point satisfies every row and bound.

    Parameters
    ----------
    program : its cost does not matter
    options : of HiGHS

    Raises
    ------
    UnsolvedError
        where the engine ends without an answer.
    """
    try:
        solve(replace(program, cost=np.zeros_like(program.cost)), options)
    except UnsolvedError as unsolved:
        if "infeasible" not in unsolved.status:
            raise
        return False
    return True


def irreducible_conflict(
    program: LinearProgram, components: Sequence[str], options: HighsOptions | None = None
) -> list[tuple[str, Hashable]]:
    """Find rows that no point satisfies together, though without any one of them some point would.

    The elastic programme's duals are a certificate of infeasibility; the deletion filter then tries to do
    without each of its rows in turn. A programme may have several such sets; this is one.

    Parameters
    ----------
    program : an infeasible programme
    components : constraints whose rows may be named; those tried first are the first to be done without.
        All other rows and the bounds of the variables always hold
    options : of HiGHS

    Returns
    -------
    list of (component, label), in the order of ``components``

    Raises
    ------
    ValueError
        where the programme is feasible, or infeasible whatever the components say.

    References
    ----------
    Chinneck & Dravnieks 1991, ORSA J. Computing 3(2):157-168, doi 10.1287/ijoc.3.2.157.
    """
    if is_feasible(program, options):
        raise ValueError("the programme is feasible: no rows collide")
    names, rows = _rows(program, components)
    if not is_feasible(_without(program, rows), options):
        raise ValueError(f"the programme is infeasible even without {', '.join(components)}")
    kept = _certificate(program, rows, options)
    for row in kept.copy():
        fewer = kept[kept != row]
        if not is_feasible(_without(program, np.setdiff1d(rows, fewer)), options):
            kept = fewer
    return [name for name, row in zip(names, rows, strict=True) if row in kept]


def least_relaxation(
    program: LinearProgram,
    directions: csc_array,
    weight: Vector,
    upper: Vector,
    options: HighsOptions | None = None,
) -> Vector | None:
    r"""Find the smallest steps along given directions that make a programme feasible.

    .. math:: \min w^\top s \quad\text{s.t.}\quad
              r^- \le Ax + Ds \le r^+,\; x^- \le x \le x^+,\; 0 \le s \le u

    Parameters
    ----------
    program : the programme to repair; its cost does not matter
    directions : D, one row per row of the programme, one column per step
    weight : w, one per step
    upper : u, one per step; may be infinite
    options : of HiGHS

    Returns
    -------
    s, or None where no step along these directions repairs the programme

    Raises
    ------
    UnsolvedError
        where the engine ends without an answer.
    """
    elastic = _elastic(program, directions, weight, upper)
    try:
        return solve(elastic, options).value[len(program.cost) :]
    except UnsolvedError as unsolved:
        if "infeasible" not in unsolved.status:
            raise
        return None


def _elastic(program: LinearProgram, directions: csc_array, weight: Vector, upper: Vector) -> LinearProgram:
    """Add a column for each step and let the steps be the only cost."""
    count = directions.shape[1]
    return replace(
        program,
        cost=np.concatenate([np.zeros_like(program.cost), weight]),
        matrix=csc_array(hstack([program.matrix, directions])),
        lower=np.concatenate([program.lower, np.zeros(count)]),
        upper=np.concatenate([program.upper, upper]),
        columns={**program.columns, "relaxation": pd.RangeIndex(count)},
    )


def _rows(
    program: LinearProgram, components: Sequence[str]
) -> tuple[list[tuple[str, Hashable]], NDArray[np.intp]]:
    """Names and positions of all rows of the components that have a finite side."""
    names, rows = [], []
    for component in components:
        if component not in program.rows:
            continue
        start = program.row(component).start
        for position, label in enumerate(program.rows[component], start):
            if np.isfinite([program.row_lower[position], program.row_upper[position]]).any():
                names.append((component, label))
                rows.append(position)
    return names, np.array(rows, dtype=np.intp)


def _certificate(
    program: LinearProgram, rows: NDArray[np.intp], options: HighsOptions | None
) -> NDArray[np.intp]:
    """Rows that prove infeasibility, in the order given: those the elastic programme prices."""
    unit = eye_array(len(program.row_lower), format="csc")[:, rows]
    directions = csc_array(hstack([unit, -unit]))
    count = directions.shape[1]
    elastic = _elastic(program, directions, np.ones(count), np.full(count, np.inf))
    priced = rows[np.abs(solve(elastic, options).dual[rows]) > NONZERO_DUAL]
    proves = not is_feasible(_without(program, np.setdiff1d(rows, priced)), options)
    return priced if proves else rows


def _without(program: LinearProgram, rows: NDArray[np.intp]) -> LinearProgram:
    """Lift both sides of some rows."""
    row_lower, row_upper = program.row_lower.copy(), program.row_upper.copy()
    row_lower[rows], row_upper[rows] = -np.inf, np.inf
    return replace(program, row_lower=row_lower, row_upper=row_upper)
