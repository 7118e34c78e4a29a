"""Solutions printed with few digits, brought back."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from capshare.solvers.highs import solve
from capshare.solvers.polish import polished
from capshare.solvers.program import LinearProgram, solution


def transport(seed, sources=4, sinks=5):
    """Cheapest way from sources to sinks; some sources have more than is asked of them."""
    rng = np.random.default_rng(seed)
    supply, demand = rng.uniform(50, 90, sources), rng.uniform(10, 40, sinks)
    out = np.kron(np.eye(sources), np.ones(sinks))
    into = np.kron(np.ones(sources), np.eye(sinks))
    count = sources * sinks
    return LinearProgram(
        cost=rng.uniform(100, 900, count),
        matrix=csc_array(np.vstack([out, into])),
        row_lower=np.concatenate([np.full(sources, -np.inf), demand]),
        row_upper=np.concatenate([supply, np.full(sinks, np.inf)]),
        lower=np.zeros(count),
        upper=np.full(count, 30.0),
        rows={"supply": pd.RangeIndex(sources), "demand": pd.RangeIndex(sinks)},
        columns={"sent": pd.RangeIndex(count)},
    )


def printed(exact, digits=8):
    """The solution as a solver prints it."""

    def rounded(vector):
        return np.array([float(f"{number:.{digits}g}") for number in vector])

    return solution(exact.program, rounded(exact.value), rounded(exact.dual), exact.engine, None)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_eight_digits_become_sixteen(seed):
    exact = solve(transport(seed))
    rough = printed(exact)
    # Rounding may leave the gap closed by chance; then there is nothing to see.
    assume(rough.duality_gap > 1e-10)
    found = polished(rough)
    assert found.duality_gap < 1e-12
    assert found.value == pytest.approx(exact.value, rel=1e-11, abs=1e-11)
    assert found.dual == pytest.approx(exact.dual, rel=1e-11, abs=1e-9)
    assert found.engine == exact.engine
    activity = found.program.matrix @ found.value
    assert (activity >= found.program.row_lower - 1e-9).all()
    assert (activity <= found.program.row_upper + 1e-9).all()


def test_what_is_exact_is_left_alone():
    exact = solve(transport(1))
    assert polished(exact) is exact


def test_what_is_not_nearly_optimal_does_not_become_so():
    exact = solve(transport(1))
    wrong = solution(exact.program, exact.value + 1.0, exact.dual + 50.0, "wrong", None)
    assert not polished(wrong).duality_gap < 1e-3
