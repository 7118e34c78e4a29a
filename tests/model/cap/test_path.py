import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.scenarios import load_scenario
from capshare.model.cap.path import (
    AbsoluteTarget,
    StartingPoint,
    absolute_cap_path,
    achieved_cut_pct,
    budget_cap_path,
    intensity_cap_path,
    starting_point_comparison,
    table_cap_path,
)

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"
FIVE_PCT = pd.Series({year: 1.05 ** (year - 2017) for year in range(2017, 2036)})
OFFICIAL = StartingPoint("official", 2017, 134.9, 46.0, "Tian & Lin 2021, Table 1, 1e8 t", "official")
TARGET = AbsoluteTarget(
    peak_year=2029, peak_mt=12000, peak_net_ghg_mt=13500, cut_pct=10, co2_share_of_cut=0.8
)


@pytest.mark.parametrize(("pledge", "cap_2030"), [(65.0, 164.9), (60.0, 188.4)])
def test_golden_12(pledge, cap_2030):
    """Own figure, golden number 12: base 134.9, r 46 % in 2017, growth 5 % a year."""
    path = intensity_cap_path(OFFICIAL, FIVE_PCT, pd.Series({2030: pledge}))
    assert path.loc[2030, "cap_mt"] == pytest.approx(cap_2030, abs=0.05)
    assert path.loc[2017, "cap_mt"] == pytest.approx(134.9)


def test_intensity_falls_by_one_percentage_between_pledges():
    path = intensity_cap_path(OFFICIAL, FIVE_PCT, pd.Series({2020: 48.4, 2030: 65.0}))
    intensity = path["cap_mt"] / FIVE_PCT
    early, late = intensity.loc[2017:2020].pct_change(), intensity.loc[2020:2030].pct_change()
    assert early.iloc[1:].std() < 1e-12
    assert late.iloc[1:].std() < 1e-12
    assert path["cut_status"].value_counts().to_dict() == {"interpolated": 11, "pledged": 2, "base": 1}
    assert path.loc[2020, "cut_pct"] == pytest.approx(48.4)


def test_intensity_writes_its_inputs():
    path = intensity_cap_path(OFFICIAL, FIVE_PCT * 7, pd.Series({2030: 65.0}))
    assert path.loc[2017, "gdp_ratio"] == 1
    row = path.loc[2030, ["base_mt", "base_cut_pct", "base_year", "reference_year", "cut_source"]]
    assert row.tolist() == [134.9, 46.0, 2017, 2005, "official"]
    assert (path["inventory"] == OFFICIAL.inventory).all()


@given(st.floats(-5, 9), st.floats(46, 90))
def test_a_stronger_pledge_never_gives_more(growth, pledge):
    gdp = pd.Series({year: (1 + growth / 100) ** (year - 2017) for year in range(2017, 2031)})
    weaker, stronger = (intensity_cap_path(OFFICIAL, gdp, pd.Series({2030: r})) for r in (pledge, pledge + 5))
    assert (stronger["cap_mt"] <= weaker["cap_mt"] * (1 + 1e-12)).all()


def test_intensity_names_all_problems():
    gdp = FIVE_PCT.drop(2025)
    gdp[2022] = -1
    start = StartingPoint("mine", 2017, -5.0, 46.0, "x", "y")
    with pytest.raises(CapshareError, match="at least the 46 % of 2017; found 45") as caught:
        intensity_cap_path(start, gdp, pd.Series({2020: 45.0, 2016: 42.0, 2030: 101.0}))
    text = str(caught.value)
    for part in ("base_mt", "[2016]", "[2030]", "a value for 2025", "gdp_ratio[2022]", "start mine"):
        assert part in text
    assert len(caught.value.problems) == 6


def test_the_revised_cut_of_2018_is_not_a_step_after_that_of_2017():
    """National.csv: 46 % in 2017, 45.8 % in 2018 on another statistical basis."""
    with pytest.raises(CapshareError, match="one statistical basis"):
        intensity_cap_path(OFFICIAL, FIVE_PCT, pd.Series({2018: 45.8, 2030: 65.0}))


def test_a_cut_of_everything_is_no_start():
    start = StartingPoint("gone", 2017, 1.0, 100.0, "x", "y")
    with pytest.raises(CapshareError, match="base_cut_pct: expected a finite cut below 100 %"):
        intensity_cap_path(start, FIVE_PCT, pd.Series({2030: 100.0}))


def test_no_pledge_no_path():
    with pytest.raises(CapshareError, match="at least one pledge"):
        intensity_cap_path(OFFICIAL, FIVE_PCT, pd.Series(dtype=float))


