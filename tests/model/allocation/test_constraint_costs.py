"""What each kind of constraint costs: the difference to an allocation that never had it."""

from dataclasses import replace

import numpy as np
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.constraint_costs import ALL_OF_THEM, constraint_costs


@pytest.fixture
def scarce(small):
    p, limits = small.provinces, replace(small.limits, max_deviation=0.05)
    little_trade = p.assign(purchase_limit_mt=0.01 * p["emissions_mt"])
    return replace(small, provinces=little_trade, limits=limits).with_caps(small.caps_mt * 0.8)


def test_each_is_the_difference_to_an_allocation_without_it(scarce):
    found, cost = allocate(scarce), constraint_costs(allocate(scarce))
    p = scarce.provinces
    without = {
        "distance": replace(scarce, limits=replace(scarce.limits, max_deviation=np.inf)),
        "bounds": replace(scarce, provinces=p.assign(floor_mt=0.0, ceiling_mt=np.inf)),
        "trade limit": replace(scarce, provinces=p.assign(purchase_limit_mt=np.inf)),
        "planners": replace(scarce, rules=scarce.rules[:0], rule_weight=scarce.rule_weight[:0]),
    }
    assert list(cost.index) == [*without, ALL_OF_THEM]
    for kind, data in without.items():
        saved = found.objective_1e8yuan - allocate(data).objective_1e8yuan
        assert cost[kind] == pytest.approx(saved, abs=1e-9), kind
    assert cost.max() > 0


def test_without_any_of_them_it_costs_no_more_than_without_one(scarce):
    cost = constraint_costs(allocate(scarce))
    assert (cost >= 0).all()
    assert cost[ALL_OF_THEM] >= cost.drop(ALL_OF_THEM).max()


def test_tiers_and_limits_on_yearly_change_are_among_them(tiered, linked):
    assert "tiers" in constraint_costs(allocate(tiered))
    assert "yearly change" in constraint_costs(allocate(linked))


def test_where_quotas_alone_lead_to_the_cheapest_steps_no_constraint_costs_anything(three):
    """Quotas without distance and floor go where a tonne is worth most, so nobody would have to trade."""
    data = three(21.0)
    assert constraint_costs(allocate(data)).to_dict() == {
        "bounds": 0.0,
        "trade limit": 0.0,
        ALL_OF_THEM: 0.0,
    }
