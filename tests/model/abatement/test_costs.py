"""Anchoring: the price at zero cut and the cost steps are scaled by one factor, in the same direction."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.model.abatement.costs import FrontierChoices, frontier_costs, productivity_costs

GDP = pd.Series({"a": 100.0, "b": 900.0, "c": 400.0})
EMISSIONS = pd.Series({"a": 10.0, "b": 30.0, "c": 20.0})


def test_productivity_by_hand():
    """GDP per tonne is 1000, 3000 and 2000 yuan/t (1e8 yuan a Mt are 100); the median becomes 50."""
    plain = productivity_costs(GDP, EMISSIONS, steps=2, max_abatement=0.5)
    assert plain.price_yuan_per_t.tolist() == pytest.approx([1000, 3000, 2000])
    anchored = productivity_costs(GDP, EMISSIONS, steps=2, max_abatement=0.5, anchor_yuan_per_t=50.0)
    assert anchored.price_yuan_per_t.tolist() == pytest.approx([25, 75, 50])
    ratio = anchored.steps["cost_yuan_per_t"] / plain.steps["cost_yuan_per_t"]
    assert ratio.tolist() == pytest.approx([1 / 40] * 6)
    pd.testing.assert_series_equal(anchored.steps["size_mt"], plain.steps["size_mt"])


def test_the_estimated_prices_are_anchored_like_the_steps(panel, factors, base):
    """63 yuan/t: mean price of national market listings in 2025, Climate Bridge quarterly 2025 Q4."""
    absent = ("kerosene_consumption",)
    choices = FrontierChoices(factors, base_year=2017, absent_as_zero=absent, steps=2, draws=2)
    plain, anchored = (
        frontier_costs(panel, base["emissions_mt"], choices, anchor) for anchor in (None, 63.0)
    )
    factor = 63.0 / plain.price_yuan_per_t.median()
    assert anchored.price_yuan_per_t.median() == pytest.approx(63)
    assert anchored.price_yuan_per_t.tolist() == pytest.approx((plain.price_yuan_per_t * factor).tolist())
    ratio = anchored.steps["cost_yuan_per_t"] / plain.steps["cost_yuan_per_t"]
    assert ratio.to_numpy() == pytest.approx(factor)
    pd.testing.assert_series_equal(
        anchored.table["used_price_yuan_per_t"], anchored.price_yuan_per_t, check_names=False
    )


def test_a_panel_that_no_distance_function_fits_is_the_study_s_to_repair(panel):
    """Coal alone at another factor: wrong input, not rules that contradict each other."""
    choices = FrontierChoices({"coal_consumption": 2.0}, base_year=2017, steps=2, draws=2)
    coal = panel[(panel["variable"] == "coal_consumption") & (panel["year"] == 2017)]
    emissions_mt = coal.set_index("code")["value"] * 0.02
    with pytest.raises(CapshareError, match=r"study, prices: expected a panel .*prices\.fuels") as caught:
        frontier_costs(panel, emissions_mt, choices)
    assert not isinstance(caught.value, InfeasibleError)
