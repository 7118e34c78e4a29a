import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.abatement.anchor import anchor_factor, anchored_steps, weighted_median
from capshare.model.abatement.steps import distance_function_steps


@given(
    prices=st.lists(st.floats(1, 1e4), min_size=1, max_size=30),
    anchor=st.floats(1, 1000),
)
def test_the_median_becomes_the_anchor(prices, anchor):
    series = pd.Series(prices)
    alike = pd.Series(2.0, series.index)
    assert (series * anchor_factor(series, alike, anchor)).median() == pytest.approx(anchor)


def test_the_order_of_provinces_and_the_sizes_stay(function, base):
    steps = distance_function_steps(function, base, base["emissions_mt"])
    # Mean price of national market listings in 2025, Climate Bridge quarterly 2025 Q4: 63 yuan/t.
    price = function.price_yuan_per_t(base)
    factor = anchor_factor(price, base["emissions_mt"], 63.0)
    scaled = anchored_steps(steps, factor)
    pd.testing.assert_series_equal(scaled["size_mt"], steps["size_mt"])
    pd.testing.assert_series_equal(scaled["cost_yuan_per_t"].rank(), steps["cost_yuan_per_t"].rank())
    ratio = scaled["cost_yuan_per_t"] / steps["cost_yuan_per_t"]
    assert ratio.to_numpy() == pytest.approx(63.0 / weighted_median(price, base["emissions_mt"]))


def test_half_of_all_tonnes_lie_below_the_median():
    """10, 20 and 30 t at 1, 3 and 2 yuan: half of 60 t lies at 2 yuan or less, the other half above."""
    values, weights = pd.Series([1.0, 3.0, 2.0]), pd.Series([10.0, 30.0, 20.0])
    assert weighted_median(values, weights) == 2.5
    assert weighted_median(values, pd.Series([10.0, 29.0, 20.0])) == 2.0
    assert np.isnan(weighted_median(values, weights * 0))


@pytest.mark.parametrize(
    ("prices", "anchor", "place"),
    [([1.0, 2.0], 0.0, "anchor"), ([0.0, 0.0], 63.0, "median"), ([1.0, np.nan], 63.0, "median")],
)
def test_no_anchor_without_positive_prices(prices, anchor, place):
    with pytest.raises(CapshareError, match=f"{place}.*expected a positive price"):
        anchor_factor(pd.Series(prices), pd.Series([1.0, 1.0]), anchor)
