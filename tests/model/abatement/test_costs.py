"""Abatement costs by every method: anchored alike, rising, free of size where they claim it, quick."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.model.abatement.choices import EstimateChoices, Shape
from capshare.model.abatement.costs import estimated_costs, given_costs, productivity_costs
from capshare.model.abatement.observations import province_years

GDP = pd.Series({"a": 100.0, "b": 900.0, "c": 400.0})
EMISSIONS = pd.Series({"a": 10.0, "b": 30.0, "c": 20.0})


def test_productivity_by_hand():
    """GDP per tonne is 1000, 3000 and 2000 yuan/t (1e8 yuan a Mt are 100); the median, 2500, becomes 50."""
    plain = productivity_costs(GDP, EMISSIONS, steps=2, max_abatement=0.5)
    assert plain.price_yuan_per_t.tolist() == pytest.approx([1000, 3000, 2000])
    anchored = productivity_costs(GDP, EMISSIONS, steps=2, max_abatement=0.5, anchor_yuan_per_t=50.0)
    assert anchored.price_yuan_per_t.tolist() == pytest.approx([20, 60, 40])
    ratio = anchored.steps["cost_yuan_per_t"] / plain.steps["cost_yuan_per_t"]
    assert ratio.tolist() == pytest.approx([1 / 50] * 6)
    pd.testing.assert_series_equal(anchored.steps["size_mt"], plain.steps["size_mt"])


def test_a_given_price_is_flat_and_anchored_on_request():
    price = pd.Series({"b": 90.0, "a": 40.0, "c": 60.0})
    plain = given_costs(price, EMISSIONS, max_abatement=0.5)
    assert plain.steps["cost_yuan_per_t"].to_dict() == {("a", 1): 40, ("b", 1): 90, ("c", 1): 60}
    anchored = given_costs(price, EMISSIONS, max_abatement=0.5, anchor_yuan_per_t=150.0)
    # Half of the 60 Mt is b's: the median lies between 60 and 90.
    assert anchored.price_yuan_per_t.to_dict() == {"b": 180, "a": 80, "c": 120}


PLAIN = EstimateChoices(shape=Shape(4, 0.6, 0.1), draws=0)
ESTIMATED = ("power", "logarithmic", "distance-function")


@pytest.fixture(scope="module")
def estimates(observed):
    """Costs by every estimated method, anchored at 63 yuan/t: the mean price of listings in 2025."""
    emissions = observed.of_year(2017)["emissions_mt"]
    return {
        method: estimated_costs(observed, emissions, replace(PLAIN, method=method), 63.0)
        for method in ESTIMATED
    }


@pytest.mark.parametrize("method", ESTIMATED)
def test_the_estimated_prices_are_anchored_like_the_steps(observed, estimates, method):
    emissions = observed.of_year(2017)["emissions_mt"]
    plain, anchored = estimated_costs(observed, emissions, replace(PLAIN, method=method)), estimates[method]
    ratio = anchored.steps["cost_yuan_per_t"] / plain.steps["cost_yuan_per_t"]
    assert ratio.to_numpy() == pytest.approx(ratio.iloc[0])
    assert (anchored.price_yuan_per_t / plain.price_yuan_per_t).to_numpy() == pytest.approx(ratio.iloc[0])
    pd.testing.assert_series_equal(
        anchored.table["used_price_yuan_per_t"], anchored.price_yuan_per_t, check_names=False
    )


def test_half_of_all_emissions_lie_at_the_anchor_or_below(observed, estimates):
    emissions, price = observed.of_year(2017)["emissions_mt"], estimates["power"].price_yuan_per_t
    assert 63.0 in price.round(9).to_list()
    for beyond in (price > 63.000001, price < 62.999999):
        assert emissions[beyond].sum() <= emissions.sum() / 2


def test_logarithmic_meets_power_at_its_cut(estimates):
    """The anchor of the curve whose first tonne is free: the price of the power curve at a cut of a tenth."""
    law, power = estimates["power"].law, estimates["power"].price_yuan_per_t
    expected = power * 0.9**law.elasticity
    assert estimates["logarithmic"].price_yuan_per_t.to_numpy() == pytest.approx(expected.to_numpy())


@pytest.mark.parametrize("method", ESTIMATED)
def test_steps_rise_strictly_in_every_province(estimates, method):
    by_step = estimates[method].steps["cost_yuan_per_t"].unstack("step")
    assert (by_step.diff(axis="columns").iloc[:, 1:] > 0).all(axis=None)
    assert (by_step.iloc[:, 0] > 0).all()


def test_price_hardly_follows_the_size_of_the_labour_force(observed, estimates):
    """The estimate in levels it replaces: rank correlation 0.95. Figures measured on this panel."""
    levels = estimates["power"].levels
    assert levels.index.tolist() == [
        "power", "with null-jointness", "without null-jointness", "logarithmic", "productivity",
    ]  # fmt: skip
    assert levels.loc["power", "with_employment"] == pytest.approx(0.215, abs=0.01)
    assert levels["with_employment"].abs().max() < 0.5
    assert levels.loc["power", "with_gdp_per_worker"] == pytest.approx(-0.39, abs=0.01)
    assert levels.loc["power", "with_carbon_intensity"] == pytest.approx(-0.39, abs=0.01)
    labour = observed.of_year(2017)["labour_1e4"]
    own = estimates["power"].price_yuan_per_t.corr(labour, method="spearman")
    assert own == pytest.approx(levels.loc["power", "with_employment"])


def test_what_the_law_says(estimates):
    """Du, Hanley & Wei 2015 regress log prices on log intensity over the same provinces; figures are ours."""
    fit = estimates["power"].fit.loc["power"]
    assert fit["elasticity"] == pytest.approx(-0.328, abs=0.005)
    assert fit["elasticity_low"] == pytest.approx(-0.431, abs=0.005)
    assert fit["elasticity_high"] == pytest.approx(-0.225, abs=0.005)
    assert fit["observations"] == 390
    assert fit["time_trend_gain"] < 0.01
    table, levels = estimates["power"].table, estimates["power"].levels
    assert table["fits_badly"].sum() == fit["badly_fitted"] == 7
    rise = (0.475 / 0.925) ** fit["elasticity"]
    assert levels.loc["power", "last_to_first_step"] == pytest.approx(rise)
    ratio = table["last_step_yuan_per_t"] / table["first_step_yuan_per_t"]
    assert ratio.to_numpy() == pytest.approx(rise)


def test_a_time_trend_is_estimated_where_asked_for(observed):
    emissions = observed.of_year(2017)["emissions_mt"]
    on = estimated_costs(observed, emissions, replace(PLAIN, time_trend="on"))
    auto = estimated_costs(observed, emissions, PLAIN)
    assert on.price_yuan_per_t.corr(auto.price_yuan_per_t, method="spearman") > 0.95
    assert not np.allclose(on.price_yuan_per_t, auto.price_yuan_per_t, rtol=1e-3)


def test_the_depth_of_the_steps_does_not_move_the_estimate(observed, estimates):
    emissions = observed.of_year(2017)["emissions_mt"]
    shallow = estimated_costs(observed, emissions, replace(PLAIN, shape=Shape(4, 0.3, 0.1)), 63.0)
    pd.testing.assert_series_equal(shallow.price_yuan_per_t, estimates["power"].price_yuan_per_t)


def test_an_estimate_with_its_bootstrap_is_quick(observed):
    begin = time.process_time()
    estimated_costs(observed, observed.of_year(2017)["emissions_mt"], replace(PLAIN, draws=50))
    assert time.process_time() - begin < 20


def spoilt(observed, **changes):
    return replace(observed, observations=observed.observations.assign(**changes))


def kept(observed, rows):
    return replace(observed, observations=observed.observations[rows])


@pytest.mark.parametrize("method", ESTIMATED)
def test_too_few_observations(observed, method):
    """Two years of 30 provinces less one."""
    late = observed.observations.index.get_level_values("year") >= 2016
    few = replace(observed, observations=observed.observations[late].iloc[1:])
    asked = replace(PLAIN, method=method, years=(2016, 2017))
    with pytest.raises(
        CapshareError, match=r"panel, observations: expected at least 60 .* found 59"
    ) as caught:
        estimated_costs(few, EMISSIONS, asked)
    assert len(caught.value.problems) == 1


def test_a_year_that_is_missing(observed):
    year = observed.observations.index.get_level_values("year")
    with pytest.raises(CapshareError, match=r"panel, years: .*2005-2017; found none of 2009, 2011"):
        estimated_costs(kept(observed, ~year.isin([2009, 2011])), EMISSIONS, PLAIN)


def test_an_input_that_never_varies(observed):
    labour = observed.observations["labour_1e4"]
    with pytest.raises(CapshareError, match=r"panel, energy_tce_per_worker: .*found one that is constant"):
        estimated_costs(spoilt(observed, energy_1e4tce=labour * 3), EMISSIONS, PLAIN)


def test_a_figure_that_is_not_positive(observed):
    energy = observed.observations["energy_1e4tce"].copy()
    energy["310000", 2010] = 0.0
    with pytest.raises(CapshareError, match=r"310000, 2010, energy_tce_per_worker: .* found 0\.0") as caught:
        estimated_costs(spoilt(observed, energy_1e4tce=energy), EMISSIONS, PLAIN)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("method", ["power", "logarithmic"])
def test_a_price_that_is_not_positive(observed, method):
    """Without null-jointness a tonne of Inner Mongolia is free in one year: no power law goes through 0."""
    with pytest.raises(
        CapshareError, match=r"prices\.method: expected a positive price .*150000 2011.*null_joint"
    ):
        estimated_costs(observed, EMISSIONS, replace(PLAIN, method=method, null_joint=False))


def test_a_panel_that_no_distance_function_fits_is_the_study_s_to_repair(panel):
    """Coal alone at another factor: wrong input, not rules that contradict each other."""
    coal = province_years(panel, {"coal_consumption": 2.0})
    choices = replace(PLAIN, method="distance-function", technology="levels", null_joint=False)
    with pytest.raises(CapshareError, match=r"study, prices: expected a panel .*prices\.fuels") as caught:
        estimated_costs(coal, coal.of_year(2017)["emissions_mt"], choices)
    assert not isinstance(caught.value, InfeasibleError)
