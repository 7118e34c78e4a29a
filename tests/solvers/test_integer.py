"""Integer programmes: a known optimum, and the endings that are told apart."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from capshare.solvers.guard import LimitReachedError, Limits, limits_in_force, within
from capshare.solvers.integer import solve_integer
from capshare.solvers.program import LinearProgram, UnsolvedError


def knapsack(worth, weight, room, most=1.0):
    count = len(worth)
    return LinearProgram(
        cost=-np.array(worth, dtype=float),
        matrix=csc_array(np.array([weight], dtype=float)),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([float(room)]),
        lower=np.zeros(count),
        upper=np.full(count, most),
        rows={},
        columns={},
    )


def test_a_knapsack_whose_relaxation_is_not_whole():
    # By value 10/5 and 6/4 both are taken, 5/3 is split: 8/3 more than the whole optimum allows.
    program = knapsack([10, 6, 5], [5, 4, 3], 9)
    np.testing.assert_array_equal(solve_integer(program, np.full(3, True)), [1, 1, 0])
    assert solve_integer(program, np.full(3, False))[1] == pytest.approx(0.25)


def test_only_the_columns_named_are_whole():
    program = knapsack([3, 2], [2, 2], 3)
    np.testing.assert_allclose(solve_integer(program, np.array([True, False])), [1, 0.5])


def test_an_impossible_programme_says_so():
    program = knapsack([1], [2], 1)
    program = LinearProgram(**{**vars(program), "row_lower": np.array([0.5])})
    with pytest.raises(UnsolvedError, match="infeasible"):
        solve_integer(program, np.array([True]))


def test_limits_hold_here_too():
    rng = np.random.default_rng(0)
    program = knapsack(rng.uniform(1, 2, 200), rng.uniform(1, 2, 200), 60.0)
    assert limits_in_force().time_limit_s > 1e-9
    with pytest.raises(Exception, match="time limit") as stopped, within(Limits(time_limit_s=1e-9)):
        solve_integer(program, np.full(200, True))
    assert isinstance(stopped.value.__cause__, LimitReachedError)