def test_the_inventorys_own_cut_is_far_from_the_official():
    """Own: fuels without double counting, 5824 Mt in 2005 and 10128 Mt in 2017; official 46 %."""
    national = pd.read_csv(DATA / "national.csv")
    gdp = national[national["variable"] == "gdp_real_index_2005"].set_index("year")["value"]
    cut = achieved_cut_pct(pd.Series({2005: 5824.0, 2017: 10128.0}), gdp)
    assert cut.tolist() == pytest.approx([0, 39.1], abs=0.05)


def test_achieved_cut_needs_its_reference_year():
    with pytest.raises(CapshareError, match="a value for 2005") as caught:
        achieved_cut_pct(pd.Series({2017: 1.0, 2018: 0.0}), pd.Series({2017: 1.0}))
    assert len(caught.value.problems) == 3


def test_the_starting_point_moves_the_cap():
    gdp = load_scenario("central").gdp_ratio(2017, 2030)
    starts = [
        StartingPoint("official cut", 2017, 10128, 46.0, "fuels", "official"),
        StartingPoint("own cut", 2017, 10128, 39.1, "fuels", "the inventory's own"),
        StartingPoint("published column", 2017, 13490, 46.0, "Tian & Lin 2021", "official"),
        StartingPoint("revised cut", 2018, 10300, 45.8, "assumed", "official, revised"),
    ]
    table = starting_point_comparison(starts, gdp, pd.Series({2020: 48.4, 2030: 65.0}))
    in_2030 = table.xs(2030, level="year")
    # (1 - 0.46) / (1 - 0.391) = 0.8867, by hand
    assert in_2030.loc["own cut", "difference_pct"] == pytest.approx(-11.33, abs=0.005)
    assert in_2030.loc["published column", "difference_pct"] == pytest.approx(33.195, abs=0.005)
    assert in_2030.loc["official cut", "difference_mt"] == 0
    assert in_2030.loc["revised cut", "difference_pct"] == pytest.approx(-5.0, abs=0.05)
    assert set(table.index.get_level_values("year")) == set(range(2018, 2031))
    assert in_2030.loc["revised cut", "cut_source"] == "official, revised"


def test_comparison_collects_the_problems_of_every_path():
    starts = [OFFICIAL, StartingPoint("a", 2017, 0, 46, "", ""), StartingPoint("b", 2017, 1, 70, "", "")]
    with pytest.raises(CapshareError, match="start a, base_mt") as caught:
        starting_point_comparison(starts, FIVE_PCT, pd.Series({2030: 65.0}))
    assert "start b, pledged_cut_pct[2030]" in str(caught.value)
    with pytest.raises(CapshareError, match="starts of different names; found official, official"):
        starting_point_comparison([OFFICIAL, OFFICIAL], FIVE_PCT, pd.Series({2030: 65.0}))


def test_absolute_by_hand():
    """Own: 12000 - 0.8 x 10 % x 13500 = 10920 in 2035; 180 Mt a year down; 156 Mt a year up from 10128."""
    path = absolute_cap_path(TARGET, base_year=2017, base_mt=10128)
    assert path.loc[[2017, 2018, 2029, 2030, 2035], "cap_mt"].tolist() == pytest.approx(
        [10128, 10284, 12000, 11820, 10920]
    )
    assert path.loc[[2017, 2018, 2029, 2034, 2035], "phase"].tolist() == [
        "base",
        "before peak",
        "peak",
        "after peak",
        "target",
    ]
    assert path.loc[2020, ["cut_pct", "co2_share_of_cut", "before_peak"]].tolist() == [10, 0.8, "linear"]


def test_absolute_with_a_geometric_rise():
    target = AbsoluteTarget(2019, 121, 130, 7, 1.0, 2021, "geometric")
    path = absolute_cap_path(target, base_year=2017, base_mt=100)
    assert path["cap_mt"].tolist() == pytest.approx([100, 110, 121, 116.45, 111.9])


def test_the_base_year_may_be_the_peak():
    target = AbsoluteTarget(2017, 100, 100, 10, 1.0, 2019)
    path = absolute_cap_path(target, base_year=2017, base_mt=100)
    assert path["cap_mt"].tolist() == pytest.approx([100, 95, 90])
    assert path["phase"].tolist() == ["peak", "after peak", "target"]


def test_a_peak_in_the_base_year_has_nothing_before_it(recwarn):
    """Own: no rise to shape, so both shapes fall from 100 by 5 a year to 100 - 10 % of 100."""
    target = AbsoluteTarget(2017, 100, 100, 10, 1.0, 2019, "geometric")
    path = absolute_cap_path(target, base_year=2017, base_mt=100)
    assert path["cap_mt"].tolist() == pytest.approx([100, 95, 90])
    assert not recwarn.list


