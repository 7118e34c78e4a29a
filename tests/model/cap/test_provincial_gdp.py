from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.scenarios import load_scenario
from capshare.model.cap.provincial_gdp import PERSISTENCE, mean_growth_pct, provincial_gdp

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return pd.read_csv(DATA / "panel.csv", dtype={"code": str})


@pytest.fixture(scope="module")
def gdp_1e8yuan() -> pd.Series:
    return pd.read_csv(DATA / "provinces.csv", dtype={"code": str}).set_index("code")["gdp_1e8yuan"]


def test_growth_is_a_geometric_mean():
    panel = pd.DataFrame(
        {
            "code": ["1", "1", "2", "2"],
            "year": [2016, 2017, 2016, 2017],
            "variable": "gdp_index",
            "value": [100.0, 121.0, 106.0, 106.0],
            "unit": "previous year=100",
        }
    )
    assert mean_growth_pct(panel, first_year=2015, last_year=2017).tolist() == pytest.approx([10, 6])


def test_growth_of_the_panel(panel):
    growth = mean_growth_pct(panel, first_year=2012, last_year=2017)
    assert len(growth) == 30
    assert growth.idxmin() == "210000"  # Liaoning
    assert growth.idxmax() == "520000"  # Guizhou


def test_a_lead_in_growth_fades_as_the_persistence_says(panel):
    """Own: a lead of one five-year window, regressed on the one before it, in this panel."""
    kept = []
    for middle in (2005, 2007, 2010, 2012):
        before = mean_growth_pct(panel, first_year=middle - 5, last_year=middle)
        after = mean_growth_pct(panel, first_year=middle, last_year=middle + 5)
        kept.append(before.cov(after) / before.var())
    assert min(kept) == pytest.approx(0.27, abs=0.02)
    assert max(kept) == pytest.approx(0.53, abs=0.02)
    assert min(kept) < PERSISTENCE**5 < max(kept)


def test_provinces_add_up_to_the_national_scenario(panel, gdp_1e8yuan):
    national = load_scenario("central").gdp_ratio(2017, 2035)
    growth = mean_growth_pct(panel, first_year=2012, last_year=2017)
    gdp = provincial_gdp(gdp_1e8yuan, national, base_year=2017, growth_pct=growth)
    assert (gdp.sum() / gdp_1e8yuan.sum()).to_numpy() == pytest.approx(national.to_numpy(), rel=1e-12)
    assert gdp[2017].to_numpy() == pytest.approx(gdp_1e8yuan.to_numpy(), rel=1e-12)
    ratio = gdp[2030] / gdp[2017]
    assert ratio["520000"] > national[2030] > ratio["210000"] > 1


def test_equal_growth_without_differences(gdp_1e8yuan):
    gdp = provincial_gdp(gdp_1e8yuan, pd.Series({2017: 1.0, 2030: 1.8}), base_year=2017)
    assert (gdp[2030] / gdp[2017]).to_numpy() == pytest.approx(np.full(30, 1.8))


def test_by_hand():
    """Own: 100 and 100 grow to 231; factors 1.1 and 1.0; the lead counts for 1 + 1/2 years."""
    gdp = provincial_gdp(
        pd.Series({"1": 100.0, "2": 100.0}),
        pd.Series({2017: 1.0, 2018: 1.05, 2019: 1.155}),
        base_year=2017,
        growth_pct=pd.Series({"2": 0.0, "1": 10.0}),
        persistence=0.5,
    )
    assert gdp[2018].tolist() == pytest.approx([110, 100])
    assert gdp.loc["1", 2019] / gdp.loc["2", 2019] == pytest.approx(1.153689732987)
    assert gdp[2019].sum() == pytest.approx(231)


@settings(max_examples=30)
@given(st.floats(0, 1), st.floats(-5, 10), st.lists(st.floats(-5, 15), min_size=2, max_size=5))
def test_growth_common_to_all_changes_nothing(persistence, common, growth):
    codes = [f"{k}" for k in range(len(growth))]
    base = pd.Series(range(10, 10 + len(growth)), index=codes, dtype=float)
    national = pd.Series({2017: 1.0, 2025: 1.4})
    factors = pd.Series(growth, index=codes) / 100 + 1
    plain, shifted = (
        provincial_gdp(base, national, base_year=2017, growth_pct=g, persistence=persistence)
        for g in (100 * (factors - 1), 100 * (factors * (1 + common / 100) - 1))
    )
    assert plain.to_numpy() == pytest.approx(shifted.to_numpy(), rel=1e-9)


def test_rows_may_be_shuffled(panel, gdp_1e8yuan):
    national = pd.Series({2017: 1.0, 2030: 1.8})
    growth = mean_growth_pct(panel, first_year=2012, last_year=2017)
    there = provincial_gdp(gdp_1e8yuan, national, base_year=2017, growth_pct=growth)
    back = provincial_gdp(gdp_1e8yuan[::-1], national, base_year=2017, growth_pct=growth)
    pd.testing.assert_frame_equal(there, back.reindex(there.index))


def test_all_problems_at_once():
    with pytest.raises(CapshareError, match=r"gdp_1e8yuan\[1\].*found -1") as caught:
        provincial_gdp(
            pd.Series({"1": -1.0, "2": 1.0}),
            pd.Series({2010: 1.0, 2018: 0.0}),
            base_year=2017,
            growth_pct=pd.Series({"1": 1.0, "2": -100.0}),
            persistence=2,
        )
    text = str(caught.value)
    for part in ("ratio[2018]", "a value for 2017", "years from 2017 on", "growth_pct[2]", "0 to 1"):
        assert part in text


def test_other_provinces_are_named():
    with pytest.raises(CapshareError, match=r"growth_pct.*without \['2'\]"):
        provincial_gdp(
            pd.Series({"1": 1.0, "2": 1.0}),
            pd.Series({2017: 1.0}),
            base_year=2017,
            growth_pct=pd.Series({"1": 1.0}),
        )


def test_windows_are_checked(panel):
    with pytest.raises(CapshareError, match=r"gdp_index\[110000, 2018\].*found nan"):
        mean_growth_pct(panel, first_year=2016, last_year=2018)
    with pytest.raises(CapshareError, match="a window of years"):
        mean_growth_pct(panel, first_year=2017, last_year=2017)
