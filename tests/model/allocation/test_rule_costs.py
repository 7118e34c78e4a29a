"""Costs of given splits, worked by hand on three provinces."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.rule_costs import free_trade_cost_1e8yuan, rule_costs

CODES = ["a", "b", "c"]
SPLITS = pd.DataFrame({"even": [8.0, 7, 6], "uneven": [10.0, 8, 3], "harsh": [16.0, 5, 0]}, index=CODES)


def data(trade_limit=0.1):
    """Golden number 6 (own): E = 10, 8, 6; two steps of 2 Mt each at (10, 30), (20, 40), (30, 50) yuan/t."""
    provinces = pd.DataFrame(
        {
            "block": "all",
            "share": 1.0,
            "emissions_mt": [10.0, 8, 6],
            "floor_mt": 0.0,
            "ceiling_mt": np.inf,
        },
        index=CODES,
    )
    index = pd.MultiIndex.from_product([CODES, [1, 2]], names=["code", "step"])
    steps = pd.DataFrame({"size_mt": 2.0, "cost_yuan_per_t": [10.0, 30, 20, 40, 30, 50]}, index=index)
    return allocation_data(
        provinces, pd.Series({"all": 21.0}), steps, ScalarLimits(0.2, trade_limit, 0.0, 100.0)
    )


def test_without_trade_each_covers_its_own_deficit():
    found = rule_costs(SPLITS, data())
    # 2 x 10 + 1 x 20; then 2 x 30 + 1 x 50; then b 2 x 20 + 1 x 40, c 2 x 30 + 2 x 50 and 2 Mt left.
    assert found["no_trade_cost_1e8yuan"].tolist() == pytest.approx([0.40, 1.10, 2.40])
    assert found["no_trade_uncovered_mt"].tolist() == pytest.approx([0, 0, 2])
    assert found["no_trade_penalty_1e8yuan"].tolist() == pytest.approx([0, 0, 2.0])


@pytest.mark.parametrize("scale", [1e-3, 1e6, 1e7 / 3])
def test_the_unit_of_the_amounts_changes_nothing_but_the_unit(scale):
    """Thirds, whose sum in large units is not the cap to the last digit the solver looks at."""
    splits = pd.DataFrame({"thirds": [7.1 / 3, 20.2 / 3, 35.7 / 3]}, index=CODES)
    small = data()
    provinces = small.provinces[["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]]
    amounts = ["emissions_mt", "floor_mt", "ceiling_mt"]
    provinces = provinces.assign(**{name: provinces[name] * scale for name in amounts})
    steps = small.steps.assign(size_mt=small.steps["size_mt"] * scale)
    large = allocation_data(provinces, small.caps_mt * scale, steps, small.limits)
    expected, found = rule_costs(splits, small), rule_costs(splits * scale, large)
    pd.testing.assert_frame_equal(found / scale, expected, rtol=1e-6, atol=1e-6)


def test_limited_trade_evens_out_a_part():
    found = rule_costs(SPLITS, data())
    # Of uneven, c may buy 0.6 of its 3 Mt: 2 x 30 + 0.4 x 50, and a abates 0.6 x 10 to sell it.
    assert found["cost_1e8yuan"].tolist()[:2] == pytest.approx([0.40, 0.86])
    # Of harsh, c needs 6: buys 0.6, cuts 4, leaves 1.4; b buys 0.8 of its 3; a has 6 to spare.
    assert found.loc["harsh", "uncovered_mt"] == pytest.approx(1.4)
    assert found.loc["harsh", "penalty_1e8yuan"] == pytest.approx(1.4)
    assert found.loc["harsh", "cost_1e8yuan"] == pytest.approx(0.01 * (2 * 20 + 0.2 * 40 + 2 * 30 + 2 * 50))


def test_free_trade_costs_the_same_whatever_the_split():
    assert [free_trade_cost_1e8yuan(SPLITS[rule], data()) for rule in SPLITS] == pytest.approx([0.40] * 3)
    unlimited = rule_costs(SPLITS, data(trade_limit=np.inf))
    assert unlimited["cost_1e8yuan"].tolist() == pytest.approx([0.40] * 3)


def test_no_trade_never_costs_less_than_trade():
    found = rule_costs(SPLITS, data())
    with_trade = found["cost_1e8yuan"] + found["penalty_1e8yuan"]
    alone = found["no_trade_cost_1e8yuan"] + found["no_trade_penalty_1e8yuan"]
    assert (alone >= with_trade - 1e-12).all()


def test_order_does_not_matter():
    pd.testing.assert_frame_equal(rule_costs(SPLITS.iloc[::-1], data()), rule_costs(SPLITS, data()))


def test_other_regions_are_refused():
    with pytest.raises(CapshareError, match=r"\['c'\]"):
        rule_costs(SPLITS.rename({"c": "d"}), data())
