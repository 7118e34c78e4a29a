from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.outcome.intensity_targets import (
    EarlierPlan,
    ReferenceIntensity,
    annual_cut_pct,
    beside_earlier_plan,
    implied_intensity,
)

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"
CODES = ["110000", "120000"]


def series(*values: float) -> pd.Series:
    return pd.Series(values, index=CODES, dtype=float)


def plan(target: pd.Series) -> EarlierPlan:
    return EarlierPlan("13fyp", 5, target)


def test_intensity_by_hand():
    """Own: 100 Mt on 1e12 yuan is 1 t per 1e4 yuan; 80 Mt on twice as much 0.4."""
    table = implied_intensity(
        series(80, 60),
        series(20000, 5000)[::-1],
        series(100, 50),
        series(10000, 5000),
        reference=ReferenceIntensity(2005, pd.Series({"110000": 1.6})),
    )
    assert table["base_intensity_t_per_1e4yuan"].tolist() == pytest.approx([1, 1])
    assert table["intensity_t_per_1e4yuan"].tolist() == pytest.approx([0.4, 1.2])
    assert table["cut_vs_base_pct"].tolist() == pytest.approx([60, -20])
    assert table.loc["110000", "cut_vs_2005_pct"] == pytest.approx(75)
    assert pd.isna(table.loc["120000", "cut_vs_2005_pct"])


def test_no_column_of_2005_where_nothing_is_known():
    table = implied_intensity(series(1, 1), series(1, 1), series(1, 1), series(1, 1))
    assert "cut_vs_2005_pct" not in table


def test_the_unit_is_that_of_the_yearbooks():
    """Tian & Lin 2021, Table 1, and GDP of 2017: between 1 and 2 t per 1e4 yuan, 0.3 in Beijing."""
    provinces = pd.read_csv(DATA / "provinces.csv", dtype={"code": str}).set_index("code")
    table1 = pd.read_csv(DATA / "table1.csv", dtype={"code": str}).set_index("code")
    emissions, gdp = table1["emissions_1e8t"] * 100, provinces["gdp_1e8yuan"]
    table = implied_intensity(table1["allocation_1e8t"] * 100, gdp, emissions, gdp)
    assert table["base_intensity_t_per_1e4yuan"].idxmin() == "110000"
    assert table["base_intensity_t_per_1e4yuan"].min() == pytest.approx(0.287, abs=5e-4)
    assert 1 < (table["base_intensity_t_per_1e4yuan"] * gdp).sum() / gdp.sum() < 2
    assert (table["cut_vs_base_pct"] > 0).sum() == 16  # the study's deficits


def test_a_yearly_rate_compounds():
    assert annual_cut_pct(pd.Series({"a": 19.0, "b": 100.0}), 2).tolist() == pytest.approx([10, 100])
    # 18 % over five years, the national target of the 13th plan
    assert annual_cut_pct(pd.Series({"a": 18.0}), 5)["a"] == pytest.approx(3.891, abs=5e-4)


@given(st.floats(-50, 99), st.integers(1, 30))
def test_a_yearly_rate_gives_back_the_cut(cut, years):
    yearly = annual_cut_pct(pd.Series({"a": cut}), years)["a"]
    left = 100.0
    for _ in range(years):
        left -= left * yearly / 100
    assert 100 - left == pytest.approx(cut, abs=1e-8)


def test_against_the_plan_at_the_same_length_of_time():
    """Own: 19 % over ten years asked for 10 % in five; 10 % over ten asks less."""
    table = beside_earlier_plan(series(30, 15), plan(series(10, 10)[::-1]), base_year=2020, year=2030)
    assert table["asked_pct"].tolist() == pytest.approx([19, 19])
    assert table["beyond_target_points"].tolist() == pytest.approx([11, -4])
    assert table["more_than_asked"].tolist() == [True, False]
    assert table["target_13fyp_pct"].tolist() == [10, 10]


def test_a_plan_of_five_years_is_asked_as_it_stands():
    table = beside_earlier_plan(series(20, 20), plan(series(20.5, 12)), base_year=2015, year=2020)
    assert table["asked_pct"].tolist() == pytest.approx([20.5, 12])
    assert (table["annual_cut_pct"] > table["target_annual_pct"]).tolist() == [False, True]


def test_every_province_has_a_target():
    provinces = pd.read_csv(DATA / "provinces.csv", dtype={"code": str}).set_index("code")
    target = provinces["ci_reduction_target_13fyp_pct"]
    table = beside_earlier_plan(target, plan(target), base_year=2017, year=2022)
    assert table["beyond_target_points"].abs().max() == pytest.approx(0, abs=1e-12)


def test_a_cut_within_one_year_has_no_rate():
    with pytest.raises(CapshareError, match="Compare a year after the base year"):
        beside_earlier_plan(series(1, 1), plan(series(18, 18)), base_year=2017, year=2017)


def test_all_problems_at_once():
    with pytest.raises(CapshareError, match=r"quota_mt\[110000\]") as caught:
        implied_intensity(
            series(-1, 1),
            series(0, 1),
            series(1, 1),
            series(1, float("nan")),
            reference=ReferenceIntensity(2005, pd.Series({"990000": 1.0})),
        )
    assert len(caught.value.problems) == 4
    with pytest.raises(CapshareError, match=r"cut_pct\[a\]: expected at most 100 %; found 101"):
        annual_cut_pct(pd.Series({"a": 101.0}), 5)


def test_provinces_must_agree():
    with pytest.raises(CapshareError, match=r"gdp_1e8yuan.*without \['120000'\]"):
        implied_intensity(series(1, 1), series(1, 1)[:1], series(1, 1), series(1, 1))
    with pytest.raises(CapshareError, match=r"plan_target_pct\[120000, .*found nan"):
        beside_earlier_plan(series(1, 1), plan(series(18, float("nan"))), base_year=2017, year=2020)
