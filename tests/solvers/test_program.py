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
    rng = np.random.default_rng(1)
    price, amount = rng.uniform(1e3, 1e4, 40), rng.uniform(1e5, 1e6, 40)
    fixed = np.concatenate([amount, amount])
    program = LinearProgram(
        cost=np.concatenate([price, -price]),
        matrix=csc_array(np.concatenate([np.eye(40), np.eye(40)], axis=1)),
        row_lower=2 * amount,
        row_upper=2 * amount,
        lower=fixed,
        upper=fixed,
        rows={"both": pd.RangeIndex(40)},
        columns={"x": pd.RangeIndex(80)},
    )
    found = solution(program, fixed, rng.uniform(1e3, 1e4, 40), "by hand", None)
    apart = abs(found.objective - found.dual_objective) / max(1.0, abs(found.objective))
    assert apart > 1e-9
    assert found.duality_gap < 1e-15 * 40


def test_a_wrong_dual_is_a_gap_beside_the_terms_too():
    found = solution(chain(1e4, 1e6), np.zeros(2), np.array([0.0]), "by hand", None)
    assert found.duality_gap == pytest.approx(1.0)
    flipped = solution(chain(1e4, 1e6), np.zeros(2), np.array([-1e4]), "by hand", None)
    assert flipped.duality_gap == np.inf
