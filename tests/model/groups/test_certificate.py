"""The LP bound on the inertia of k-means: never above the best grouping, and often equal to it."""

import itertools
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.normalise import min_max
from capshare.model.groups.certificate import group_certificate
from capshare.model.groups.kmeans import kmeans
from capshare.model.groups.peng_wei import peng_wei
from capshare.solvers.guard import Limits, within

SETS = {
    "ecology": ["gdp_1e8yuan", "population_1e4", "forest_stock_1e4m3", "cultivated_land_1e3ha"],
    "size": ["gdp_1e8yuan", "population_1e4"],
    "energy": ["coal_1e4t", "gasoline_1e4t", "diesel_1e4t"],
}


def inertia_of(points, label):
    return sum(
        float(((part - part.mean()) ** 2).to_numpy().sum()) for _, part in points.groupby(np.asarray(label))
    )


def spread(x, label):
    return sum(((x[label == g] - x[label == g].mean(axis=0)) ** 2).sum() for g in set(label.tolist()))


def random_points(seed, n=7):
    return pd.DataFrame(np.random.default_rng(seed).random((n, 2)), index=list("abcdefghijkl")[:n])


@pytest.mark.parametrize("name", SETS)
def test_groups_of_the_provinces_are_proven_best(name):
    """Three indicator sets of the shipped data, k = 6: the bound meets the inertia (own)."""
    table = load_dataset("china-2017").table[SETS[name]]
    points = min_max(table, dict.fromkeys(SETS[name], "more"))
    found = kmeans(points, points.sum(axis="columns"), 6, seed=1, restarts=300)
    proof = group_certificate(points, 6, found.inertia)
    assert proof.attempted
    assert proof.bound == pytest.approx(found.inertia, rel=1e-6)
    assert proof.proven
    assert "HiGHS" in proof.solver


@given(st.integers(0, 10_000), st.integers(2, 5))
@settings(max_examples=10, deadline=None)
def test_no_grouping_is_below_the_bound(seed, k):
    points = random_points(seed)
    every = [label for label in itertools.product(range(k), repeat=7) if len(set(label)) == k]
    x, step = points.to_numpy(), 1 if k < 4 else 17
    best = min(spread(x, np.array(label)) for label in every[::step])
    proof = group_certificate(points, k, best)
    assert proof.bound <= best * (1 + 1e-12)
    assert proof.proven == (proof.gap <= proof.tolerance)


def test_a_worse_grouping_is_not_proven():
    points = random_points(3)
    worse = inertia_of(points, [0, 1, 2, 0, 1, 2, 0])
    proof = group_certificate(points, 3, worse)
    assert not proof.proven
    assert proof.gap == pytest.approx(1 - proof.bound / worse)
    assert proof.gap > 0.01


def test_the_unit_and_the_order_of_rows_do_not_matter():
    points = random_points(5, 10)
    inertia = kmeans(points, points[0], 3, seed=1).inertia
    one = group_certificate(points, 3, inertia)
    other = group_certificate(points.sample(frac=1, random_state=1) * 1000, 3, inertia * 1e6)
    assert other.bound / 1e6 == pytest.approx(one.bound, rel=1e-9)


def test_beyond_the_largest_size_none_is_attempted():
    proof = group_certificate(random_points(1), 3, 0.5, largest=6)
    assert (proof.attempted, proof.proven, proof.bound, proof.gap) == (False, False, None, None)


def test_groups_of_equal_points_need_no_bound():
    points = pd.DataFrame({"a": [0.0, 0.0, 1.0]}, index=list("abc"))
    proof = group_certificate(points, 2, 0.0)
    assert (proof.proven, proof.gap) == (True, 0.0)


@pytest.mark.parametrize(("k", "inertia"), [(0, 1.0), (8, 1.0), (3, -1.0)])
def test_what_is_no_grouping_is_refused(k, inertia):
    with pytest.raises(CapshareError, match="expected 1 ≤ k ≤ 7 and an inertia of 0 or more"):
        group_certificate(random_points(1), k, inertia)


def test_a_grouping_is_a_point_of_the_programme_with_its_inertia_as_cost():
    points, label = random_points(2), pd.Series([0, 0, 1, 1, 1, 2, 2], index=list("abcdefg"))
    program = peng_wei(points, 3)
    assert {name: len(rows) for name, rows in program.rows.items()} == {
        "member": 7,
        "groups": 1,
        "pair": 42,
        "triangle": 7 * 15,
    }
    size = label.map(label.value_counts())
    y = np.array([1 / size[i] if label[i] == label[j] else 0.0 for i, j in program.columns["together"]])
    row = program.matrix @ y
    assert (row >= program.row_lower - 1e-12).all()
    assert (row <= program.row_upper + 1e-12).all()
    assert (y <= program.upper).all()
    assert program.cost @ y == pytest.approx(inertia_of(points, label), rel=1e-12)


NEARLY_EQUAL = np.vstack([[0.0, 1.0], [1.0, 0.0], np.random.default_rng(1).random((6, 2)) * 1e-7])


@pytest.mark.parametrize("k", [3, 4, 5])
def test_points_of_very_different_distances_are_judged_all_the_same(k):
    """Squared distances of 0 to 1e14 inertias once kept the interior point going without end."""
    points = pd.DataFrame(NEARLY_EQUAL, index=list("abcdefgh"))
    proof = group_certificate(points, k, kmeans(points, points[0], k, seed=1, restarts=30).inertia)
    assert proof.proven
    assert 0 <= proof.gap <= 1e-6


def test_ratios_over_many_orders_of_magnitude_end_in_a_gap():
    cells = 10 ** np.random.default_rng(0).uniform(-9, 12, (8, 4))
    ratios = pd.DataFrame(cells[:, :2] / cells[:, 2:], index=list("abcdefgh"), columns=["a", "b"])
    points = min_max(ratios, {"a": "more", "b": "less"})
    inertia = kmeans(points, points["a"], 4, seed=1, restarts=2).inertia
    proof = group_certificate(points, 4, inertia)
    assert proof.attempted
    assert 0 <= proof.gap <= 1
    assert 0 <= proof.bound <= inertia


def test_a_proof_that_runs_out_of_iterations_is_a_gap():
    points = random_points(5, 12)
    inertia = kmeans(points, points[0], 3, seed=1).inertia
    assert group_certificate(points, 3, inertia).proven
    with within(Limits(max_interior_point_iterations=5)):
        proof = group_certificate(points, 3, inertia)
    assert proof.attempted
    assert not proof.proven
    assert 1e-6 < proof.gap <= 1
    assert "ended iteration limit reached" in proof.solver


@pytest.mark.slow
def test_sixty_provinces_take_seconds():
    points = pd.DataFrame(np.random.default_rng(0).random((60, 5)), index=[f"{i:02d}" for i in range(60)])
    inertia = kmeans(points, points[0], 6, seed=1).inertia
    start = time.process_time()
    proof = group_certificate(points, 6, inertia)
    assert time.process_time() - start < 60
    assert 0 < proof.gap < 0.1
