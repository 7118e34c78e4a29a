"""Provinces that a study puts into another group than the method finds."""

import numpy as np
import pytest

from capshare.base.errors import CapshareError
from capshare.chain.prepared import prepare
from capshare.chain.split import split
from capshare.chain.variants import Variants
from capshare.chain.year_numbers import year_numbers
from capshare.model.allocation.engine import Engine
from capshare.study.reading import load_study


@pytest.fixture(scope="module")
def numbers(prepared):
    return prepared("tian-lin-2021-t20").numbers


def test_a_province_leaves_its_group_and_takes_its_score_along(numbers):
    before = split(numbers)
    moved = split(numbers.with_(grouping__moved={"110000": "I"}))
    assert before.groups.group["110000"] == "IV"
    assert moved.groups.group["110000"] == "I"
    others = before.groups.group.index != "110000"
    assert (moved.groups.group[others] == before.groups.group[others]).all()
    gained = moved.blocks.weight["I"] - before.blocks.weight["I"]
    assert gained == pytest.approx(before.weighed.score["110000"])
    # It was alone in its group, which is no more.
    assert set(before.blocks.weight.index) - set(moved.blocks.weight.index) == {"IV"}


def test_arrays_move_it_too(numbers):
    changed = numbers.with_(grouping__moved={"110000": "I"})
    found = Variants(changed, Engine()).solve(year_numbers(changed, 2017))
    labelled = split(changed).groups.group.sort_index()
    assert list(found.group) == list(labelled)
    assert np.sum(found.group != Variants(numbers, Engine()).solve(year_numbers(numbers, 2017)).group) == 1


def test_unknown_provinces_and_groups_are_refused_together(place_of_study):
    settings = ['groups.given={ Atlantis = "I", "北京" = "VII" }']
    loaded = load_study(place_of_study("tian-lin-2021-t20"), settings)
    with pytest.raises(CapshareError, match="Atlantis") as refused:
        prepare(loaded, bootstrap=False)
    assert "groups.given.北京: expected one of the groups I, II, III, IV, V, VI; found 'VII'" in str(
        refused.value
    )


def test_no_groups_are_given_where_none_are_made(place_of_study):
    with pytest.raises(CapshareError, match="no `given` groups"):
        load_study(
            place_of_study("tian-lin-2021-t20"), ["groups.method=none", 'groups.given={ "110000" = "I" }']
        )


def test_weights_may_be_given_beside_a_burden():
    loaded = load_study("china-15fyp", ["weights.given={ gdp = 1, gdp_per_head = 0 }"])
    weight = prepare(loaded, bootstrap=False).weight
    assert weight.to_dict() == pytest.approx({"gdp": 1.0, "gdp_per_head": 0.0})
