"""Minimum weighted Gini: exact against brute force, and never beaten."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.outcome.fairness import gini
from capshare.model.rules.minimum_gini import gini_program
from capshare.model.rules.registry import apply
from capshare.solvers.highs import solve

BASES = ["population_1e4", "gdp_1e8yuan", "emissions_mt"]
THREE = pd.DataFrame(
    {
        "emissions_mt": [100.0, 50.0, 10.0],
        "population_1e4": [10.0, 20.0, 30.0],
        "gdp_1e8yuan": [500.0, 400.0, 150.0],
    },
    index=["a", "b", "c"],
)


def total(quota, table):
    return sum(gini(quota, table[base]) for base in BASES)


def test_no_split_on_a_grid_is_less_unequal():
    found = total(apply("minimum-gini", THREE, 1.0), THREE)
    steps = np.linspace(0, 1, 25)
    grid = [
        total(pd.Series([a, b, 1 - a - b], index=THREE.index), THREE)
        for a in steps
        for b in steps
        if a + b <= 1 + 1e-12 and 1 - a - b >= 0
    ]
    assert found <= min(grid) + 1e-9
    assert found == pytest.approx(min(grid), abs=0.05)


def test_thirty_provinces_and_three_bases_are_exact(provinces):
    base = provinces[BASES] / provinces[BASES].sum()
    lower, upper = (pd.Series(value, index=base.index) for value in (0.0, np.inf))
    solved = solve(gini_program(base, pd.Series(1.0, index=BASES), lower, upper))
    assert solved.duality_gap < 1e-9
    quota = apply("minimum-gini", provinces, 11_000.0)
    assert total(quota, provinces) == pytest.approx(solved.objective, rel=1e-7)


def test_it_is_less_unequal_than_every_other_rule(provinces):
    least = total(apply("minimum-gini", provinces, 11_000.0), provinces)
    for name in ("per-capita", "gdp", "grandfathering", "capability", "contraction-convergence", "zsg-dea"):
        assert least < total(apply(name, provinces, 11_000.0), provinces)


@pytest.mark.parametrize(
    ("weight", "rule"),
    [("population_weight", "per-capita"), ("gdp_weight", "gdp"), ("emissions_weight", "grandfathering")],
)
def test_one_base_is_the_share_by_it(weight, rule, provinces):
    zero = {"population_weight": 0.0, "gdp_weight": 0.0, "emissions_weight": 0.0}
    found = apply("minimum-gini", provinces, 11_000.0, zero | {weight: 2.0})
    assert found.tolist() == pytest.approx(apply(rule, provinces, 11_000.0).tolist(), rel=1e-6)


def test_bounds_are_part_of_the_optimum(provinces):
    """Solved inside its bounds it is less unequal than solved without and projected on them afterwards."""
    floor, ceiling = 0.6 * provinces["emissions_mt"], 1.1 * provinces["emissions_mt"]
    inside = apply("minimum-gini", provinces, 11_000.0, floor_mt=floor, ceiling_mt=ceiling)
    free = apply("minimum-gini", provinces, 11_000.0)
    afterwards = apply(
        "published", provinces.assign(published_quota_mt=free), 11_000.0, floor_mt=floor, ceiling_mt=ceiling
    )
    assert total(inside, provinces) < total(afterwards, provinces)


def test_no_weight_at_all_is_refused(provinces):
    zero = {"population_weight": 0.0, "gdp_weight": 0, "emissions_weight": 0.0}
    with pytest.raises(CapshareError, match="a positive weight on one base; found 0 for all"):
        apply("minimum-gini", provinces, 11_000.0, zero)
