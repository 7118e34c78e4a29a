import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.catalogue import shipped_datasets
from capshare.indicators.dataset.scenarios import gdp_ratio, load_scenario, shipped_scenarios

DATA = Path(__file__).parents[3] / "indicators" / "data"
HEADER = "year,gdp_growth_pct,status,source\n"


@pytest.fixture
def write(tmp_path):
    def written(text: str) -> Path:
        path = tmp_path / "mine.csv"
        path.write_text(HEADER + text, encoding="utf-8")
        return path

    return written


def test_several_scenarios_ship_and_are_no_datasets():
    assert shipped_scenarios() == (
        "central", "high", "low", "plan-15", "plan-15-high", "plan-15-low", "slowing",
    )  # fmt: skip
    assert "scenarios" not in shipped_datasets()


@pytest.mark.parametrize("name", shipped_scenarios())
def test_observed_growth_is_that_of_the_national_table(name):
    growth = load_scenario(name).growth
    dataset, last = ("china-2022", 2025) if name.startswith("plan-15") else ("china-2017", 2020)
    national = pd.read_csv(DATA / dataset / "national.csv")
    official = national[national["variable"] == "gdp_real_growth"].set_index("year")["value"]
    observed = growth[growth["status"] == "observed"]
    assert list(growth.index) == list(range(2018, 2036))
    assert list(observed.index) == list(range(2018, last + 1))
    assert (observed["gdp_growth_pct"] == official.reindex(observed.index)).all()
    assert (growth.loc[last + 1 :, "status"] == "assumption").all()
    assert (growth["source"].str.len() > 20).all()


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_scenario_is_described(name):
    scenario = load_scenario(name)
    assert scenario.title
    assert scenario.description
    described = json.loads((DATA / "scenarios" / "scenarios.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in described["resources"]} == {p.name for p in (DATA / "scenarios").glob("*.csv")}


@pytest.mark.parametrize("name", ["central", "slowing"])
def test_the_doubling_scenarios_double_gdp_from_2020_to_2035(name):
    assert load_scenario(name).gdp_ratio(2020, 2035)[2035] == pytest.approx(2, abs=0.001)


def test_levels_are_in_the_order_of_the_names():
    in_2035 = {name: load_scenario(name).gdp_ratio(2017, 2035)[2035] for name in shipped_scenarios()}
    assert in_2035["low"] < in_2035["central"] < in_2035["high"]
    assert in_2035["plan-15-low"] < in_2035["plan-15"] < in_2035["plan-15-high"]
    # The index of national.csv (2005 = 100, printed to two digits) gives the ratio of 2020 to 2017.
    for name in shipped_scenarios():
        assert load_scenario(name).gdp_ratio(2017, 2020)[2020] == pytest.approx(330.28 / 285.73, rel=1e-4)


def test_gdp_ratio_starts_at_one_and_compounds():
    ratio = gdp_ratio(pd.Series({2018: 10.0, 2019: 50.0}), 2017, 2019)
    assert ratio.tolist() == pytest.approx([1, 1.1, 1.65])
    assert ratio.index.name == "year"
    assert gdp_ratio(pd.Series(dtype=float), 2017, 2017).tolist() == [1.0]


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=12), st.data())
def test_changing_the_base_year_rescales_gdp(growth, data):
    series = pd.Series(growth, index=range(2018, 2018 + len(growth)))
    last = int(series.index[-1])
    later = data.draw(st.integers(2017, last))
    whole, part = gdp_ratio(series, 2017, last), gdp_ratio(series, later, last)
    assert (whole[last] / whole[later]) == pytest.approx(part[last])


def test_all_problems_of_a_series_at_once():
    with pytest.raises(CapshareError, match=r"expected a value for 2019; found none") as caught:
        gdp_ratio(pd.Series({2018: -100.0, 2020: float("nan")}), 2017, 2021)
    assert len(caught.value.problems) == 4
    with pytest.raises(CapshareError, match=r"last_year: expected 2030 or later; found 2020"):
        gdp_ratio(pd.Series({2018: 1.0}), 2030, 2020)


def test_a_scenario_names_itself_when_asked_beyond_its_years():
    with pytest.raises(CapshareError, match=r"scenario central, gdp_growth_pct: expected a value for 2036"):
        load_scenario("central").gdp_ratio(2017, 2036)


def test_a_file_is_a_scenario(write):
    scenario = load_scenario(write("2019,6,observed,NBS\n2018,6.7,observed,NBS\n"))
    assert scenario.name == "mine"
    assert scenario.growth.index.tolist() == [2018, 2019]


def test_a_file_that_misses_a_year_is_refused(write):
    with pytest.raises(CapshareError, match=r"mine\.csv, column year: expected a value for 2019; found none"):
        load_scenario(write("2018,6.7,observed,NBS\n2020,2.2,observed,NBS\n"))


def test_every_wrong_cell_of_a_file_is_named(write):
    with pytest.raises(CapshareError, match=r"row 2, column status: expected one of") as caught:
        load_scenario(write("2018,6.7,guess,NBS\n2019,six,observed,\n"))
    places = {problem.place for problem in caught.value.problems}
    assert places == {"row 2, column status", "row 3, column gdp_growth_pct", "row 3, column source"}


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(CapshareError, match=r"'centrl'.*Did you mean central"):
        load_scenario("centrl")
