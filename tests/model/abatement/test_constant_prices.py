import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.constant_prices import constant_price_accounts

YEARS = {"price_year": 2002, "first_year": 2000, "last_year": 2002}


def small_panel():
    values = {
        "gdp": [100.0, 121.0, 150.0],
        "gdp_index": [None, 110.0, 120.0],
        "gfcf": [40.0, 44.0, 60.0],
    }
    units = {"gdp": "1e8 yuan current", "gdp_index": "previous year=100", "gfcf": "1e8 yuan current"}
    rows = [
        ("110000", 2000 + i, variable, value, units[variable])
        for variable, series in values.items()
        for i, value in enumerate(series)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["code", "year", "variable", "value", "unit"])


def test_a_worked_example():
    # By hand: 150 in 2002 grew by 20 % and 10 %, so 125 in 2001 and 113.636... in 2000, in prices of 2002.
    accounts = constant_price_accounts(small_panel(), **YEARS).loc["110000"]
    assert accounts["gdp_1e8yuan"].tolist() == pytest.approx([113.6363636, 125.0, 150.0])
    assert accounts["deflator"].tolist() == pytest.approx([0.88, 0.968, 1.0])
    assert accounts["gfcf_1e8yuan"].tolist() == pytest.approx([45.4545455, 45.4545455, 60.0])


def test_growth_is_that_of_the_index_and_the_price_year_is_nominal(panel):
    accounts = constant_price_accounts(panel, price_year=2010, first_year=2000, last_year=2017)
    beijing = accounts.loc["110000"]
    # China Statistical Yearbook: Beijing, GDP of 2010 14113.58, volume index of 2017 106.7.
    assert beijing.loc[2010, "gdp_1e8yuan"] == pytest.approx(14113.58)
    assert beijing.loc[2017, "gdp_1e8yuan"] / beijing.loc[2016, "gdp_1e8yuan"] == pytest.approx(1.067)
    assert np.isfinite(accounts).all(axis=None)
    assert len(accounts) == 30 * 18


def test_the_later_vintage_is_never_touched(panel):
    earlier = panel[panel["variable"] != "gdp_revised"]
    years = {"price_year": 2017, "first_year": 2000, "last_year": 2017}
    pd.testing.assert_frame_equal(
        constant_price_accounts(panel, **years), constant_price_accounts(earlier, **years)
    )


def test_gaps_are_all_named():
    gappy = small_panel().drop(index=[1, 4])
    with pytest.raises(CapshareError, match="110000, 2001, gdp: expected a positive number") as caught:
        constant_price_accounts(gappy, **YEARS)
    assert [problem.place for problem in caught.value.problems] == [
        "110000, 2001, gdp",
        "110000, 2002, gdp_index",
    ]


def test_the_price_year_lies_within_the_years():
    with pytest.raises(CapshareError, match="a year from 2000 to 2002; found 2005"):
        constant_price_accounts(small_panel(), price_year=2005, first_year=2000, last_year=2002)
