"""Infeasible allocations explained: what collides, what repairs it, by hand and at random."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.infeasibility.explain import NoSplitError, colliding_amounts, collision
from capshare.model.allocation.infeasibility.outwards import outwards
from capshare.model.allocation.infeasibility.repair import repairs
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.programme import programme_of
from capshare.model.allocation.year_links import YearRules
from capshare.model.allocation.years import join_years
from capshare.solvers.conflict import is_feasible

GIVEN = ["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]
DEFINITIONS = ("block_total", "entitled")


def pair(*rules, floors=(4.0, 6.0), deviation=np.inf):
    """Provinces a and b share a cap of 20 Mt one to three."""
    provinces = pd.DataFrame(
        {"block": "all", "share": [1.0, 3.0], "emissions_mt": 15.0, "floor_mt": floors, "ceiling_mt": 18.0},
        index=["a", "b"],
    )
    index = pd.MultiIndex.from_tuples([("a", 1), ("b", 1)], names=["code", "step"])
    steps = pd.DataFrame({"size_mt": 5.0, "cost_yuan_per_t": [10.0, 20]}, index=index)
    return allocation_data(
        provinces, pd.Series({"all": 20.0}), steps, ScalarLimits(deviation, 0.1, 1e-4, 100.0), rules
    )


def with_rules(data, *rules):
    return allocation_data(data.provinces[GIVEN], data.caps_mt, data.steps, data.limits, rules)


def programme(data):
    return programme_of(data)(data)


def changes(data):
    """Kind (or the rule's name) → label → change, of the repairs that were found."""
    found = repairs(data, programme_of(data))
    return {m.name or m.kind: m.change.round(9).to_dict() for m in found if m.change is not None}


def test_a_rule_against_a_floor_under_one_cap():
    """a ≥ 16 and b ≥ 6 need 22 Mt of 20: two more, whoever gives way; a lower ceiling is of no use."""
    data = pair(PlannerRule("a first", {"a": 1.0}, "at least", bound_mt=16.0))
    assert set(collision(programme(data))) == {("cap", "all"), ("floor", "b"), ("rule_at_least", "a first")}
    assert changes(data) == {"cap": {"all": 2.0}, "floor": {"b": -2.0}, "a first": {"a first": -2.0}}


def test_a_share_against_the_distance_from_entitlements(small):
    """Province 110000 is entitled to 6.5 Mt, may get 8.125 Mt, and is asked to get a fifth of 54 Mt.

    T must reach 10.8 / 6.5 - 1. A tonne less for block II lowers what is asked by 0.2, a tonne more for
    block I raises what is allowed by 0.3125 and what is asked by 0.2.
    """
    data = with_rules(small, PlannerRule("a fifth", {"110000": 1.0}, "at least", share=0.2))
    assert set(collision(programme(data))) == {
        ("cap", "I"), ("cap", "II"), ("equity_above", "110000"), ("rule_at_least", "a fifth"),
    }  # fmt: skip
    assert changes(data) == {
        "cap": {"II": pytest.approx(-13.38)},
        "max_deviation": {"": pytest.approx(0.4116)},
        "a fifth": {"a fifth": pytest.approx(-2.675)},
    }


def test_a_rule_at_most_against_the_cap_of_a_block(small):
    """Block II is one province with 28 Mt; at most 20 for it takes 8 from II, or 8/28 of 54 Mt from all."""
    data = with_rules(small, PlannerRule("a lid", {"130000": 1.0}, "at most", bound_mt=20.0))
    assert set(collision(programme(data))) == {("cap", "II"), ("rule_at_most", "a lid")}
    found = changes(data)
    assert found["cap"] == {"II": -8.0}
    assert sum(found["national cap"].values()) == pytest.approx(-15.43)
    assert found["a lid"] == {"a lid": 8.0}
    assert set(found) == {"cap", "national cap", "a lid"}


def test_a_round_number_that_does_not_repair_is_not_offered(small):
    """Block II must shrink to its only province's floor, to the last digit: 7.99997 Mt, not 8."""
    given = small.provinces[GIVEN].assign(floor_mt=[3.0, 6.0, 20.00003])
    lid = PlannerRule("a lid", {"130000": 1.0}, "at most", bound_mt=20.00003)
    data = allocation_data(given, small.caps_mt, small.steps, small.limits, [lid])
    assert changes(data)["cap"] == {"II": pytest.approx(-7.99997, abs=1e-9)}


@pytest.mark.parametrize(("lid", "change"), [(6.0, {"a": -4.0}), (4.5, {"a": -5.5}), (3.0, None)])
def test_a_lower_floor_moves_the_entitlement_it_clips(lid, change):
    """A floor of 10 Mt is also a's entitlement: lowered, both fall, the latter only to a quarter of 20.

    So a gets at least 0.75 × 5 Mt whatever its floor, and a lid of 3 Mt is beyond floors.
    """
    rule = PlannerRule("a lid", {"a": 1.0}, "at most", bound_mt=lid)
    assert changes(pair(rule, floors=(10.0, 2.0), deviation=0.25)).get("floor") == change


def test_a_higher_ceiling_moves_the_entitlement_it_clips():
    """b's ceiling of 12 of 20 Mt clips its entitlement of 15; b is asked to get 14.

    With T = 0 its ceiling must rise by 2.
    """
    data = pair(PlannerRule("b", {"b": 1.0}, "at least", bound_mt=14.0), deviation=0.0)
    given = data.provinces[GIVEN].assign(ceiling_mt=[18.0, 12.0])
    rule = PlannerRule("b", {"b": 1.0}, "at least", bound_mt=14.0)
    narrow = allocation_data(given, data.caps_mt, data.steps, data.limits, [rule])
    assert changes(narrow)["ceiling"] == {"b": 2.0}


def test_rules_that_must_give_way_together():
    """a ≥ 19 is asked twice: to relax one of the two is of no use."""
    twice = [PlannerRule(name, {"a": 1.0}, "at least", bound_mt=19.0) for name in ("one", "two")]
    data = pair(*twice)
    found = changes(data)
    assert found["rule"] == {"one": -5.0, "two": -5.0}
    assert not {"ceiling", "one", "two"} & set(found)


def test_a_rule_that_asks_for_a_negative_quota():
    """b takes at most 18 of 20, so a has at least 2, and a ≤ -1 has to give 3."""
    data = pair(PlannerRule("debt", {"a": 1.0}, "at most", bound_mt=-1.0), floors=(0.0, 0.0))
    assert ("rule_at_most", "debt") in collision(programme(data))
    assert changes(data)["debt"] == {"debt": 3.0}


def test_a_feasible_allocation_has_nothing_to_explain(small):
    with pytest.raises(ValueError, match="feasible: no rows collide"):
        collision(programme(small))


def test_an_allocation_without_a_solution_ends_with_3():
    data = pair(PlannerRule("a first", {"a": 1.0}, "at least", bound_mt=16.0))
    with pytest.raises(NoSplitError, match="rules that some split of the cap satisfies") as raised:
        allocate(data)
    assert raised.value.exit_code == 3


@pytest.mark.parametrize(
    ("before", "after", "digits", "rounded"),
    [
        (0.45, 0.412288, 4, 0.41228),
        (0.45, 0.412288, 2, 0.412),
        (0.2, 0.331301, 4, 0.3314),
        (9500.0, 9800.41, 4, 9800.5),
        (9500.0, 9800.5, 4, 9800.5),
        (0.3, 0.3, 4, 0.3),
        (0.0, 1.2345e-7, 3, 1.24e-7),
    ],
)
def test_rounding_goes_away_from_what_it_was(before, after, digits, rounded):
    assert outwards(pd.Series([before]), pd.Series([after]), digits).tolist() == [rounded]


def two_years(cap_mt, rules, change):
    """The pair in 2020 and 2030, with caps of 20 Mt and another."""
    later = pair(*rules).with_caps(pd.Series({"all": cap_mt}))
    return join_years({2020: pair(), 2030: later}, YearRules(max_yearly_change=change))


def test_a_province_that_would_have_to_rise_too_fast():
    """b gets at most 16 of 20 Mt in 2020, since a keeps 4, so 17.674 Mt in 2030; 17.8 is asked.

    So 0.126 Mt are too much, or 0.126 / 1.01^10 = 0.1141 Mt too few in 2020; and 1.0108^10 is enough.
    """
    data = two_years(22.0, [PlannerRule("b", {"b": 1.0}, "at least", bound_mt=17.8)], 0.01)
    assert set(collision(programme(data))) == {
        ("cap", "2020:all"), ("floor", "2020:a"), ("rise_limit", "2030:b"), ("rule_at_least", "2030:b"),
    }  # fmt: skip
    found = changes(data)
    assert found["2030:b"] == {"2030:b": pytest.approx(-0.1261)}
    assert found["smoothing"][""] + 0.01 == pytest.approx(0.0108)
    assert found["cap"] == {"2020:all": pytest.approx(0.1142)}
    amounts = colliding_amounts(data, collision(programme(data)))["amount"]
    assert amounts.to_dict() == {
        ("rule_at_least", 2030, "b"): 17.8,
        ("cap", 2020, "all"): 20.0,
        ("floor", 2020, "a"): 4.0,
        ("rise_limit", 2030, "b"): pytest.approx(0.01),
    }


def test_years_that_nothing_alone_can_tie():
    """Quotas that must double each year for ten are beyond any yearly change up to 100 %, and b's ceiling."""
    rule = PlannerRule("b", {"b": 1.0}, "at least", bound_mt=19.0)
    data = two_years(20.0, [rule], 0.0)
    assert "smoothing" not in changes(data)


def held(program, members):
    """Only the definitions and these rows hold."""
    lower, upper = np.full_like(program.row_lower, -np.inf), np.full_like(program.row_upper, np.inf)
    rows = [program.row(name).start + program.rows[name].get_loc(label) for name, label in members]
    for name in DEFINITIONS:
        rows += range(*program.row(name).indices(len(lower)))
    lower[rows], upper[rows] = program.row_lower[rows], program.row_upper[rows]
    return replace(program, row_lower=lower, row_upper=upper)


def changed(data, repair, factor):
    """The data with a part of a repair's change, the study's numbers edited by hand."""
    change = factor * repair.change
    if repair.kind == "national cap":
        return data.with_caps(data.caps_mt * (1 + change.sum() / data.caps_mt.sum()))
    if repair.kind == "cap":
        return data.with_caps(data.caps_mt.add(change, fill_value=0.0))
    if repair.kind in ("floor", "ceiling"):
        bound = f"{repair.kind}_mt"
        moved = data.provinces[bound].add(change, fill_value=0.0)
        return replace(data, provinces=data.provinces.assign(**{bound: moved})).with_caps(data.caps_mt)
    if repair.kind == "max_deviation":
        return replace(
            data, limits=replace(data.limits, max_deviation=data.limits.max_deviation + change.sum())
        )
    moved = data.rules["bound_mt"].add(change, fill_value=0.0)
    return replace(data, rules=data.rules.assign(bound_mt=moved))


@st.composite
def contradictory(draw):
    """Six provinces in two blocks, two rules, many of them impossible."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    emissions = rng.uniform(10, 100, 6)
    provinces = pd.DataFrame(
        {
            "block": ["I", "I", "I", "II", "II", "II"],
            "share": rng.uniform(0.1, 1, 6),
            "emissions_mt": emissions,
            "floor_mt": rng.uniform(0, 0.5, 6) * emissions,
            "ceiling_mt": rng.uniform(1.0, 2, 6) * emissions,
        },
        index=list("abcdef"),
    )
    index = pd.MultiIndex.from_product([list("abcdef"), [1]], names=["code", "step"])
    steps = pd.DataFrame({"size_mt": 0.5 * np.ones(6), "cost_yuan_per_t": 10.0}, index=index)
    caps = provinces.groupby("block")["emissions_mt"].sum() * rng.uniform(0.6, 0.9, 2)
    few = dict.fromkeys(rng.choice(list("abcdef"), 2, replace=False), 1.0)
    rules = (
        PlannerRule("share", few, "at least", share=draw(st.floats(0.3, 0.9))),
        PlannerRule("lid", {"a": 1.0}, "at most", bound_mt=draw(st.floats(5, 60))),
    )
    deviation = draw(st.sampled_from([0.05, 0.2, 0.6]))
    return allocation_data(provinces, caps, steps, ScalarLimits(deviation, 0.1, 1e-4, 100.0), rules)


@settings(max_examples=15, deadline=None)
@given(contradictory())
def test_random_contradictions(data):
    model = programme_of(data)
    program = model(data)
    assume(not is_feasible(program))
    members = collision(program)
    assert not is_feasible(held(program, members))
    for dropped in members:
        assert is_feasible(held(program, [member for member in members if member != dropped]))
    found = [repair for repair in repairs(data, model) if repair.change is not None]
    assert any(repair.kind == "rule" for repair in found)
    for repair in found:
        assert is_feasible(model(changed(data, repair, 1.0)))
        assert not is_feasible(model(changed(data, repair, 0.99)))
        assert allocate(repair.repaired).first.duality_gap < 1e-9
