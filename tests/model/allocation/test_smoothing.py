"""The largest yearly change of a joint allocation: read and set anew, over gaps of any length."""

import pandas as pd
import pytest

from capshare.model.allocation.smoothing import smoothed, smoothing_share
from capshare.model.allocation.year_links import YearRules, unit
from capshare.model.allocation.years import join_years


@pytest.fixture
def uneven(small):
    """Years 2020, 2021 and 2024: the first gap is one year, the second three."""
    return join_years({2020: small, 2021: small, 2024: small}, YearRules(max_yearly_change=0.5))


def test_the_share_is_the_yearly_one(uneven):
    assert smoothing_share(uneven) == pytest.approx(0.5)


def test_the_share_is_the_yearly_one_where_the_first_gap_is_long(small):
    data = join_years({2020: small, 2023: small, 2024: small}, YearRules(max_yearly_change=0.5))
    assert smoothing_share(data) == pytest.approx(0.5)


def test_each_gap_has_its_own_limits(uneven):
    """10 % a year: 1.1 and 0.9 over one year, 1.1³ = 1.331 and 0.9³ = 0.729 over three."""
    table = smoothed(uneven, 0.1).year_links.smoothing
    assert table.loc[unit(2021, "110000"), ["most", "least"]].tolist() == pytest.approx([1.1, 0.9])
    assert table.loc[unit(2024, "110000"), ["most", "least"]].tolist() == pytest.approx([1.331, 0.729])


def test_the_limits_of_a_share_are_those_it_was_joined_with(uneven):
    pd.testing.assert_frame_equal(smoothed(uneven, 0.5).year_links.smoothing, uneven.year_links.smoothing)
