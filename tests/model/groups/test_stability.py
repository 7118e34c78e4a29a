"""Who stays with a group when provinces are resampled and indicators disturbed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.groups.stability import group_stability, matched

SHARES = ["stability_resampling", "stability_noise", "group_jaccard"]


def two_groups(between=0.0):
    """Two tight groups of eight, and one point between them where it is asked for."""
    line = [0.01 * i for i in range(8)] + [1 - 0.01 * i for i in range(8)] + ([between] if between else [])
    points = pd.DataFrame({"a": line}, index=[f"{i:02d}" for i in range(len(line))])
    return points, pd.Series(np.where(points["a"] > 0.5, "I", "II"), index=points.index)


def test_groups_far_apart_are_firm():
    points, group = two_groups()
    found = group_stability(points, group, 1, draws=20)
    assert (found[SHARES] == 1).all(axis=None)
    assert found["members"].eq(8).all()
    assert found["silhouette"].gt(0.9).all()
    assert found["nearest_group"].tolist() == ["I"] * 8 + ["II"] * 8


def test_a_province_between_groups_is_the_least_firm():
    points, group = two_groups(between=0.52)
    found = group_stability(points, group, 1, draws=50)
    for share in ("stability_resampling", "stability_noise", "silhouette"):
        assert found[share].idxmin() == "16"
    assert found["stability_noise"]["16"] < 0.9
    assert found["stability_noise"].drop("16").eq(1).all()


def test_a_group_of_one_far_away_holds_whenever_it_is_drawn():
    points, group = two_groups()
    points.loc["16"], group["16"] = 9.0, "III"
    found = group_stability(points, group, 1, draws=20)
    assert found["stability_resampling"]["16"] == found["group_jaccard"]["16"] == 1
    assert found["silhouette"]["16"] == 0


def test_neither_the_order_of_rows_nor_the_unit_matters():
    points, group = two_groups(between=0.52)
    found = group_stability(points, group, 1, draws=10)
    shuffled = group_stability(points.sample(frac=1, random_state=1), group, 1, draws=10)
    pd.testing.assert_frame_equal(found, shuffled)
    pd.testing.assert_frame_equal(found, group_stability(points * 4, group, 1, draws=10))


@given(st.integers(1, 40), st.integers(0, 5))
@settings(max_examples=15, deadline=None)
def test_shares_are_shares_however_few_the_draws(draws, seed):
    generator = np.random.default_rng(seed)
    points = pd.DataFrame(generator.random((9, 2)), index=list("abcdefghi"))
    group = pd.Series(list("ABCDABCDA"), index=points.index)
    found = group_stability(points, group, seed, draws=draws)
    assert found[SHARES].ge(0).all(axis=None)
    assert found[SHARES].le(1).all(axis=None)


def test_groups_are_matched_whatever_their_numbers():
    before = np.array([0, 0, 0, 1, 1, 2])
    assert matched(before, np.array([2, 2, 2, 0, 0, 1])).all()
    assert matched(before, np.array([1, 1, 0, 0, 0, 2])).tolist() == [True, True, False, True, True, True]
    # Two groups merged: one of them keeps the name.
    assert matched(before, np.array([0, 0, 0, 0, 0, 1])).tolist() == [True, True, True, False, False, True]


@pytest.mark.parametrize(
    ("groups", "draws", "found"),
    [("I", 5, "1 groups of 16"), (None, 5, "16 groups of 16"), ("II", 0, "0 draws")],
)
def test_nothing_to_judge_is_refused(groups, draws, found):
    points, group = two_groups()
    group = {"I": pd.Series("I", index=group.index), None: pd.Series(group.index, index=group.index)}.get(
        groups, group
    )
    with pytest.raises(CapshareError, match=f"expected groups from two .*; found .*{found}"):
        group_stability(points, group, 1, draws=draws)


def test_groups_of_other_provinces_are_refused():
    points, group = two_groups()
    with pytest.raises(CapshareError, match=r"without \['00'\]"):
        group_stability(points, group.drop("00"), 1)
