"""Figures of predictions by hand."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.backtest.figures import prediction_figures
from capshare.model.backtest.predictions import uniform


def test_cuts_by_hand(first):
    found = prediction_figures(first, uniform(first))
    # |17 - 19|, |17 - 15| twice.
    assert (found.mean_error_points, found.largest_error_points) == pytest.approx((2, 2))
    # Published quotas are 81, 42.5 and 42.5 of 166, predicted 83, 41.5 and 41.5.
    assert found.misplaced_share == pytest.approx(2 / 166)
    assert found.rank_correlation is None
    assert found.tiers_adjusted_rand == 0
    assert found.signs_right is None


def test_the_table_itself_is_without_error(first, second):
    for split in (first, second):
        found = prediction_figures(split, split.quota_mt)
        assert found.mean_error_points == pytest.approx(0, abs=1e-12)
        assert found.misplaced_share == pytest.approx(0, abs=1e-12)
        assert (found.rank_correlation, found.tiers_adjusted_rand) == (pytest.approx(1), 1)


def test_tiers_of_a_prediction_are_heaps_of_its_cuts(first):
    near = first.at_cut(pd.Series({"a": 18.0, "b": 15.5, "c": 15.4}))
    far = first.at_cut(pd.Series({"a": 18.0, "b": 17.5, "c": 15.4}))
    assert prediction_figures(first, near).tiers_adjusted_rand == 1
    assert prediction_figures(first, far).tiers_adjusted_rand < 0.1


def test_other_regions_are_refused(first):
    with pytest.raises(CapshareError, match="d"):
        prediction_figures(first, pd.Series({"a": 1.0, "b": 1.0, "d": 1.0}))


def test_equal_cuts_have_no_order_though_they_differ_in_the_last_digit(first):
    cut = pd.Series({"a": 17.0, "b": 17.0 + 4e-15, "c": 17.0 - 4e-15})
    assert prediction_figures(first, first.at_cut(cut)).rank_correlation is None


def test_quotas_have_no_points_and_no_tiers(split):
    quotas = split("quotas", [90, 60, 50])
    found = prediction_figures(quotas, pd.Series({"c": 60.0, "b": 60.0, "a": 80.0}))
    assert found.misplaced_share == pytest.approx(10 / 200)
    # Deficit, surplus, and the third: balanced as published, in surplus as predicted.
    assert found.signs_right == 2
    assert (found.mean_error_points, found.tiers_adjusted_rand) == (None, None)


def test_balances_are_compared_by_order_and_sign_alone(split):
    balances = split("balances", [-20, 5, 15])
    found = prediction_figures(balances, pd.Series({"a": 90.0, "b": 60.0, "c": 50.0}))
    assert found.signs_right == 2
    assert found.rank_correlation == pytest.approx(0.5)
    assert found.misplaced_share is None
