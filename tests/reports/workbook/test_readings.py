"""Readings of a published text, each against the study's own."""

from dataclasses import replace

import pandas as pd
import pytest

from capshare.reports.workbook.book import builder

READINGS = pd.DataFrame(
    {
        "indicators": ["gdp, population", "gdp, forest_stock_8th", "gdp"],
        "group_adjusted_rand": [0.75, 0.25, None],
        "balance_signs_right": [22.0, 24.0, None],
        "balance_classes_right": [17.0, 16.0, None],
        "quota_rank_correlation": [0.5, 0.875, None],
    },
    index=pd.RangeIndex(1, 4, name="reading"),
)


@pytest.fixture(scope="module")
def made(base):
    published = replace(base.published, readings=READINGS)
    return builder(replace(base, published=published), "zh")


def test_each_reading_is_set_against_the_studys_own(made):
    grid = made.grids["readings"]
    sheet = made.book[grid.sheet]
    values = {
        name: [sheet[grid.at(name, label)].value.value for label in grid.labels]
        for name in ("group_adjusted_rand_difference", "balance_signs_right_difference")
    }
    assert values == {
        "group_adjusted_rand_difference": [0, -0.5, ""],
        "balance_signs_right_difference": [0, 2, ""],
    }
    assert sheet[grid.at("indicators", 2)].value == "地区生产总值、森林蓄积量（第八次清查）"


def test_ranges_leave_out_readings_without_a_split(made):
    grid = made.grids["readings_ranges"]
    sheet = made.book[grid.sheet]
    row = [sheet[grid.at(name, "quota_rank_correlation")].value.value for name in grid.names[1:]]
    assert row == [0.5, 0.6875, 0.875]
