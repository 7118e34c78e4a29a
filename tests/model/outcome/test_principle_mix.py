"""Principle mix: it finds a mixture that was put in, and says what no mixture explains."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.outcome.principle_mix import independent_rules, mix_notes, principle_mix
from capshare.reports.words.notes import note_texts

RULES = pd.DataFrame(
    {
        "emissions": [75.0, 37.5, 7.5, 0.0],
        "people": [20.0, 40.0, 60.0, 0.0],
        "ground": [0.0, 10.0, 20.0, 90.0],
    },
    index=["a", "b", "c", "d"],
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda w: sum(w) > 0.1), st.floats(0.01, 1e5))
def test_a_mixture_is_found_again(weights, cap):
    weight = pd.Series(weights, index=RULES.columns) / sum(weights)
    quota = cap * (RULES / 120) @ weight
    found = principle_mix(quota.iloc[::-1], RULES)
    assert found.weight.tolist() == pytest.approx(weight.tolist(), abs=1e-8)
    assert found.weight.sum() == pytest.approx(1)
    assert found.misplaced_share == pytest.approx(0, abs=1e-8)
    assert found.unique


def test_weights_sum_to_one_and_the_residual_is_stated():
    """By hand: of the rules (1, 0, 0) and (0, 1, 0) the half-half mix is closest to (1/3, 1/3, 1/3)."""
    rules = pd.DataFrame({"x": [5.0, 0, 0], "y": [0, 7.0, 0]}, index=list("abc"))
    found = principle_mix(pd.Series(10.0, index=list("abc")), rules)
    assert found.weight.to_dict() == pytest.approx({"x": 0.5, "y": 0.5})
    assert found.mix_mt.to_dict() == pytest.approx({"a": 15, "b": 15, "c": 0})
    assert found.residual_mt.to_dict() == pytest.approx({"a": -5, "b": -5, "c": 10})
    assert found.misplaced_share == pytest.approx(1 / 3)


def test_no_mixture_on_a_grid_is_closer():
    quota = pd.Series({"a": 10.0, "b": 70.0, "c": 5.0, "d": 15.0})
    found = principle_mix(quota, RULES)
    shares = RULES / RULES.sum()
    best = ((found.residual_mt / 100) ** 2).sum()
    steps = np.linspace(0, 1, 41)
    for x in steps:
        for y in steps[steps <= 1 - x + 1e-12]:
            mix = shares @ np.array([x, y, max(0.0, 1 - x - y)])
            assert best <= ((quota / 100 - mix) ** 2).sum() + 1e-12


def test_an_allocation_that_is_a_rule():
    found = principle_mix(RULES["people"], RULES)
    assert found.weight["people"] == pytest.approx(1)


def test_one_rule_alone_that_is_the_allocation():
    assert principle_mix(RULES["people"], RULES[["people"]]).misplaced_share == pytest.approx(0, abs=1e-15)


def test_dependent_rules_are_told():
    both = RULES.assign(half=(RULES["emissions"] + RULES["people"]) / 2)
    found = principle_mix(both["half"], both)
    assert "the weights are not the only ones" in note_texts(mix_notes(found), {})[0]
    assert mix_notes(principle_mix(RULES["people"], RULES)) == ()
    assert not found.unique
    assert found.misplaced_share == pytest.approx(0, abs=1e-9)


def test_wrong_tables_are_refused():
    quota = RULES["people"]
    with pytest.raises(CapshareError, match=r"rules_mt: .*without \['a'\], with \['e'\] besides"):
        principle_mix(quota, RULES.rename({"a": "e"}))
    with pytest.raises(CapshareError, match="one rule or more; found none"):
        principle_mix(quota, RULES[[]])
    with pytest.raises(CapshareError, match=r"rules_mt\[people\]: expected quotas ≥ 0 with a positive sum"):
        principle_mix(quota, RULES.assign(people=0.0))
    with pytest.raises(CapshareError, match=r"rules_mt\[c, ground\]: expected a finite number"):
        principle_mix(quota, RULES.assign(ground=RULES["ground"].where(RULES.index != "c")))


def test_of_rules_that_are_mixtures_the_plainer_stay():
    rules = pd.DataFrame(
        {"a": [1.0, 2, 3, 4], "b": [4.0, 1, 1, 4], "twice_a": [2.0, 4, 6, 8], "c": [1.0, 1, 1, 1]},
        index=list("wxyz"),
    )
    rules["between"] = rules["a"] / 10 + rules["b"] / 10
    assert independent_rules(rules) == ("a", "b", "c")
    assert independent_rules(rules[["between", "b", "a"]]) == ("between", "b")
