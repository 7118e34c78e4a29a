"""The judgement of groups brought together, and its sentences."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.groups.certificate import GroupCertificate
from capshare.model.groups.diagnostics import group_diagnostics
from capshare.model.groups.kmeans import kmeans
from capshare.model.groups.notes import certificate_note, group_notes
from capshare.model.groups.validity import adjusted_rand
from capshare.reports.words.notes import note_text, note_texts

NAMES = pd.Series([f"Province {i}" for i in range(12)], index=[f"{i:02d}" for i in range(12)])


def judged(on="unweighted", weight=(0.9, 0.1), k=3):
    generator = np.random.default_rng(4)
    normalised = pd.DataFrame(generator.random((12, 2)), index=NAMES.index, columns=["a", "b"])
    weights = pd.Series(weight, index=["a", "b"])
    score = normalised @ weights
    points = normalised * weights if on == "weighted" else normalised
    found = kmeans(points, score, k, seed=1, restarts=20)
    return found, group_diagnostics(normalised, weights, score, found, on=on, seed=1, draws=10)


def said(found):
    return note_texts(group_notes(found), NAMES)


@pytest.mark.parametrize("on", ["unweighted", "weighted"])
def test_both_groupings_stand_side_by_side(on):
    grouping, found = judged(on)
    assert found.other != on
    pd.testing.assert_series_equal(found.stability[f"group_{on}"], grouping.group, check_names=False)
    groups = found.stability[["group_unweighted", "group_weighted"]]
    assert found.adjusted_rand == adjusted_rand(groups["group_unweighted"], groups["group_weighted"])
    assert found.choice.index[found.choice["asked"]].tolist() == [3]


def test_swapping_used_and_unused_indicators_changes_no_agreement():
    assert judged("weighted")[1].adjusted_rand == pytest.approx(judged("unweighted")[1].adjusted_rand)


def test_adjusted_rand():
    """Hubert & Arabie 1985: 1 for the same groups under other names; these two agree as 0.24242 (own)."""
    one = pd.Series([0, 0, 0, 1, 1, 1], index=list("abcdef"))
    other = pd.Series([0, 0, 1, 1, 2, 2], index=list("abcdef"))
    assert adjusted_rand(one, other) == pytest.approx(0.24242, abs=1e-5)
    assert adjusted_rand(one, one.map({0: "x", 1: "y"}).sample(frac=1, random_state=1)) == 1


def test_weights_that_tell_too_few_apart_are_left_out():
    _, found = judged(weight=(0.0, 0.0))
    assert found.adjusted_rand is None
    assert "group_weighted" not in found.stability
    assert not any("adjusted Rand" in note for note in said(found))


def test_the_sentences_say_each_thing_once():
    _, found = judged()
    notes = said(found)
    for text in ("proven optimal", "How many groups", "Regrouped", "adjusted Rand"):
        assert sum(text in note for note in notes) == 1
    assert any("Province" in note for note in notes)


def test_a_better_grouping_seen_elsewhere_is_told():
    grouping, found = judged()
    worse = replace(found, grouping=replace(grouping, inertia=grouping.inertia * 1.1))
    assert any("raise groups.restarts" in note for note in said(worse))
    assert not any("raise groups.restarts" in note for note in said(found))


@pytest.mark.parametrize(
    ("attempted", "proven", "gap", "text"),
    [
        (True, True, 1e-12, "proven optimal"),
        (True, False, 0.0032, "more than 0.32% smaller"),
        (False, False, None, "at most 60 provinces"),
    ],
)
def test_a_gap_is_stated_and_not_called_a_failure(attempted, proven, gap, text):
    bound = None if gap is None else 1.0
    certificate = GroupCertificate(attempted, proven, 1.0, bound, gap, 1e-6, "HiGHS")
    note = note_text(certificate_note(certificate, 6), {})
    assert text in note
    assert "fail" not in note
