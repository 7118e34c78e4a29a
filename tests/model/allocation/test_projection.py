"""The projection adds up, stays in bounds, is proportional in between and affine in its total."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.allocation.projection import project, sums_at_breakpoints


def series(*values):
    return pd.Series(values, index=[f"p{i}" for i in range(len(values))], dtype=float)


def test_worked_by_hand():
    """Weights 1, 2, 7 of 100 Mt; p2 may take 40 at most, p0 needs 25: p1 gets the rest."""
    found = project(series(1, 2, 7), 100, series(25, 0, 0), series(np.inf, np.inf, 40))
    assert found.amount_mt.tolist() == [25, 35, 40]
    assert found.clipped.tolist() == ["floor", "", "ceiling"]
    assert found.slope.tolist() == [0, 1, 0]
    assert found.constant_mt.tolist() == [25, -65, 40]
    assert found.factor == pytest.approx(17.5)


def test_without_bounds_it_is_proportional():
    found = project(series(1, 3), 8, series(0, 0), series(np.inf, np.inf))
    assert found.amount_mt.tolist() == [2, 6]
    assert (found.clipped == "").all()


def test_total_of_all_floors_is_all_floors():
    found = project(series(1, 2), 30, series(10, 20), series(50, 50))
    assert found.amount_mt.tolist() == pytest.approx([10, 20])


def test_zero_weight_gets_its_floor():
    found = project(series(0, 2), 30, series(10, 0), series(50, 50))
    assert found.amount_mt.tolist() == [10, 20]


@pytest.mark.parametrize(
    ("weight", "total", "low", "high", "message"),
    [
        (series(1, 1), 10, series(8, 8), series(20, 20), "at most the cap of 10 Mt; found 16 Mt"),
        (series(1, 1), 50, series(8, 8), series(20, 20), "room for the cap of 50 Mt; found 40 Mt"),
        (series(1, 1), 10, series(8, 0), series(2, 20), r"floor above ceiling in \['p0'\]"),
        (series(-1, 1), 10, series(0, 0), series(20, 20), r"negative at \['p0'\]"),
        (series(0, 0), 10, series(0, 0), series(20, 20), "room for the cap"),
    ],
)
def test_impossible_inputs(weight, total, low, high, message):
    with pytest.raises(CapshareError, match=message):
        project(weight, total, low, high)


def test_inputs_of_other_provinces_are_refused():
    with pytest.raises(CapshareError, match=r"lower_mt: expected the labels of weight"):
        project(series(1, 2), 3, series(1), series(9, 9))


@st.composite
def splits(draw):
    n = draw(st.integers(1, 12))
    amounts = st.floats(0, 1e4, allow_subnormal=False)
    weight = np.array(draw(st.lists(st.floats(1e-3, 1e3), min_size=n, max_size=n)))
    low = np.array(draw(st.lists(amounts, min_size=n, max_size=n)))
    high = low + np.array(draw(st.lists(st.one_of(amounts, st.just(np.inf)), min_size=n, max_size=n)))
    top = min(high.sum(), low.sum() + 1e5)
    total = low.sum() + draw(st.floats(0, 1)) * (top - low.sum())
    return series(*weight), float(total), series(*low), series(*high)


@given(splits(), st.randoms(use_true_random=False))
def test_invariants(split, random):
    weight, total, low, high = split
    found = project(weight, total, low, high)
    amount = found.amount_mt
    scale = max(total, 1.0)
    assert amount.sum() == pytest.approx(total, rel=1e-9, abs=1e-9)
    assert (amount >= low - 1e-9 * scale).all()
    assert (amount <= high + 1e-9 * scale).all()
    assert (found.constant_mt + found.slope * total).to_numpy() == pytest.approx(
        amount.to_numpy(), rel=1e-9, abs=1e-9 * scale
    )
    free = found.clipped == ""
    ratio = (amount / weight)[free]
    assert ratio.to_numpy() == pytest.approx(np.full(len(ratio), found.factor), rel=1e-6, abs=1e-6)
    order = list(weight.index)
    random.shuffle(order)
    again = project(weight[order], total, low, high).amount_mt
    assert again[amount.index].to_numpy() == pytest.approx(amount.to_numpy(), rel=1e-9, abs=1e-9 * scale)


def test_sums_at_breakpoints_by_hand():
    # Of 1 : 2 with floors 1 and 0 and a ceiling of 4 for the second, at ϑ = 0, 1 and 2.
    found = sums_at_breakpoints(np.array([1.0, 2.0]), np.array([1.0, 0.0]), np.array([np.inf, 4.0]))
    assert found.tolist() == [1.0, 3.0, 6.0]
