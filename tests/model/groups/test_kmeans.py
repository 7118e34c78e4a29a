"""k-means groups: a known optimum, names by score, and independence of the row order."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris

from capshare.base.errors import CapshareError
from capshare.model.groups.kmeans import kmeans, name_by_score, roman, roman_value


def iris():
    data = load_iris()
    points = pd.DataFrame(data.data, index=[f"{i:03d}" for i in range(150)])
    return points, points[0]


def test_iris():
    """Fisher's iris, k = 3: the known optimum 78.851441, sizes 62, 50, 38 (golden number 7)."""
    points, score = iris()
    found = kmeans(points, score, 3, seed=1, restarts=20)
    assert found.inertia == pytest.approx(78.851441, abs=1e-6)
    assert sorted(found.group.value_counts()) == [38, 50, 62]
    assert 1 <= found.restarts_reached <= 20


def test_groups_are_named_by_mean_score_and_ignore_row_order():
    points, score = iris()
    found = kmeans(points, score, 3, seed=1, restarts=20)
    mean = score.groupby(found.group).mean()
    assert mean["I"] > mean["II"] > mean["III"]
    shuffled = kmeans(points.sample(frac=1, random_state=3), score, 3, seed=1, restarts=20)
    pd.testing.assert_series_equal(found.group, shuffled.group)


def test_single_members_are_named():
    points = pd.DataFrame({"a": [0.0, 0.01, 0.02, 1.0]}, index=list("pqrs"))
    found = kmeans(points, points["a"], 2, seed=1)
    assert found.single == ("I",)
    assert found.group.to_dict() == {"p": "II", "q": "II", "r": "II", "s": "I"}


@pytest.mark.parametrize("k", [0, 4, 99])
def test_k_beyond_the_points_is_refused(k):
    points = pd.DataFrame({"a": [0.0, 0.0, 0.5, 1.0]}, index=list("pqrs"))
    with pytest.raises(CapshareError, match=f"1 ≤ k ≤ 3, the number of provinces that differ; found {k}"):
        kmeans(points, points["a"], k, seed=1)


def test_every_k_works():
    points = pd.DataFrame(np.random.default_rng(1).random((6, 2)), index=list("abcdef"))
    for k in range(1, 7):
        assert kmeans(points, points[0], k, seed=1, restarts=5).group.nunique() == k


def test_roman():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1994)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIV"]
    assert sorted(["X", "all", "II", "IV", "I"], key=roman_value) == ["I", "II", "IV", "X", "all"]


def test_ties_keep_a_stable_order():
    label = pd.Series([7, 7, 3], index=list("abc"))
    assert name_by_score(label, pd.Series(1.0, index=list("abc"))).tolist() == ["II", "II", "I"]
