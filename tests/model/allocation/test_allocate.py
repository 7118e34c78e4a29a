"""The allocation LP on examples worked by hand: quotas, prices, their sum rules."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.checks import checks
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.one_sided import cap_sides
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.prices import contributions, decomposition
from capshare.model.allocation.two_stages import trades

GIVEN = ["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]


@pytest.mark.parametrize(("cap", "cost", "low", "high"), [(21.0, 40.0, 20.0, 20.0), (20.0, 60.0, 20.0, 30.0)])
def test_one_sided_price_of_the_cap(three, cap, cost, low, high):
    """Golden number 6, own: at a kink both prices are reported."""
    found = allocate(three(cap))
    assert found.first.objective == pytest.approx(cost)
    sides = cap_sides(found).loc["all"]
    assert sides["price_low_yuan_per_t"] == pytest.approx(low, abs=1e-6)
    assert sides["price_high_yuan_per_t"] == pytest.approx(high, abs=1e-6)
    price = found.prices["price_yuan_per_t"]["cap", "all"]
    assert low - 1e-6 <= price <= high + 1e-6


def test_side_without_room_has_no_price(three):
    data = three(24.0)
    given = data.provinces[GIVEN].assign(ceiling_mt=data.provinces["emissions_mt"])
    found = allocate(allocation_data(given, data.caps_mt, data.steps, data.limits))
    sides = cap_sides(found).loc["all"]
    assert sides["price_low_yuan_per_t"] is None
    assert sides["price_high_yuan_per_t"] == pytest.approx(10)


def test_every_check_passes_with_every_constraint_present(small):
    found = allocate(small)
    assert checks(found)["passed"].all()
    assert set(found.prices.index.get_level_values("constraint")) == {
        "cap", "coverage", "equity_above", "equity_below", "floor", "ceiling", "purchase_limit", "market",
        "rule_at_least", "rule_at_most",
    }  # fmt: skip


def test_prices_add_up(small):
    found = allocate(small)
    price = found.prices["price_yuan_per_t"]
    block = small.provinces["block"]
    of_block = block.map(price["cap"]).to_numpy()
    assert decomposition(price, small).to_numpy() == pytest.approx(of_block, rel=1e-9)
    parts = contributions(price, found.quantities["quota_mt"], small)["contribution_yuan_per_t"]
    assert parts.groupby(block).sum().to_numpy() == pytest.approx(price["cap"].to_numpy(), rel=1e-9)


def test_slack_rows_have_no_price_and_priced_rows_bind(small):
    prices = allocate(small).prices
    assert (prices.loc[~prices["binding"], "price_yuan_per_t"] == 0).all()
    nonnegative = prices.drop(["cap", "rule_at_most"], level="constraint")
    assert (nonnegative["price_yuan_per_t"] >= 0).all()
    assert (prices.loc["rule_at_most", "price_yuan_per_t"] <= 0).all()


def test_scarce_cap_with_free_trade_has_one_price():
    """Cap 10 % below emissions, trade unlimited: λ = μ = π > 0 and quotas equal entitlements."""
    provinces = pd.DataFrame(
        {
            "block": ["I", "I", "II"],
            "share": [1.0, 3.0, 2.0],
            "emissions_mt": [10.0, 20.0, 30.0],
            "floor_mt": 0.0,
            "ceiling_mt": np.inf,
        },
        index=list("abc"),
    )
    index = pd.MultiIndex.from_product([list("abc"), [1, 2]], names=["code", "step"])
    steps = pd.DataFrame({"size_mt": 2.5, "cost_yuan_per_t": [10.0, 40, 20, 50, 30, 60]}, index=index)
    caps = pd.Series({"I": 27.0, "II": 27.0})
    data = allocation_data(provinces, caps, steps, ScalarLimits(0.3, np.inf, 0.0, 900.0))
    found = allocate(data)
    price = found.prices["price_yuan_per_t"]
    assert found.first.objective == pytest.approx(10 * 2.5 + 20 * 2.5 + 30 * 1.0)
    assert price["cap"].to_numpy() == pytest.approx(30)
    assert price["coverage"].to_numpy() == pytest.approx(30)
    assert price["market", "national"] == pytest.approx(30)
    quota = found.quantities["quota_mt"]
    assert quota.to_numpy() == pytest.approx(data.provinces["entitlement_mt"].to_numpy())


def test_second_stage_stays_as_close_to_entitlements_as_cost_allows(three):
    """Slack cap: nothing costs anything, so every quota is its entitlement."""
    found = allocate(three(30.0))
    assert found.quantities["quota_mt"].to_numpy() == pytest.approx([10, 10, 10])
    assert found.first.objective == pytest.approx(0)


def test_row_order_does_not_matter(small):
    found = allocate(small)
    order = ["130000", "110000", "120000"]
    given = small.provinces.loc[order, GIVEN]
    rules = (
        PlannerRule("first", {"110000": 1.0}, "at least", share=0.125),
        PlannerRule("第二", {"130000": 2.0, "110000": 1.0}, "at most", bound_mt=65.0),
    )
    again = allocate(allocation_data(given, small.caps_mt[::-1], small.steps[::-1], small.limits, rules))
    pd.testing.assert_frame_equal(found.quantities, again.quantities)
    pd.testing.assert_frame_equal(found.prices, again.prices)


def test_a_rule_that_nothing_satisfies_is_infeasible_not_wrong(small):
    rule = PlannerRule("most to one", {"110000": 1.0}, "at least", share=0.9)
    given = small.provinces[GIVEN]
    data = allocation_data(given, small.caps_mt, small.steps, small.limits, (rule,))
    with pytest.raises(InfeasibleError, match="infeasible") as raised:
        allocate(data)
    assert raised.value.exit_code == 3


def test_sales_are_pro_rata_to_surplus_in_each_market():
    need = np.array([6.0, -10, -5, 0, 2, -1])
    purchase, sale = trades(need, np.array([0, 0, 0, 0, 1, 1]))
    assert purchase.tolist() == [6, 0, 0, 0, 2, 0]
    assert sale.tolist() == [0, 4, 2, 0, 0, 2]


def test_steps_of_other_provinces_are_refused(small):
    given = small.provinces[GIVEN]
    with pytest.raises(CapshareError, match=r"steps: expected .* provinces; found without"):
        allocation_data(given, small.caps_mt, small.steps.drop("130000"), small.limits)


def test_planner_rules_name_known_provinces_and_themselves(small):
    given = small.provinces[GIVEN]
    stranger = PlannerRule("x", {"999999": 1.0}, "at least")
    with pytest.raises(CapshareError, match="x: expected provinces of the study; found 999999"):
        allocation_data(given, small.caps_mt, small.steps, small.limits, (stranger,))
    twin = PlannerRule("x", {"110000": 1.0}, "at least")
    with pytest.raises(CapshareError, match=r"\['x'\] more than once"):
        allocation_data(given, small.caps_mt, small.steps, small.limits, (twin, twin))
