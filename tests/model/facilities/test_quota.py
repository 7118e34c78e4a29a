"""Quotas of facilities, calculated by hand."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.facilities.quota import band_quota_t, benchmark_emissions_t, deviation, intensity


def quota_of(emissions_t, output, benchmark):
    made = pd.Series([output])
    expected = benchmark_emissions_t(made, pd.Series([benchmark]), pd.Series([0.0]), pd.Series([0.0]))
    away = deviation(pd.Series([emissions_t]), expected)
    return away[0], band_quota_t(pd.Series([emissions_t]), away, pd.Series([0.15]), pd.Series([0.20]))[0]


# A plant that makes 1 000 t beside a benchmark of 2 t per tonne: 2 000 t are expected. In order:
#  1 500 t are 25 % below; the band stops at 20 %: 1 500 x (1 + 0.15 x 0.20) = 1 500 x 1.030 = 1 545
#  1 600 t are 20 % below:                         1 600 x (1 + 0.15 x 0.20) = 1 600 x 1.030 = 1 648
#  1 800 t are 10 % below:                         1 800 x (1 + 0.15 x 0.10) = 1 800 x 1.015 = 1 827
#  2 000 t are the benchmark:                      2 000
#  2 200 t are 10 % above:                         2 200 x (1 - 0.15 x 0.10) = 2 200 x 0.985 = 2 167
#  2 400 t are 20 % above:                         2 400 x (1 - 0.15 x 0.20) = 2 400 x 0.970 = 2 328
#  2 500 t are 25 % above; the band stops at 20 %: 2 500 x (1 - 0.15 x 0.20) = 2 500 x 0.970 = 2 425
@pytest.mark.parametrize(
    ("emissions_t", "away", "quota_t"),
    [
        (1500.0, -0.25, 1545.0),
        (1600.0, -0.20, 1648.0),
        (1800.0, -0.10, 1827.0),
        (2000.0, 0.0, 2000.0),
        (2200.0, 0.10, 2167.0),
        (2400.0, 0.20, 2328.0),
        (2500.0, 0.25, 2425.0),
    ],
)
def test_the_band_by_hand(emissions_t, away, quota_t):
    found = quota_of(emissions_t, 1000.0, 2.0)
    assert found == (pytest.approx(away, abs=1e-12), pytest.approx(quota_t, rel=1e-12))


def test_benchmark_times_output_and_heat_by_hand():
    # Coal above 300 MW in 2019-2020: 0.877 t/MWh and 0.126 t/GJ. 1 000 000 MWh and 500 000 GJ make
    # 877 000 t + 63 000 t = 940 000 t. Emitting 987 000 t is 47 000 / 940 000 = 5 % above.
    quota = benchmark_emissions_t(
        pd.Series([1e6]), pd.Series([0.877]), pd.Series([500_000.0]), pd.Series([0.126])
    )
    assert quota[0] == pytest.approx(940_000, rel=1e-12)
    assert deviation(pd.Series([987_000.0]), quota)[0] == pytest.approx(0.05, rel=1e-12)


def test_intensity_is_paired_by_label():
    found = intensity(pd.Series({"a": 10.0, "b": 30.0}), pd.Series({"b": 3.0, "a": 5.0}))
    assert found.to_dict() == {"a": 2.0, "b": 10.0}
    with pytest.raises(CapshareError, match=r"the labels of emissions_t; found without \['b'\]"):
        intensity(pd.Series({"a": 10.0, "b": 30.0}), pd.Series({"a": 5.0, "c": 1.0}))


amounts = st.floats(1.0, 1e9)


@given(emissions_t=amounts, output=amounts, benchmark=st.floats(1e-3, 1e3))
def test_no_surplus_or_shortfall_beyond_three_per_cent(emissions_t, output, benchmark):
    quota_t = quota_of(emissions_t, output, benchmark)[1]
    assert 0.97 * (1 - 1e-12) <= quota_t / emissions_t <= 1.03 * (1 + 1e-12)


@given(intensities=st.lists(st.floats(0.01, 100.0), min_size=2, max_size=20), output=amounts)
def test_the_dirtier_never_gets_a_larger_share_of_its_emissions(intensities, output):
    ordered = np.sort(intensities)
    shares = [quota_of(each * output, output, 1.0)[1] / (each * output) for each in ordered]
    assert all(later <= earlier * (1 + 1e-12) for earlier, later in pairwise(shares))
