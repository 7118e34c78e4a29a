"""Ability to pay: a worked example, and its ends."""

import pandas as pd
import pytest

from capshare.model.rules.registry import apply, rule_notes
from capshare.reports.words.notes import note_texts


def table(**columns):
    return pd.DataFrame(columns, index=["a", "b"], dtype=float)


def test_two_regions():
    """Golden numbers 9: own computation after van den Berg et al. 2020, doi:10.1007/s10584-019-02368-y."""
    found = apply(
        "ability-to-pay", table(emissions_mt=[10, 10], population_1e4=[1, 1], gdp_1e8yuan=[2, 1]), 16.0
    )
    assert found.tolist() == pytest.approx([7.770, 8.230], abs=5e-4)


def test_nobody_cuts_more_than_everything():
    inputs = table(emissions_mt=[10, 10], population_1e4=[1, 1], gdp_1e8yuan=[1000, 1])
    assert apply("ability-to-pay", inputs, 2.0).tolist() == pytest.approx([0, 2])


def test_without_a_cut_everyone_keeps_its_emissions():
    inputs = table(emissions_mt=[0.1, 0.2], population_1e4=[1, 1], gdp_1e8yuan=[2, 1])
    assert apply("ability-to-pay", inputs, 0.1 + 0.2).tolist() == pytest.approx([0.1, 0.2], rel=1e-12)


def test_a_cap_above_emissions_is_told():
    inputs = table(emissions_mt=[10, 30], population_1e4=[1, 1], gdp_1e8yuan=[2, 1])
    found = apply("ability-to-pay", inputs, 80.0)
    [note] = note_texts(rule_notes("ability-to-pay", inputs, 80.0), {})
    assert "the cap of 80 Mt exceeds emissions of 40 Mt" in note
    assert rule_notes("ability-to-pay", inputs, 40.0) == ()
    assert found.tolist() == pytest.approx([20, 60])


def test_the_richer_of_two_equals_cuts_more(provinces):
    cut = provinces["emissions_mt"] - apply("ability-to-pay", provinces, 11_000.0)
    relative = cut / provinces["emissions_mt"]
    income = provinces["gdp_1e8yuan"] / provinces["population_1e4"]
    assert relative.corr(income, method="spearman") == pytest.approx(1)
