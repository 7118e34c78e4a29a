"""Lower bounds that hold whatever the multipliers are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_array

from capshare.solvers.program import LinearProgram
from capshare.solvers.safe_bound import bound_from_duals, safe_lower_bound


def hillier():
    """Minus 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 (Hillier & Lieberman): optimum -36, prices 0, 1.5, 1."""
    return LinearProgram(
        cost=np.array([-3.0, -5.0]),
        matrix=csc_array(np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 2.0]])),
        row_lower=np.full(3, -np.inf),
        row_upper=np.array([4.0, 12.0, 18.0]),
        lower=np.zeros(2),
        upper=np.full(2, 10.0),
        rows={"limit": pd.Index(["x", "y", "both"])},
        columns={"make": pd.Index(["x", "y"])},
    )


def test_the_known_prices_give_the_optimum():
    assert bound_from_duals(hillier(), np.array([0.0, -1.5, -1.0])) == pytest.approx(-36, rel=1e-12)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3))
def test_no_multipliers_give_more_than_the_optimum(prices):
    assert bound_from_duals(hillier(), np.array(prices)) <= -36


@pytest.mark.parametrize("useless", [np.zeros(3), np.full(3, np.nan), np.array([5.0, 5.0, np.inf])])
def test_useless_multipliers_give_what_the_bounds_alone_say(useless):
    assert bound_from_duals(hillier(), useless) == pytest.approx(-80, rel=1e-15)


def test_interior_point_comes_close_from_below():
    found = safe_lower_bound(hillier())
    assert found.value == pytest.approx(-36, rel=1e-6)
    assert found.value <= -36
    assert "no crossover, ended optimal" in found.engine
