"""Validity indices agree with scikit-learn's on the shipped indicators, on Iris and on awkward groupings."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, silhouette_samples

from capshare.model.groups.validity import adjusted_rand, calinski_harabasz, silhouette


def grouped(seed):
    """Points of 2 to 7 groups, unevenly large: some hold a single point, and some points coincide."""
    generator = np.random.default_rng(seed)
    k, n = int(generator.integers(2, 8)), int(generator.integers(9, 40))
    label = np.sort(generator.integers(0, k, n) ** 2)
    label[-1] = label.max() + 1
    points = generator.random((n, 5)).round(int(generator.integers(1, 9)))
    points[1] = points[0]
    return points, label


@pytest.mark.parametrize("seed", range(40))
def test_silhouette_and_calinski_harabasz_agree_with_scikit_learn(seed):
    points, label = grouped(seed)
    assert silhouette(points, label) == pytest.approx(silhouette_samples(points, label), abs=1e-12)
    assert calinski_harabasz(points, label) == pytest.approx(
        calinski_harabasz_score(points, label), rel=1e-12
    )


def test_iris_agrees_to_the_last_digit():
    points, label = load_iris(return_X_y=True)
    assert silhouette(points, label).tolist() == silhouette_samples(points, label).tolist()
    assert calinski_harabasz(points, label) == calinski_harabasz_score(points, label)


def test_points_that_coincide_with_their_centres():
    points, label = np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([0, 0, 1, 1])
    assert silhouette(points, label).tolist() == [1.0, 1.0, 1.0, 1.0]
    assert calinski_harabasz(points, label) == calinski_harabasz_score(points, label) == 1.0
    assert silhouette(np.zeros((4, 1)), label).tolist() == [0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("seed", range(40))
def test_adjusted_rand_agrees_with_scikit_learn(seed):
    generator = np.random.default_rng(seed)
    one, other = (
        pd.Series(generator.integers(0, 4, 12)).map(lambda label: f"group {label}") for _ in range(2)
    )
    other = other.where(generator.random(12) < seed / 40, one)
    assert adjusted_rand(one, other.sample(frac=1, random_state=seed)) == adjusted_rand_score(one, other)


@pytest.mark.parametrize("labels", [[1, 1, 1, 1], [1, 2, 3, 4]])
def test_one_group_and_groups_of_one(labels):
    one, two = pd.Series(labels), pd.Series([1, 1, 2, 2])
    assert adjusted_rand(one, one) == 1.0
    assert adjusted_rand(one, two) == adjusted_rand_score(one, two) == 0.0
