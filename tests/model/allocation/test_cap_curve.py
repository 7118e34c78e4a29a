"""The price of a cap as a curve: by hand, against allocations solved apart, and where it rises."""

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.cap_curve import STEP_YUAN_PER_T, cap_curves, not_convex
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.one_sided import cap_sides


def test_by_hand(three):
    """Without trade, equity and floor the cheapest steps are taken: 20 to 22 Mt at 20 yuan/t, then 10."""
    found = cap_curves(allocate(three(21.0))).xs("all")
    assert found.index.tolist() == pytest.approx([19.95, 20, 21, 22, 22.05])
    assert found["price_low_yuan_per_t"].tolist() == pytest.approx([30, 20, 20, 10, 10])
    assert found["price_high_yuan_per_t"].tolist() == pytest.approx([30, 30, 20, 20, 10])
    # At 21 Mt: 2 Mt at 10 and 1 Mt at 20 yuan/t, in 1e8 yuan.
    assert found["cost_1e8yuan"][21.0] == pytest.approx(0.4)
    assert not_convex(found).empty


def test_a_cap_without_a_split_ends_the_curve(three):
    """All steps are 12 of 24 Mt and the penalty is the last resort; floors of all emissions leave no room."""
    data = three(24.0)
    p = data.provinces[["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]]
    tight = allocation_data(
        p.assign(floor_mt=0.99 * p["emissions_mt"]), data.caps_mt, data.steps, data.limits
    )
    found = cap_curves(allocate(tight)).xs("all")
    assert found.index[0] == pytest.approx(0.99 * 24, abs=0.01)
    assert found.index[-1] == pytest.approx(24 * 1.05)


@pytest.fixture
def rising():
    """a, whose tonne is worth more, is cut alone where b is at its ceiling, and with it below 15 Mt."""
    provinces = pd.DataFrame(
        {
            "block": "all",
            "share": [1.0, 2.0],
            "emissions_mt": [20.0, 20.0],
            "floor_mt": 0.0,
            "ceiling_mt": [np.inf, 10.0],
        },
        index=["a", "b"],
    )
    index = pd.MultiIndex.from_product([["a", "b"], [1]], names=["code", "step"])
    steps = pd.DataFrame({"size_mt": 20.0, "cost_yuan_per_t": [100.0, 10.0]}, index=index)
    return lambda cap: allocation_data(
        provinces, pd.Series({"all": cap}), steps, ScalarLimits(0.0, 0.0, 0.0, 900.0)
    )


def test_where_a_looser_cap_has_a_higher_price_the_curve_says_so(rising):
    """Up to 15 Mt a tonne goes 1 to 2 to a and b and saves (100 + 2 × 10) / 3; beyond all of it to a: 100."""
    found = cap_curves(allocate(rising(15.2))).xs("all")
    assert found["price_high_yuan_per_t"][15.0] == pytest.approx(40)
    assert found["price_low_yuan_per_t"][15.0] == pytest.approx(100)
    assert not_convex(found).index.tolist() == [15.0]


@pytest.mark.parametrize("cap", [14.9, 15.0, 15.2])
def test_the_price_holds_to_where_it_changes(rising, cap):
    [side] = cap_sides(allocate(rising(cap))).to_dict("records")
    assert side["price_high_yuan_per_t"] == pytest.approx(100 if cap > 15 else 40)
    assert side["price_low_yuan_per_t"] == pytest.approx(40 if cap < 15 else 100)
    assert side["holds_from_mt"] == pytest.approx(15 if cap > 15 else 0, abs=1e-9)
    assert side["holds_to_mt"] == pytest.approx(15 if cap < 15 else 30)


def test_the_curve_is_that_of_allocations_solved_apart(small):
    found = allocate(small)
    for group, curve in cap_curves(found).groupby(level="group"):
        own = curve.xs(group)
        for cap in np.linspace(own.index[0], own.index[-1], 7)[1:-1]:
            caps = small.caps_mt.copy()
            caps[group] = cap
            apart = allocate(small.with_caps(caps)).objective_1e8yuan
            between = np.interp(cap, own.index, own["cost_1e8yuan"])
            assert between == pytest.approx(apart, abs=1e-6 * found.objective_1e8yuan + STEP_YUAN_PER_T)


def test_a_block_with_a_split_at_no_other_cap_has_no_curve(three):
    data = three(24.0)
    p = data.provinces[["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]]
    fixed = p.assign(floor_mt=p["emissions_mt"], ceiling_mt=p["emissions_mt"])
    assert cap_curves(allocate(allocation_data(fixed, data.caps_mt, data.steps, data.limits))).empty
