"""The parts of an allocation come together sorted, checked and with nothing counted twice."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.planners_constraint import PlannerRule

GIVEN = ["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]


def test_order_of_the_frames_does_not_matter(small):
    shuffled = small.provinces[GIVEN][::-1]
    again = allocation_data(shuffled, small.caps_mt[::-1], small.steps[::-1], small.limits)
    pd.testing.assert_frame_equal(again.provinces, small.provinces)
    pd.testing.assert_frame_equal(again.steps, small.steps)
    pd.testing.assert_series_equal(again.caps_mt, small.caps_mt)


def test_a_step_given_twice_is_refused(small):
    twice = pd.concat([small.steps, small.steps.tail(1)])
    with pytest.raises(
        CapshareError, match=r"each step of a province once; found \[\('130000', 2\)\] more than once"
    ):
        allocation_data(small.provinces[GIVEN], small.caps_mt, twice, small.limits)


def test_every_missing_number_is_named_at_once(small):
    given = small.provinces[GIVEN].copy()
    given.loc["120000", "emissions_mt"] = float("nan")
    given.loc["130000", "share"] = float("inf")
    with pytest.raises(CapshareError, match="a finite number") as raised:
        allocation_data(given, small.caps_mt, small.steps, small.limits)
    places = [problem.place for problem in raised.value.problems]
    assert places == ["provinces[120000, emissions_mt]", "provinces[130000, share]"]


def test_a_rule_weighs_every_province(small):
    """k − s: 1 − 0.25 for the named province, −0.25 for the others."""
    rule = PlannerRule("a quarter", {"120000": 1.0}, "at least", share=0.25)
    data = allocation_data(small.provinces[GIVEN], small.caps_mt, small.steps, small.limits, (rule,))
    weights = data.rule_weight["a quarter"]
    assert weights.to_dict() == {"110000": -0.25, "120000": 0.75, "130000": -0.25}


def test_new_caps_move_entitlements_and_nothing_else(small):
    changed = small.with_caps(small.caps_mt + 1)
    moved = ["entitlement_mt", "constant_mt", "slope", "clipped"]
    pd.testing.assert_frame_equal(changed.provinces.drop(columns=moved), small.provinces.drop(columns=moved))
    total = changed.provinces["entitlement_mt"].groupby(changed.provinces["block"]).sum()
    assert total.to_numpy() == pytest.approx((small.caps_mt + 1).to_numpy())