@pytest.mark.parametrize("peak_mt", [9000.0, 12000.0])
def test_a_peak_in_the_base_year_is_its_emissions(peak_mt):
    """One problem: that a later peak would have to be higher is beside the point."""
    target = AbsoluteTarget(2017, peak_mt, 13500, 10, 0.8)
    with pytest.raises(CapshareError, match=f"the 10128 Mt of the base year; found {peak_mt:g}") as caught:
        absolute_cap_path(target, base_year=2017, base_mt=10128)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"peak_year": 2035}, "a peak before the target year 2035; found 2035"),
        ({"peak_year": 2016}, "a peak in the base year 2017 or later; found 2016"),
        ({"peak_mt": 9000}, "at least the 10128 Mt of 2017; found 9000"),
        ({"cut_pct": -1}, "cut_pct: expected a positive, finite number; found -1"),
        ({"co2_share_of_cut": 12}, "a cap above 0"),
        ({"before_peak": "flat"}, "linear or geometric; found 'flat'"),
        ({"peak_year": 2017}, "expected the 10128 Mt of the base year; found 12000"),
    ],
)
def test_absolute_refuses_contradictions(change, message):
    inputs = {**TARGET.__dict__, **change}
    with pytest.raises(CapshareError, match=message):
        absolute_cap_path(AbsoluteTarget(**inputs), base_year=2017, base_mt=10128)


def test_absolute_names_all_problems():
    with pytest.raises(CapshareError, match="peak_year") as caught:
        absolute_cap_path(AbsoluteTarget(2040, -1, 0, 0, 0), base_year=2017, base_mt=-1)
    assert len(caught.value.problems) == 6


def test_table():
    path = table_cap_path(pd.Series({2030: 2.0, 2017: 1.0, 2020: 5.0}), [2017, 2030])
    assert path["cap_mt"].to_dict() == {2017: 1, 2030: 2}
    with pytest.raises(CapshareError, match="a value for 2025") as caught:
        table_cap_path(pd.Series({2017: 0.0}), [2017, 2025])
    assert len(caught.value.problems) == 2


def test_budget_by_hand():
    """Own: 60 over three years from 30: steps of 10; 70 from 40 halves each year."""
    linear = budget_cap_path(60, first_year=2021, last_year=2023, shape="linear", first_mt=30)
    assert linear["cap_mt"].tolist() == pytest.approx([30, 20, 10])
    halved = budget_cap_path(70, first_year=2021, last_year=2023, shape="exponential", first_mt=40)
    assert halved["cap_mt"].tolist() == pytest.approx([40, 20, 10])
    assert halved["remaining_mt"].tolist() == pytest.approx([30, 10, 0])
    constant = budget_cap_path(60, first_year=2021, last_year=2023, shape="constant")
    assert constant["cap_mt"].tolist() == [20, 20, 20]


@given(
    st.floats(1, 1e6),
    st.integers(1, 40),
    st.sampled_from(["constant", "linear", "exponential"]),
    st.floats(0, 1),
)
def test_a_budget_adds_up_exactly_and_never_rises(budget, n, shape, steepness):
    first = None
    if shape != "constant":
        first = budget / n * (1 if n == 1 else 1 + 0.95 * steepness * (1 if shape == "linear" else 0.5))
    path = budget_cap_path(budget, first_year=2021, last_year=2020 + n, shape=shape, first_mt=first)
    assert math.fsum(path["cap_mt"]) == pytest.approx(budget, rel=1e-15)
    assert (path["cap_mt"].diff().dropna() <= 1e-9 * budget).all()
    assert path["cap_mt"].min() >= 0


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"budget_mt": -5.0, "shape": "constant"}, "budget_mt: expected a positive, finite number; found -5"),
        ({"shape": "constant", "first_mt": 3.0}, "none for a constant cap; found 3"),
        ({"shape": "linear"}, "the first year's Mt; found none"),
        ({"shape": "convex"}, "one of constant, linear, exponential; found 'convex'"),
        ({"shape": "linear", "first_mt": 10.0}, "can use 15 to 30 Mt of the budget's 60"),
        ({"shape": "linear", "first_mt": 50.0}, "can use 75 to 150 Mt"),
        ({"shape": "exponential", "first_mt": 60.0}, "can use 60 to 180 Mt"),
        ({"last_year": 2020, "shape": "constant"}, "the first year or a later one; found an earlier year"),
    ],
)
def test_budget_refuses_what_cannot_be(inputs, message):
    given_ = {"budget_mt": 60.0, "first_year": 2021, "last_year": 2023, **inputs}
    with pytest.raises(CapshareError, match=message):
        budget_cap_path(**given_)
