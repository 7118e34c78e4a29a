from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.aigner_chu import estimate_distance_function
from capshare.model.abatement.frontier_programme import AignerChu

ARGUMENTS = ["capital_1e8yuan", "labour_1e4", "energy_1e4tce", "gdp_1e8yuan", "emissions_mt"]
TOLERANCE = 1e-6  # the solver's, on rows in multiples of the means


@pytest.fixture(params=[False, True], ids=["plain", "null-joint"])
def either(request, function, null_joint):
    return null_joint if request.param else function


def test_no_observation_lies_beyond_the_frontier(either, complete):
    distance = either.distance(complete.observations)
    assert distance.min() > -TOLERANCE
    assert (distance < TOLERANCE).sum() >= 3
    assert distance.sum() == pytest.approx(either.total_distance, abs=1e-5)


def test_monotone_in_every_argument(either, complete):
    for name in ("capital_1e8yuan", "labour_1e4", "energy_1e4tce", "emissions_mt"):
        assert either.slope(complete.observations, name).min() > -TOLERANCE
    assert either.slope(complete.observations, "gdp_1e8yuan").max() < -0.1 + TOLERANCE


@pytest.mark.parametrize("step", [-0.05, 0.02, 0.3])
def test_translation_moves_the_distance_one_for_one(either, base, step):
    moved = base.assign(
        gdp_1e8yuan=base["gdp_1e8yuan"] + step * either.means["gdp_1e8yuan"],
        emissions_mt=(base["emissions_mt"] - step * either.means["emissions_mt"]),
    )
    kept = moved["emissions_mt"] >= 0
    assert kept.sum() > 10
    change = either.distance(moved[kept]) - either.distance(base[kept])
    assert change.to_numpy() == pytest.approx(-step, abs=1e-6)


def test_null_jointness_rules_out_gdp_without_emissions(function, null_joint, complete):
    clean = complete.observations.assign(emissions_mt=0.0)
    assert null_joint.distance(clean).max() < TOLERANCE
    assert function.distance(clean).max() > 0.01


def test_gdp_keeps_its_value_down_to_the_deepest_cut(either, base):
    deepest = base.assign(emissions_mt=base["emissions_mt"] * 0.4)
    assert either.slope(deepest, "gdp_1e8yuan").max() < -0.1 + TOLERANCE


def test_a_price_rises_as_emissions_fall(either, base):
    prices = [
        either.price_yuan_per_t(base.assign(emissions_mt=base["emissions_mt"] * (1 - cut)))
        for cut in (0, 0.2, 0.4, 0.6)
    ]
    for earlier, later in pairwise(prices):
        assert (later > earlier).all()


def known_technology(count=160):
    """Points on a frontier y = f(x, u), u = y + b: every distance is 0 and the price is known."""
    random = np.random.default_rng(5)
    capital, labour, energy = random.uniform(0.5, 1.5, (3, count))
    total = random.uniform(1.5, 2.5, count)
    gdp = (
        0.2
        + 0.2 * capital
        + 0.1 * labour
        + 0.1 * energy
        + 0.4 * total
        - 0.05 * total**2
        + 0.02 * capital * total
    )
    slope = 0.4 - 0.1 * total + 0.02 * capital
    index = pd.MultiIndex.from_product([[f"{i:06d}" for i in range(count)], [2017]], names=["code", "year"])
    points = pd.DataFrame(np.column_stack([capital, labour, energy, gdp, total - gdp]), index, ARGUMENTS)
    return points, pd.Series(100 * slope / (1 - slope), index)


def test_a_known_technology_is_recovered():
    points, price = known_technology()
    ones = pd.Series(1.0, index=ARGUMENTS)
    found = estimate_distance_function(
        points, points.droplevel("year"), AignerChu(max_abatement=0.1), means=ones
    )
    assert found.total_distance == pytest.approx(0, abs=1e-5)
    assert found.price_yuan_per_t(points).to_numpy() == pytest.approx(price.to_numpy(), rel=1e-3)


def test_rows_may_come_in_any_order(function, complete, base):
    again = estimate_distance_function(
        complete.observations.sample(frac=1, random_state=2), base.sample(frac=1, random_state=2)
    )
    expected = function.price_yuan_per_t(base)
    assert again.price_yuan_per_t(base).to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-5)


def test_units_scale_the_price_and_nothing_else(function, complete, base):
    units = pd.Series([7.0, 0.01, 30.0, 2.0, 4.0], index=ARGUMENTS)
    again = estimate_distance_function(complete.observations * units, base * units)
    expected = function.price_yuan_per_t(base) * 2 / 4
    assert again.price_yuan_per_t(base * units).to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-5)


def test_an_observation_counted_twice_is_one_given_twice(complete, base):
    observations = complete.observations
    twice = observations.index.get_level_values("year") == 2010
    means = observations.mean()
    counted = estimate_distance_function(
        observations, base, means=means, counts=pd.Series(np.where(twice, 2.0, 1.0), observations.index)
    )
    given = estimate_distance_function(pd.concat([observations, observations[twice]]), base, means=means)
    assert counted.total_distance == pytest.approx(given.total_distance, rel=1e-7)


def test_an_observation_counted_0_times_is_one_left_out(complete, base):
    observations = complete.observations
    kept = observations.index.get_level_values("code") != "440000"
    means = observations.mean()
    counted = estimate_distance_function(
        observations, base, means=means, counts=pd.Series(np.where(kept, 1.0, 0.0), observations.index)
    )
    given = estimate_distance_function(observations[kept], base, means=means)
    pd.testing.assert_series_equal(counted.coefficients, given.coefficients)
    full = estimate_distance_function(observations, base, means=means)
    assert (counted.coefficients - full.coefficients).abs().max() > 1e-3


def test_what_the_panel_says(function, null_joint, base):
    plain, joint = function.price_yuan_per_t(base), null_joint.price_yuan_per_t(base)
    assert plain.round(2).nunique() == joint.round(2).nunique() == 30
    # Null-jointness decides the level, and the two orders have little to do with each other.
    assert 3 < joint.median() / plain.median() < 12
    assert abs(joint.corr(plain, method="spearman")) < 0.3
    assert joint.corr(base["emissions_mt"], method="spearman") < -0.7


def test_a_price_at_its_bound_is_zero_and_not_below(complete):
    # On a single year some province's emissions cost nothing at the margin.
    one_year = complete.observations.xs(2017, level="year", drop_level=False)
    prices = estimate_distance_function(one_year, complete.of_year(2017)).price_yuan_per_t(one_year)
    assert prices.min() == 0


def test_the_guard_holds_back_one_runaway_price(complete, base):
    deepest = base.assign(emissions_mt=base["emissions_mt"] * 0.4)

    def runaway(slope):
        rules = AignerChu(null_joint=True, least_gdp_slope=slope)
        prices = estimate_distance_function(complete.observations, base, rules).price_yuan_per_t(deepest)
        first, second = prices.nlargest(2)
        return first / second

    assert runaway(0.001) > 8
    assert runaway(0.1) < 2


def test_impossible_rules_are_refused(complete, base):
    with pytest.raises(CapshareError, match="least_gdp_slope: expected between 0 and 1") as caught:
        estimate_distance_function(
            complete.observations, base, AignerChu(max_abatement=1.5, least_gdp_slope=0)
        )
    assert len(caught.value.problems) == 2


def test_counts_of_other_observations_are_refused(complete, base):
    counts = pd.Series(1.0, index=complete.observations.index[1:])
    with pytest.raises(CapshareError, match="counts, index"):
        estimate_distance_function(complete.observations, base, counts=counts)
