"""Half points: golden 17, the national cut met, the order kept, and the nearest by complete search."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.targets.rounding import BEYOND_POINTS, rounded_cuts


def series(values):
    return pd.Series(values, index=[f"p{place:02d}" for place in range(len(values))], dtype=float)


def national(cut, mt):
    return float((cut * mt).sum() / mt.sum())


def test_golden_17_two_units():
    mt = series([100, 50])
    found = rounded_cuts(series([17.2, 16.6]), mt, 17.0)
    assert found.tolist() == [17.0, 17.0]
    assert national(found, mt) == 17.0


def draw(seed, count=30):
    rng = np.random.default_rng(seed)
    mt, cut = series(rng.lognormal(5.8, 0.8, count)), series(rng.uniform(13, 20, count))
    return cut + (17.0 - national(cut, mt)), mt


@pytest.mark.parametrize("seed", range(5))
def test_thirty_provinces_meet_the_national_cut_in_order_and_near(seed):
    cut, mt = draw(seed)
    found = rounded_cuts(cut, mt, 17.0, band_pct=(10.0, 20.5))
    assert 17.0 - 1e-9 <= national(found, mt) <= 17.0 + BEYOND_POINTS + 1e-9
    assert (found * 2 == (found * 2).round()).all()
    assert found.between(10.0, 20.5).all()
    assert found[cut.sort_values().index].is_monotonic_increasing
    assert (found - cut).abs().max() < 0.75
    pd.testing.assert_series_equal(rounded_cuts(cut[::-1], mt, 17.0, band_pct=(10.0, 20.5))[cut.index], found)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_no_other_rounding_is_nearer(seed):
    cut, mt = draw(seed, count=4)
    found = rounded_cuts(cut, mt, 17.0, step_points=1.0)
    near = np.floor(cut.to_numpy())[:, None] + np.arange(-2, 4)
    every = np.array(list(itertools.product(*near)))
    share = (mt / mt.sum()).to_numpy()
    met = every @ share
    in_order = (np.diff(every[:, np.argsort(cut.to_numpy())]) >= 0).all(axis=1)
    allowed = in_order & (met >= 17.0 - 1e-12)
    # One that moves no cut by more than a step goes before, where it meets the national cut so nearly.
    within = (np.abs(every - cut.to_numpy()) <= 1).all(axis=1) & (met <= 17.0 + BEYOND_POINTS)
    allowed &= within | ~(allowed & within).any()

    def missed(candidates):
        beyond = np.maximum(candidates @ share - 17.0 - BEYOND_POINTS, 0.0)
        return 1e3 * beyond + np.abs(candidates - cut.to_numpy()) @ share

    assert missed(found.to_numpy()[None])[0] <= missed(every[allowed]).min() + 1e-4


def test_equal_cuts_stay_equal_and_the_national_cut_is_never_missed():
    cut, mt = series([14.3, 14.3, 17.1, 17.1, 18.4]), series([10, 20, 30, 40, 50])
    found = rounded_cuts(cut, mt, national(cut, mt))
    assert found.iloc[0] == found.iloc[1]
    assert found.iloc[2] == found.iloc[3]
    # Three numbers in half points do not come within 0.02 points of 16.847: the least beyond is taken.
    assert national(found, mt) >= national(cut, mt)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"step_points": 0.0}, "more than 0 points"),
        ({"band_pct": (10.0, 16.5)}, "can meet 17 %"),
        ({"band_pct": (17.1, 17.4)}, "whole steps"),
    ],
)
def test_what_is_refused(options, said):
    with pytest.raises(CapshareError, match=said):
        rounded_cuts(*draw(0), 17.0, **options)
