import numpy as np
import pandas as pd

from capshare.base.years import number_problems, positive_problems, year_problems


def test_missing_and_repeated_years_are_named():
    problems = year_problems("f", "gdp", pd.Index([2017, 2019, 2019]), range(2017, 2021))
    assert [str(p).split(".")[0] for p in problems] == [
        "f, gdp: expected a value for 2018; found none",
        "f, gdp: expected a value for 2020; found none",
        "f, gdp: expected each year once; found 2019 more than once",
    ]


def test_every_value_that_is_not_positive_is_named():
    frame = pd.DataFrame({2017: [1.0, -1.0], 2018: [np.nan, np.inf]}, index=["110000", "120000"])
    places = [problem.place for problem in positive_problems("f", "gdp", frame)]
    assert places == ["gdp[120000, 2017]", "gdp[110000, 2018]", "gdp[120000, 2018]"]
    (problem,) = positive_problems("f", "cap", pd.Series({2017: 0.0, 2018: 2.0}))
    assert problem.place == "cap[2017]"


def test_a_number_must_be_positive_and_finite():
    assert number_problems("f", "x", 1e-12) == []
    assert len(number_problems("f", "x", np.nan)) == 1
