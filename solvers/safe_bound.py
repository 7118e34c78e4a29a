"""A lower bound on a linear programme that holds however loosely the solver stopped."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_array

from capshare.solvers.guard import run
from capshare.solvers.highs import HighsOptions, load
from capshare.solvers.program import LinearProgram, Vector

EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True)
class SafeBound:
    """A lower bound on the optimum of a minimisation.

    Attributes
    ----------
    value : in the unit of the cost
    engine : name, version and options of the solver that found the multipliers
    """

    value: float
    engine: str


def safe_lower_bound(program: LinearProgram, options: HighsOptions | None = None) -> SafeBound:
    """Bound a programme from below by HiGHS's interior point, without crossover to a basis.

    The bound is computed from the multipliers of the rows alone (:func:`bound_from_duals`), so it is valid
    whatever the solver's tolerance and wherever it stopped; one that stops early, at a limit of its
    iterations for example, makes the bound smaller.

    Parameters
    ----------
    program : a minimisation, every column between finite bounds
    options : of the engine; the method is interior point whatever they say

    Returns
    -------
    SafeBound
    """
    options = replace(options or HighsOptions(), method="ipm")
    engine = load(program, options)
    engine.setOptionValue("run_crossover", "off")
    status = run(engine)
    found = engine.getSolution()
    dual = np.array(found.row_dual) if found.dual_valid else np.zeros(len(program.row_lower))
    name = f"HiGHS {engine.version()} ({options}, no crossover, ended {status})"
    return SafeBound(bound_from_duals(program, dual), name)


def bound_from_duals(program: LinearProgram, dual: Vector) -> float:
    r"""Bound a minimisation from below by any multipliers of its rows.

    .. math:: \sum_r\begin{cases}y_r r^-_r & y_r>0\\ y_r r^+_r & y_r<0\end{cases}
              \;+\;\sum_j\min\bigl((c-A^\top y)_j\,x^-_j,\;(c-A^\top y)_j\,x^+_j\bigr)\;\le\;\min c^\top x

    Multipliers that point to a missing side of a row are set to 0. What rounding may have added is taken off
    again: half a unit in the last place of each product, and of each term of a reduced cost.

    Parameters
    ----------
    program : every column between finite bounds
    dual : y, one per row, ≥ 0 where the lower side of a row binds; any numbers will do

    Returns
    -------
    float
        in the unit of the cost; minus infinity where a column has no bound on the side that is needed

    References
    ----------
    Neumaier, A., & Shcherbina, O. (2004). Safe bounds in linear and mixed-integer linear programming.
    Mathematical Programming 99, 283-296. doi:10.1007/s10107-003-0433-3
    """
    missing = np.where(dual > 0, np.isinf(program.row_lower), np.isinf(program.row_upper))
    used = np.where(missing | ~np.isfinite(dual), 0.0, dual)
    side = np.where(used > 0, program.row_lower, program.row_upper)
    reduced = program.cost - program.matrix.T @ used
    bound = np.where(reduced > 0, program.lower, program.upper)
    rows, columns = used != 0, reduced != 0
    terms = np.concatenate([used[rows] * side[rows], reduced[columns] * bound[columns]])
    if not np.isfinite(terms).all():
        return -math.inf
    # Terms of both signs cancel where the costs differ by orders of magnitude: summed without rounding.
    return math.fsum(terms) - _rounding(program, used, terms)


def _rounding(program: LinearProgram, dual: Vector, terms: Vector) -> float:
    """Most that rounding can have added to the terms of the bound, with a factor of 2 to spare."""
    priced = csc_array(abs(program.matrix)[np.flatnonzero(dual)])
    size = np.abs(program.cost) + priced.T @ np.abs(dual[dual != 0])
    count = np.diff(priced.indptr)
    widest = np.maximum(np.abs(program.lower), np.abs(program.upper))
    reduced = np.where(count > 0, (count + 1) * size * widest, 0.0)
    return EPSILON * float(reduced.sum() + np.abs(terms).sum())
