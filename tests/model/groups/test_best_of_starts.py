"""k-means from many starts at once: the optimum where it is known, and no worse than scikit-learn."""

from itertools import product

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris

from capshare.model.groups.best_of_starts import best_of_starts


def inertia_of(points, label):
    return sum(((points[label == g] - points[label == g].mean(axis=0)) ** 2).sum() for g in set(label))


@pytest.mark.parametrize("seed", range(5))
def test_the_optimum_of_seven_points_is_found(seed):
    points = np.random.default_rng(seed).random((7, 2))
    every = (np.array(label) for label in product(range(3), repeat=7) if len(set(label)) == 3)
    found = best_of_starts(points, 3, seed, 20)
    assert found.inertia == pytest.approx(min(inertia_of(points, label) for label in every), rel=1e-12)
    assert found.inertia == pytest.approx(inertia_of(points, found.label), rel=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_no_worse_than_scikit_learn_and_no_group_is_empty(seed):
    random = np.random.default_rng(seed)
    points = np.round(random.random((int(random.integers(8, 35)), 3)), 1 + seed % 3)
    k = int(random.integers(1, 8))
    found = best_of_starts(points, k, seed, 50)
    other = KMeans(k, n_init=50, random_state=seed).fit(points).inertia_
    assert found.inertia <= other * (1 + 1e-9) + 1e-12
    assert set(found.label) == set(range(k))
    assert 1 <= found.reached <= 50


def test_a_seed_gives_the_same_groups_and_memory_bounds_do_not_matter(monkeypatch):
    points = load_iris().data
    whole = best_of_starts(points, 6, 7, 40)
    monkeypatch.setattr("capshare.model.groups.best_of_starts.DISTANCES_AT_ONCE", 1)
    parts = best_of_starts(points, 6, 7, 40)
    assert (whole.label == parts.label).all()
    assert whole.reached == parts.reached


def test_an_empty_group_takes_a_point():
    """From one centre far from everything Lloyd's iteration alone leaves a group empty."""
    from capshare.model.groups.best_of_starts import _lloyd, _moved

    points = np.array([[100.0], [101.0], [102.0], [110.0]])
    stuck = _lloyd(points, np.array([[[100.0], [105.0], [-1e3]]])).label
    assert set(stuck[0]) == {0, 1}
    moved = _moved(points, stuck, 3)
    assert set(moved.label[0]) == {0, 1, 2}
    assert moved.inertia[0] == pytest.approx(0.5)
