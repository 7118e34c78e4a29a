import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.cap.baseline import constant_baseline, growth_baseline, table_baseline

EMISSIONS = pd.Series({"110000": 100.0, "120000": 50.0}, name="emissions_mt")
GDP = pd.DataFrame({2017: [10.0, 20.0], 2019: [12.1, 20.0]}, index=["110000", "120000"])


def test_constant():
    baseline = constant_baseline(EMISSIONS, [2017, 2030])
    assert baseline[2030].tolist() == [100, 50]
    assert (baseline.index.name, baseline.columns.name) == ("code", "year")


def test_growth_by_hand():
    """Own: 100 Mt, GDP up by 21 %, intensity down by 10 % twice: 98.01; no growth: 40.5."""
    baseline = growth_baseline(EMISSIONS, GDP, base_year=2017, autonomous_change=0.1)
    assert baseline[2017].tolist() == [100, 50]
    assert baseline[2019].tolist() == pytest.approx([98.01, 40.5])


def test_without_autonomous_change_emissions_follow_gdp():
    baseline = growth_baseline(EMISSIONS, GDP.iloc[::-1], base_year=2017, autonomous_change=0)
    assert baseline[2019].to_dict() == pytest.approx({"110000": 121, "120000": 50})


@given(st.floats(-0.05, 0.2), st.floats(0.001, 1000))
def test_unit_of_gdp_does_not_matter(change, scale):
    one = growth_baseline(EMISSIONS, GDP, base_year=2017, autonomous_change=change)
    other = growth_baseline(EMISSIONS, GDP * scale, base_year=2017, autonomous_change=change)
    assert one.to_numpy() == pytest.approx(other.to_numpy())


def test_table_is_passed_on_in_the_order_of_the_provinces():
    table = pd.DataFrame({2030: [60.0, 90.0], 2017: [50.0, 100.0]}, index=["120000", "110000"])
    baseline = table_baseline(table, EMISSIONS, [2017, 2030], base_year=2017)
    assert baseline.to_dict("list") == {2017: [100, 50], 2030: [90, 60]}


def test_growth_names_all_problems():
    gdp = pd.DataFrame({2018: [0.0, 1.0]}, index=EMISSIONS.index)
    with pytest.raises(CapshareError, match="a value for 2017; found none") as caught:
        growth_baseline(EMISSIONS * -1, gdp, base_year=2017, autonomous_change=1)
    text = str(caught.value)
    for part in ("mt[110000]", "mt[120000]", "gdp_1e8yuan[110000, 2018]", "share below 1"):
        assert part in text


def test_provinces_must_agree():
    with pytest.raises(CapshareError, match=r"gdp_1e8yuan.*without \['120000'\]"):
        growth_baseline(EMISSIONS, GDP.iloc[:1], base_year=2017, autonomous_change=0)


def test_table_names_missing_years_and_cells():
    table = pd.DataFrame({2030: [float("nan"), -1.0]}, index=EMISSIONS.index)
    with pytest.raises(CapshareError, match="a value for 2025") as caught:
        table_baseline(table, EMISSIONS, [2025, 2030], base_year=2017)
    assert len(caught.value.problems) == 3


def test_table_of_another_inventory_is_refused():
    table = pd.DataFrame({2017: [100.0, 51.0], 2030: [1.0, 1.0]}, index=EMISSIONS.index)
    with pytest.raises(CapshareError, match=r"\[120000, 2017\]: expected the study's 50 Mt; found 51"):
        table_baseline(table, EMISSIONS, [2030], base_year=2017)


def test_constant_names_a_year_given_twice():
    with pytest.raises(CapshareError, match="2017 more than once"):
        constant_baseline(EMISSIONS, [2017, 2017])
