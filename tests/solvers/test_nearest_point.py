"""The nearest of many optimal solutions: known projections, and a general solver's answers."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, minimize
from scipy.sparse import csc_array

from capshare.solvers.highs import solve
from capshare.solvers.nearest_point import Goal, nearest_optimum
from capshare.solvers.program import LinearProgram


def simplex(total, count=3, most=np.inf, cost=None):
    """x ≥ 0 with Σ x = total."""
    return LinearProgram(
        cost=np.zeros(count) if cost is None else np.array(cost, dtype=float),
        matrix=csc_array(np.ones((1, count))),
        row_lower=np.array([float(total)]),
        row_upper=np.array([float(total)]),
        lower=np.zeros(count),
        upper=np.full(count, most),
        rows={},
        columns={},
    )


def goal(target, measure=None):
    count = len(target)
    own = np.arange(count)
    return Goal(own, own, np.array(target, dtype=float), np.ones(count) if measure is None else measure)


@pytest.mark.parametrize(
    ("target", "nearest"),
    [
        ((1, 1, 1), (2, 2, 2)),
        ((4, 1, 0), (13 / 3, 4 / 3, 1 / 3)),
        # Projection on a face of the simplex: the last would be negative.
        ((6, 2, -4), (5, 1, 0)),
        # On a vertex.
        ((9, 0, 0), (6, 0, 0)),
    ],
)
def test_projection_on_a_simplex(target, nearest):
    found = nearest_optimum(solve(simplex(6)), [goal(target)])
    np.testing.assert_allclose(found, nearest, atol=1e-12)


def test_squares_are_divided_by_the_measure():
    # min x²/1 + y²/2 with x + y = 6: x = y / 2.
    found = nearest_optimum(solve(simplex(6, 2)), [goal((0, 0), np.array([1.0, 2.0]))])
    np.testing.assert_allclose(found, [2, 4], atol=1e-12)


def test_only_solutions_of_least_cost_count():
    found = nearest_optimum(solve(simplex(6, cost=[1, 1, 2])), [goal((0, 0, 6))])
    np.testing.assert_allclose(found, [3, 3, 0], atol=1e-12)


def test_a_later_goal_decides_what_an_earlier_leaves_open():
    one = Goal(np.array([0]), np.array([0]), np.array([1.0]), np.ones(1))
    found = nearest_optimum(solve(simplex(6)), [one, goal((0, 5, 0))])
    np.testing.assert_allclose(found, [1, 5, 0], atol=1e-8)
    pair = Goal(np.array([0, 1]), np.array([0, 0]), np.array([4.0]), np.ones(1))
    found = nearest_optimum(solve(simplex(6)), [pair, goal((0, 0, 0))])
    np.testing.assert_allclose(found, [2, 2, 2], atol=1e-8)


def test_the_nearest_is_that_of_a_general_solver():
    random = np.random.default_rng(7)
    for _ in range(10):
        matrix, target = random.uniform(-1, 1, (4, 8)), random.uniform(0, 3, 8)
        measure, middle = random.uniform(0.5, 2, 8), random.uniform(0, 2, 8)
        row = matrix @ middle
        program = replace(
            simplex(1, 8, 2.0), matrix=csc_array(matrix), row_lower=row - 0.1, row_upper=row + 0.1
        )
        found = nearest_optimum(solve(program), [goal(target, measure)])
        other = minimize(
            lambda x, t=target, m=measure: ((x - t) ** 2 / m).sum(),
            middle,
            jac=lambda x, t=target, m=measure: 2 * (x - t) / m,
            bounds=[(0, 2)] * 8,
            constraints=LinearConstraint(matrix, row - 0.1, row + 0.1),
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 500},
        )
        np.testing.assert_allclose(found, other.x, atol=1e-5)


def test_a_solution_without_a_basis_is_refused():
    with pytest.raises(ValueError, match="no basis"):
        nearest_optimum(replace(solve(simplex(6)), basis=None), [goal((1, 1, 1))])
