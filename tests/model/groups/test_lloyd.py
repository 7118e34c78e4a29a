"""k-means on many sets at once: a known optimum, and nothing that depends on how sets are batched."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from capshare.model.groups import lloyd
from capshare.model.groups.lloyd import best_groupings


def test_iris():
    """Fisher's iris, k = 3: the known optimum 78.851441, sizes 62, 50, 38 (golden number 7)."""
    found = best_groupings(load_iris().data[None], 3, 20, np.random.default_rng(1))
    assert found.inertia[0] == pytest.approx(78.851441, abs=1e-6)
    assert sorted(np.bincount(found.label[0])) == [38, 50, 62]


def test_each_set_is_grouped_for_itself():
    sets = np.random.default_rng(2).random((4, 12, 2))
    together = best_groupings(sets, 3, 200, np.random.default_rng(3)).inertia
    alone = [best_groupings(one[None], 3, 200, np.random.default_rng(4)).inertia[0] for one in sets]
    np.testing.assert_allclose(together, alone, rtol=1e-12)


def test_the_size_of_a_batch_changes_nothing(monkeypatch):
    sets = np.random.default_rng(2).random((3, 12, 2))
    whole = best_groupings(sets, 3, 5, np.random.default_rng(3))
    monkeypatch.setattr(lloyd, "DISTANCES_AT_ONCE", 40)
    parts = best_groupings(sets, 3, 5, np.random.default_rng(3))
    np.testing.assert_array_equal(whole.label, parts.label)
    np.testing.assert_array_equal(whole.inertia, parts.inertia)


def test_given_centres_are_one_more_start():
    line = np.array([[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]])
    best = np.array([[0.5], [10.5], [20.5]])
    sets = np.stack([line, line + 1])
    found = best_groupings(sets, 3, 1, np.random.default_rng(8), first=best)
    np.testing.assert_allclose(found.inertia, 1.5)


def test_points_that_coincide_leave_a_group_empty():
    found = best_groupings(np.array([[[0.0], [0.0], [1.0], [1.0]]]), 3, 5, np.random.default_rng(1))
    assert found.inertia[0] == 0
    assert len(set(found.label[0])) == 2


def test_an_empty_group_keeps_its_centre():
    """Both points are nearer to 0.5 than to 100; a centre moved to 0 would take one of them."""
    found = lloyd.lloyd(np.array([[[0.0], [1.0]]]), np.array([[[0.5], [100.0]]]))
    assert found.label.tolist() == [[0, 0]]
    assert found.centre.tolist() == [[[0.5], [100.0]]]
    assert found.inertia[0] == 0.5
