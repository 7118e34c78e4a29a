"""The gap between both objectives, near a cost of 0 too."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_array

from capshare.solvers.program import LinearProgram, solution


def chain(price, amount):
    """Buy x and sell y of it at nearly the same price: min p x - p y, x - y ≥ 0, x ≤ a, y ≤ a."""
    return LinearProgram(
        cost=np.array([price, -price]),
        matrix=csc_array(np.array([[1.0, -1.0]])),
        row_lower=np.zeros(1),
        row_upper=np.full(1, np.inf),
        lower=np.zeros(2),
        upper=np.full(2, amount),
        rows={"balance": pd.Index([""])},
        columns={"x": pd.Index([""]), "y": pd.Index([""])},
    )


def test_rounding_of_terms_that_cancel_is_no_gap():
    """Fixed columns whose costs cancel: any dual is optimal, and leaves rounding of 1e11 beside about 0."""
    # How the processor adds up decides in which of them the rounding shows.
    found = [cancelling(seed, 37 + seed) for seed in range(20)]
    apart = [abs(one.objective - one.dual_objective) / max(1.0, abs(one.objective)) for one in found]
    assert max(apart) > 1e-9
    assert max(one.duality_gap for one in found) < 1e-15 * 57


def cancelling(seed, count):
    rng = np.random.default_rng(seed)
    price, amount = rng.uniform(1e3, 1e4, count), rng.uniform(1e5, 1e6, count)
    fixed = np.concatenate([amount, amount])
    program = LinearProgram(
        cost=np.concatenate([price, -price]),
        matrix=csc_array(np.concatenate([np.eye(count), np.eye(count)], axis=1)),
        row_lower=2 * amount,
        row_upper=2 * amount,
        lower=fixed,
        upper=fixed,
        rows={"both": pd.RangeIndex(count)},
        columns={"x": pd.RangeIndex(2 * count)},
    )
    return solution(program, fixed, rng.uniform(1e3, 1e4, count), "by hand", None)


def test_a_wrong_dual_is_a_gap_beside_the_terms_too():
    found = solution(chain(1e4, 1e6), np.zeros(2), np.array([0.0]), "by hand", None)
    assert found.duality_gap == pytest.approx(1.0)
    flipped = solution(chain(1e4, 1e6), np.zeros(2), np.array([-1e4]), "by hand", None)
    assert flipped.duality_gap == np.inf
