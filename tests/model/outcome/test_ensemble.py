"""What an ensemble says, read from its tables: three provinces, seven draws' worth of chances."""

import pandas as pd
import pytest

from capshare.model.outcome.ensemble import DrawCounts, Ensemble

QUANTILES = pd.DataFrame(
    {
        "code": ["a", "b", "a", "I"],
        "figure": ["quota_mt", "quota_mt", "cut_pct", "price_yuan_per_t"],
        **{name: [1.0, 2.0, 3.0, 4.0] for name in ("p05", "p25", "p50", "p75", "p95")},
    }
).set_index(["code", "figure"])
CHANCES = [
    ("a", "deficit", 0.6),
    ("a", "target 16", 0.3),
    ("a", "target 16.5", 0.4),
    ("a", "potential rank 1", 0.2),
    ("a", "potential rank 12", 0.1),
    ("b", "target 17.5", 1.0),
    ("b", "potential rank 1", 0.7),
    ("b", "potential rank 2", 0.3),
    ("b", "group rank 1", 0.9),
]
DRIVERS = [
    ("a", "quota_mt", "costs", 0.2),
    ("a", "quota_mt", "growth", 0.9),
    ("a", "cut_pct", "weights", 1.2),
    ("b", "quota_mt", "growth", 0.1),
    ("b", "quota_mt", "costs", 0.1),
]


@pytest.fixture
def ensemble():
    chances = pd.DataFrame(CHANCES, columns=["code", "event", "probability"]).set_index(["code", "event"])
    drivers = pd.DataFrame(DRIVERS, columns=["code", "figure", "input", "total"])
    drivers = drivers.assign(first_order=0.0, low=0.0, high=2.0).set_index(["code", "figure", "input"])
    pairs = pd.DataFrame({"code": ["a"], "other": ["b"], "probability": [0.5]}).set_index(["code", "other"])
    return Ensemble(QUANTILES, chances, pairs, drivers, DrawCounts(8, 7, {"why": 1}, 2, 1))


def test_the_spread_of_a_figure_is_of_those_that_have_it(ensemble):
    assert list(ensemble.spread("quota_mt").index) == ["a", "b"]
    assert ensemble.spread("price_yuan_per_t").loc["I", "p50"] == 4.0
    assert ensemble.spread("balance_mt").empty


def test_chances_are_by_the_whole_name_of_the_event(ensemble):
    assert ensemble.chance("deficit").to_dict() == {"a": 0.6}
    assert ensemble.chance("potential rank 1").to_dict() == {"a": 0.2, "b": 0.7}


def test_the_likeliest_target_is_a_number(ensemble):
    assert ensemble.likeliest_target()["target_pct"].to_dict() == {"a": 16.5, "b": 17.5}
    assert ensemble.likeliest_target()["probability"].to_dict() == {"a": 0.4, "b": 1.0}


def test_without_targets_there_is_none(ensemble):
    rows = ensemble.probabilities.index.get_level_values("event").str.startswith("target")
    without = Ensemble(
        QUANTILES, ensemble.probabilities[~rows], ensemble.same_group, ensemble.drivers, ensemble.counts
    )
    assert without.likeliest_target().empty


def test_the_strongest_inputs_stand_in_the_order_of_the_provinces(ensemble):
    found = ensemble.strongest("quota_mt", 1)
    assert list(found.index) == [("a", "growth"), ("b", "growth")]
    assert list(ensemble.strongest("quota_mt", 2).index) == [
        ("a", "growth"), ("a", "costs"), ("b", "growth"), ("b", "costs"),
    ]  # fmt: skip
    assert found["total"].tolist() == [0.9, 0.1]


def test_first_ranks_are_whole_numbers_and_nothing_else_is_one(ensemble):
    ranks = ensemble.first_ranks(2)
    assert list(ranks.index) == ["b", "a"]
    assert ranks.loc["b"].to_dict() == {1: 0.7, 2: 0.3}
    assert ranks.loc["a"].to_dict() == {1: 0.2, 2: 0.0}
