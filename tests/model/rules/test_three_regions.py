"""Golden numbers 9: three regions under one cap of 120 Mt, figures computed independently of this project."""

import pandas as pd
import pytest

from capshare.model.rules.registry import apply

TABLE = pd.DataFrame(
    {
        "emissions_mt": [100.0, 50.0, 10.0],
        "population_1e4": [10.0, 20.0, 30.0],
        "gdp_1e8yuan": [500.0, 400.0, 150.0],
        "price_yuan_per_t": [1.0, 4.0, 25.0],
        "published_quota_mt": [1.0, 2.0, 3.0],
        "score": [0.5, 0.25, 0.25],
    },
    index=["a", "b", "c"],
)


@pytest.mark.parametrize(
    ("name", "quota_mt"),
    [
        ("grandfathering", [75, 37.5, 7.5]),
        ("per-capita", [20, 40, 60]),
        ("contraction-convergence", [47.5, 38.75, 33.75]),
        ("ability-to-pay", [71.728, 39.584, 8.688]),
        ("gdp", [57.142857, 45.714286, 17.142857]),
        ("equal", [40, 40, 40]),
        ("published", [20, 40, 60]),
        ("score", [60, 30, 30]),
        ("shadow-price", [4, 16, 100]),
        ("sqrt-shadow-price", [15, 30, 75]),
    ],
)
def test_three_regions(name, quota_mt):
    assert apply(name, TABLE, 120.0).tolist() == pytest.approx(quota_mt, abs=5e-4)


def test_capability_without_power_is_per_capita():
    found = apply("capability", TABLE, 120.0, {"power": 0.0})
    assert found.tolist() == pytest.approx([20, 40, 60])


def test_capability_at_power_one_is_inverse_to_income():
    """GDP per head is 50, 20 and 5: a head of c has ten times the quota of a head of a."""
    per_head = apply("capability", TABLE, 120.0, {"power": 1.0}) / TABLE["population_1e4"]
    assert per_head["c"] / per_head["a"] == pytest.approx(10)
    assert per_head["b"] / per_head["a"] == pytest.approx(2.5)


def test_convergence_ends_at_its_two_ends():
    for convergence, name in ((0.0, "grandfathering"), (1.0, "per-capita")):
        found = apply("contraction-convergence", TABLE, 120.0, {"convergence": convergence})
        assert found.tolist() == pytest.approx(apply(name, TABLE, 120.0).tolist())
