"""Block caps and entitlements: worked examples and what must not change."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.allocation.block_caps import block_caps, by_centroid, by_sum, given_shares
from capshare.model.allocation.entitlement import entitlements

SCORE = pd.Series({"a": 1.0, "b": 3.0, "c": 2.0, "d": 2.0})
GROUP = pd.Series({"a": "I", "b": "I", "c": "I", "d": "II"})
FREE = pd.Series(0.0, index=SCORE.index)
OPEN = pd.Series(np.inf, index=SCORE.index)


def test_sum_and_centroid():
    assert by_sum(SCORE, GROUP).to_dict() == {"I": 6, "II": 2}
    assert by_centroid(SCORE, GROUP).to_dict() == {"I": 2, "II": 2}


def test_sum_is_unchanged_when_a_group_is_split():
    split = GROUP.replace({"I": "x"}).where(lambda g: g.index != "a", "y")
    merged = by_sum(SCORE, split)
    assert merged["x"] + merged["y"] == by_sum(SCORE, GROUP)["I"]


def test_caps_are_clipped_to_what_members_can_take():
    weight = by_sum(SCORE, GROUP)
    found = block_caps(weight, 80, pd.Series({"I": 0, "II": 30}), pd.Series({"I": 99.0, "II": 99.0}))
    assert found.amount_mt.to_dict() == {"I": 50, "II": 30}
    assert found.clipped.to_dict() == {"I": "", "II": "floor"}


def test_given_shares_must_name_the_groups():
    assert given_shares({"II": 3, "I": 1}, GROUP).to_dict() == {"I": 1, "II": 3}
    with pytest.raises(CapshareError, match=r"a positive share for each of \['I', 'II'\]"):
        given_shares({"I": 1, "III": 2}, GROUP)


def test_scores_within_sum_split_are_the_national_split():
    caps = block_caps(by_sum(SCORE, GROUP), 80, FREE.groupby(GROUP).sum(), OPEN.groupby(GROUP).sum())
    found = entitlements(SCORE, GROUP, caps.amount_mt, FREE, OPEN)
    assert found["entitlement_mt"].to_dict() == {"a": 10, "b": 30, "c": 20, "d": 20}


def test_entitlement_is_affine_in_the_block_cap():
    lower = pd.Series({"a": 15.0, "b": 0.0, "c": 0.0, "d": 0.0})
    caps = pd.Series({"I": 60.0, "II": 20.0})
    found = entitlements(SCORE, GROUP, caps, lower, OPEN)
    assert found["entitlement_mt"].to_dict() == {"a": 15, "b": 27, "c": 18, "d": 20}
    assert found["slope"].to_dict() == {"a": 0, "b": 0.6, "c": 0.4, "d": 1}
    raised = caps.add(pd.Series({"I": 5.0, "II": 0.0}))
    moved = entitlements(SCORE, GROUP, raised, lower, OPEN)["entitlement_mt"]
    predicted = found["constant_mt"] + found["slope"] * GROUP.map(raised)
    assert moved.to_numpy() == pytest.approx(predicted.to_numpy())


def test_a_block_without_room_is_named():
    lower = pd.Series({"a": 0.0, "b": 0.0, "c": 0.0, "d": 30.0})
    with pytest.raises(CapshareError, match=r"block II, floors: .* at most the cap of 20 Mt"):
        entitlements(SCORE, GROUP, pd.Series({"I": 60.0, "II": 20.0}), lower, OPEN)
