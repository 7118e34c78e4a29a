"""Boltzmann: a worked example and its ends."""

import pandas as pd
import pytest

from capshare.model.rules.registry import apply

# Emissions per head 2, 4, 6; their mean is 4.5, so a beta of 0.1 per tonne is 0.45 per mean.
TABLE = pd.DataFrame(
    {"emissions_mt": [2.0, 4.0, 12.0], "population_1e4": [1.0, 1.0, 2.0]}, index=["a", "b", "c"]
)


def test_worked_example():
    """Golden numbers 9 (own): p = (1, 1, 2), ε = (2, 4, 6), β = 0.1."""
    found = apply("boltzmann", TABLE, 1.0, {"beta": 0.1 * 4.5})
    assert found.tolist() == pytest.approx([0.3165, 0.2591, 0.4243], abs=5e-5)


def test_beta_zero_is_per_capita():
    assert apply("boltzmann", TABLE, 8.0, {"beta": 0.0}).tolist() == pytest.approx([2, 2, 4])


def test_a_large_beta_gives_all_to_the_least_emitter():
    assert apply("boltzmann", TABLE, 8.0, {"beta": 1e5}).tolist() == pytest.approx([8, 0, 0])
