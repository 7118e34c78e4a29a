"""Peers: distances worked out by hand."""

import pandas as pd
import pytest

from capshare.model.outcome.peers import nearest

VALUES = pd.DataFrame(
    {"gdp": [0.0, 0.5, 1.0, 0.5], "income": [0.0, 0.0, 0.0, 1.0]}, index=["a", "b", "c", "d"]
)


def test_the_nearest_come_first_by_weighted_distance():
    found = nearest(VALUES, pd.Series({"gdp": 0.64, "income": 0.36}), "b", 3)
    # From b: a and c differ by half in gdp, 0.8 x 0.5; d by one in income, 0.6 x 1.
    assert found.to_dict() == pytest.approx({"a": 0.4, "c": 0.4, "d": 0.6})
    assert list(found.index) == ["a", "c", "d"]


def test_shuffled_rows_and_few_provinces_change_nothing():
    weight = pd.Series({"income": 0.36, "gdp": 0.64})
    shuffled = VALUES.loc[["d", "c", "b", "a"], ["income", "gdp"]]
    pd.testing.assert_series_equal(nearest(shuffled, weight, "b", 3), nearest(VALUES, weight, "b", 3))
    assert list(nearest(VALUES.loc[["a", "b"]], weight, "b", 3).index) == ["a"]


def test_an_indicator_without_weight_does_not_tell_provinces_apart():
    found = nearest(VALUES, pd.Series({"gdp": 1.0, "income": 0.0}), "b", 1)
    assert found.to_dict() == {"d": 0.0}
