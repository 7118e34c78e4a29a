"""Predictions by hand: they meet the national cut, and take nothing from the table they predict."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.backtest.predictions import (
    BURDEN,
    BURDENS,
    burden_needs,
    by_burden,
    fitted,
    fitted_spread_points,
    mixed,
    repeated,
    uniform,
)
from capshare.model.rules.registry import apply


def test_uniform_is_the_same_cut_for_all(second):
    assert uniform(second).tolist() == pytest.approx([82, 41, 41])
    assert second.cap_mt == pytest.approx(164)


def test_a_table_repeated_is_moved_alike_to_the_nation_s_cut(first, second):
    # 19, 15 and 15 meet 17 of 200 Mt; one point more each meets 18.
    assert second.cut_pct(repeated(second, first)).tolist() == pytest.approx([20, 16, 16])


def test_balances_are_repeated_as_they_are_and_cuts_tell_no_balance(split, first):
    quotas, balances = split("quotas", [90, 60, 50]), split("balances", [-20, 5, 15])
    assert repeated(quotas, balances).tolist() == [80, 55, 65]
    assert repeated(balances, quotas).tolist() == [90, 60, 50]
    assert repeated(quotas, first) is None
    assert repeated(first, quotas) is None


@pytest.mark.parametrize("name", [name for name in BURDENS if name != "burden-past"])
def test_a_burden_spans_its_points_and_meets_the_nation_s_cut(first, name):
    assert set(burden_needs(name)) <= set(first.inputs)
    quota = by_burden(first, name, 6.0)
    cut = first.cut_pct(quota)
    assert quota.sum() == pytest.approx(first.cap_mt)
    assert cut.max() - cut.min() == pytest.approx(6)
    turned = first.cut_pct(by_burden(first, name, -6.0))
    assert (cut + turned).tolist() == pytest.approx([34, 34, 34])


def test_the_spread_of_a_table_made_by_the_index_is_found_again(first):
    cut = first.cut_pct(by_burden(first, BURDEN, 4.25))
    assert fitted_spread_points(replace(first, published=cut), BURDEN) == pytest.approx(4.25)


def test_a_table_made_by_logarithms_is_fitted_and_moved(first, second):
    of = np.log(first.inputs)
    cut = 3 + 2 * of["gdp_1e8yuan"] - (of["gdp_1e8yuan"] - of["population_1e4"])
    quota = fitted(second, replace(first, published=cut))
    moved = second.cut_pct(quota) - cut
    assert moved.max() - moved.min() == pytest.approx(0, abs=1e-9)
    assert quota.sum() == pytest.approx(second.cap_mt)


def test_a_mixture_of_rules_is_found_again_in_another_table(first, split):
    rules = ["grandfathering", "per-capita"]
    by_rule = pd.DataFrame({name: apply(name, first.inputs, first.cap_mt) for name in rules})
    other = split("quotas", 0.75 * by_rule["grandfathering"] + 0.25 * by_rule["per-capita"], 17)
    found = mixed(by_rule, other, by_rule.assign(equal=first.cap_mt / 3))
    assert found.to_dict() == pytest.approx(other.published.to_dict())
    assert mixed(by_rule, split("balances", [1, 0, -1]), by_rule) is None


@pytest.mark.parametrize("predict", [uniform, lambda s: by_burden(s, BURDEN)])
def test_a_prediction_does_not_read_the_table(first, predict):
    other = replace(first, published=first.published * 0 + 1.0)
    pd.testing.assert_series_equal(predict(first), predict(other))
