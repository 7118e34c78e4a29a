"""How many groups: known figures, groups that are there, and groups that are not."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris

from capshare.base.errors import CapshareError
from capshare.model.groups.choice import gap_answer, group_choice


def blobs(seed=5):
    generator = np.random.default_rng(seed)
    centres = np.repeat([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], 10, axis=0)
    points = centres + generator.normal(scale=0.05, size=centres.shape)
    return pd.DataFrame(points, index=[f"{i:02d}" for i in range(30)], columns=["a", "b"])


def test_iris():
    """Mean silhouette 0.681 and 0.553 at 2 and 3, Calinski-Harabasz 561.63 at 3, as printed for Iris."""
    points = pd.DataFrame(load_iris().data, index=[f"{i:03d}" for i in range(150)])
    found = group_choice(points, 1, largest=3, draws=2, starts=5)
    assert found["silhouette"].to_dict() == pytest.approx({2: 0.6810, 3: 0.5528}, abs=1e-4)
    assert found["calinski_harabasz"][3] == pytest.approx(561.63, abs=0.01)
    assert found["inertia"][3] == pytest.approx(78.851441, abs=1e-6)


def test_three_groups_are_found():
    found = group_choice(blobs(), 1, largest=6)
    assert list(found.index) == [2, 3, 4, 5, 6]
    assert found["silhouette"].idxmax() == found["calinski_harabasz"].idxmax() == 3


def test_points_without_groups_need_none():
    points = pd.DataFrame(np.random.default_rng(7).random((40, 2)), index=[f"{i:02d}" for i in range(40)])
    assert gap_answer(group_choice(points, 1, largest=4)) == 1


def gaps(gap, error):
    """A table of gaps from k = 1 on, with one standard error for all."""
    values = np.array(gap)
    index = pd.Index(range(2, len(gap) + 1), name="k")
    return pd.DataFrame({"gap": values[1:], "gap_rise": np.diff(values), "gap_se": error}, index=index)


@pytest.mark.parametrize(("error", "answer"), [(0.05, None), (0.15, 3), (0.65, 1)])
def test_the_first_k_whose_gap_is_within_one_error_of_the_next(error, answer):
    """Tibshirani, Walther & Hastie 2001, step 3: the smallest k with Gap(k) >= Gap(k+1) - s(k+1)."""
    assert gap_answer(gaps([-0.1, 0.5, 0.9, 1.0], error)) == answer


def test_a_later_rise_does_not_matter():
    """The rule compares neighbours: 0.1 up and 0.2 down again ends it, whatever comes after."""
    assert gap_answer(gaps([0.0, 0.5, 0.4, 2.0], 0.1)) == 2


def test_neither_the_order_of_rows_nor_the_unit_matters():
    points, few = blobs(), {"largest": 4, "draws": 5, "starts": 5}
    found = group_choice(points, 1, **few)
    shuffled = group_choice(points.sample(frac=1, random_state=2), 1, **few)
    pd.testing.assert_frame_equal(found, shuffled)
    scaled = group_choice(points * 8, 1, **few)
    pd.testing.assert_frame_equal(found.drop(columns="inertia"), scaled.drop(columns="inertia"))


def test_the_largest_k_leaves_a_group_of_two():
    points = pd.DataFrame({"a": [0.0, 0.0, 0.4, 0.5, 1.0]}, index=list("pqrst"))
    assert list(group_choice(points, 1, draws=3).index) == [2, 3]


@pytest.mark.parametrize(("rows", "draws"), [(2, 5), (30, 0)])
def test_nothing_to_choose_from_is_refused(rows, draws):
    with pytest.raises(CapshareError, match="expected three provinces that differ and one draw or more"):
        group_choice(blobs().iloc[:rows], 1, draws=draws)
