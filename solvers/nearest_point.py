"""The solution of a linear programme that is nearest to a point: one, where the programme leaves many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from capshare.solvers.held_face import HeldFace
from capshare.solvers.highs import HighsOptions
from capshare.solvers.program import Solution, Vector

# Of distances, and of weights that add up to 1: what is less is rounding.
ROUNDING = 1e-12


class Goal(NamedTuple):
    """A point that sums of columns shall be near to.

    Attributes
    ----------
    columns : positions of the columns that are summed
    member : which sum each of them is a part of
    target : one per sum; sums are bounded over the optimal solutions
    measure : one per sum, above 0; what the square of its distance is divided by
    """

    columns: NDArray[np.intp]
    member: NDArray[np.intp]
    target: Vector
    measure: Vector


def nearest_optimum(solved: Solution, goals: Iterable[Goal], options: HighsOptions | None = None) -> Vector:
    r"""Among all optimal solutions, the one nearest to a point, then to the next of several.

    .. math:: \min \sum_g \frac{1}{m_g}\Bigl(\sum_{j\in g}x_j-t_g\Bigr)^2
              \quad\text{over all } x \text{ of least cost}

    Squares have one minimum, which knows no order of the columns and treats equal ones alike. Wolfe's
    algorithm finds it after finitely many linear programmes, each from the vertex of the one before: one of
    them, without a pivot, where the solution is the nearest already.

    Parameters
    ----------
    solved : an optimal solution with its basis
    goals : the most important first
    options : of HiGHS

    Returns
    -------
    array, one per column; the sums of the goals are unique

    Raises
    ------
    UnsolvedError
        where the engine ends without an optimum.

    References
    ----------
    Wolfe, P. (1976). Finding the nearest point in a polytope. Mathematical Programming 11, 128-149,
    doi 10.1007/BF01580381.
    """
    # Reduced costs below the engine's tolerance may be rounding; whatever they leave open is open.
    face, value = HeldFace(solved, options, (options or HighsOptions()).optimality_tolerance), solved.value
    for goal in goals:
        value = _nearest(face, goal, value)
        face.hold(goal.columns, goal.member, _sums(goal, value))
    return value


def _sums(goal: Goal, value: Vector) -> Vector:
    return np.bincount(goal.member, value[goal.columns], minlength=len(goal.target)).astype(float)


def _nearest(face: HeldFace, goal: Goal, value: Vector) -> Vector:
    """The point of the face nearest to a goal, from another point of it."""
    scale = 1 / np.sqrt(goal.measure)
    whole, weight = value[None, :], np.ones(1)
    points = (_sums(goal, value) - goal.target)[None, :] * scale
    little = ROUNDING * float(np.abs(np.concatenate([points[0], goal.target * scale])).max(initial=0.0))
    while np.abs(point := weight @ points).max(initial=0.0) > little:
        vertex = face.vertex(goal.columns, (point * scale)[goal.member])
        towards = (_sums(goal, vertex) - goal.target) * scale
        is_known = np.abs(points - towards).max(axis=1).min() <= little
        # A vertex that is known already, or that lies no nearer: there is none that does.
        if is_known or point @ (point - towards) <= little * np.abs(point).max():
            break
        weight, kept = _nearest_weights(np.vstack([points, towards]), np.append(weight, 0.0))
        whole, points = (np.vstack(pair)[kept] for pair in ((whole, vertex), (points, towards)))
    return np.asarray(weight @ whole)


def _nearest_weights(points: Vector, weight: Vector) -> tuple[Vector, NDArray[np.intp]]:
    """Weights of the points at the point nearest to 0 of what they span, and which points it needs."""
    kept = np.arange(len(points))
    while True:
        aim = _affine_weights(points[kept])
        short = aim <= ROUNDING
        if not short.any():
            return aim, kept
        # As far towards the aim as no weight falls below 0; what reaches 0 is left out.
        part = float((weight[short] / (weight[short] - aim[short])).min())
        weight = (1 - part) * weight + part * aim
        stays = weight > ROUNDING
        weight, kept = weight[stays] / weight[stays].sum(), kept[stays]


def _affine_weights(points: Vector) -> Vector:
    """Weights, adding up to 1, of the point nearest to 0 on the plane through some points."""
    moves = (points[1:] - points[0]).T
    # Of many sums most are the same at all points.
    differ = moves.any(axis=1)
    moved = np.linalg.lstsq(moves[differ], -points[0, differ], rcond=None)[0]
    return np.concatenate([[1 - moved.sum()], moved])
