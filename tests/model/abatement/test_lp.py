import numpy as np
import pytest
from scipy import sparse

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.model.abatement._lp import solve_arrays

INF = np.inf


def solve(cost, rows, lower, upper, col_lower=(0.0, 0.0)):
    return solve_arrays(
        np.array(cost, dtype=float),
        sparse.csr_matrix(np.array(rows, dtype=float)),
        np.array(lower, dtype=float),
        np.array(upper, dtype=float),
        np.array(col_lower, dtype=float),
        np.full(len(cost), INF),
    )


def test_prices_of_hillier_and_lieberman():
    # Hillier & Lieberman, Introduction to Operations Research, Wyndor Glass: (2, 6), 36, (0, 1.5, 1).
    x, dual, objective = solve([-3, -5], [[1, 0], [0, 2], [3, 2]], [-INF] * 3, [4, 12, 18])
    assert x == pytest.approx([2, 6])
    assert objective == pytest.approx(-36)
    assert dual == pytest.approx([0, -1.5, -1])


def test_contradicting_rows_are_named_infeasible():
    with pytest.raises(InfeasibleError, match="infeasible"):
        solve([1, 1], [[1, 1], [1, 1]], [2, -INF], [INF, 1])


def test_an_unbounded_programme_has_no_answer():
    with pytest.raises(CapshareError, match="optimal solution"):
        solve([-1, 0], [[0, 1]], [0], [1])
