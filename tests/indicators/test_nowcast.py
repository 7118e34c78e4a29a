"""Emissions carried to a later year: the stated factors, the stated total, and nothing silent."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.nowcast import nowcast

E = pd.Series({"a": 100.0, "b": 300.0}, name="emissions_mt").rename_axis("code")
GROWTH = pd.Series({2023: 5.0, 2024: 10.0}).rename_axis("year")
CHANGE = pd.Series({2023: 0.0, 2024: -10.0}).rename_axis("year")
SECOND = pd.DataFrame({2022: {"a": 50.0, "b": 200.0}, 2023: {"a": 100.0, "b": 200.0}})


def carried(**changed):
    asked = {"emissions_mt": E, "growth_pct": GROWTH, "intensity_change_pct": CHANGE} | changed
    years = {"from_year": asked.pop("from_year", 2022), "to_year": asked.pop("to_year", 2024)}
    return nowcast(**asked, **years)


def test_every_region_follows_the_nation():
    found = carried()
    assert found.emissions_mt.to_dict() == pytest.approx({"a": 100 * 1.05 * 0.99, "b": 300 * 1.05 * 0.99})
    assert found.factors["factor"].tolist() == pytest.approx([1.05, 1.05, 0.99, 0.99])
    assert found.factors["intensity_change_pct"].tolist() == pytest.approx([0, 0, -10, -10])
    assert found.factors["rescaling"].eq(1).all()
    assert found.factors["own_change_pct"].isna().all()


def test_own_changes_are_rescaled_to_the_nation():
    """By hand: a doubles and b stays, 500 in all; 420 are the nation's: 0.84 of it. 2024 is not covered."""
    found = carried(second_inventory_mt=SECOND)
    first = found.factors.loc[2023]
    assert first["own_change_pct"].to_dict() == pytest.approx({"a": 100, "b": 0})
    assert first["rescaling"].to_dict() == pytest.approx({"a": 0.84, "b": 0.84})
    assert first["emissions_mt"].to_dict() == pytest.approx({"a": 168, "b": 252})
    assert first["intensity_change_pct"].to_dict() == pytest.approx({"a": 60, "b": -20})
    assert found.factors.loc[2024]["own_change_pct"].isna().all()
    assert found.emissions_mt.to_dict() == pytest.approx({"a": 168 * 0.99, "b": 252 * 0.99})


@pytest.mark.parametrize("second", [None, SECOND])
def test_the_table_of_factors_tells_the_whole_result(second):
    found = carried(second_inventory_mt=second)
    whole = E * found.factors["factor"].groupby(level="code").prod()
    assert found.emissions_mt.to_dict() == pytest.approx(whole.to_dict())
    by_year = found.factors["emissions_mt"].groupby(level="year").sum()
    assert by_year.to_dict() == pytest.approx({2023: 420.0, 2024: 415.8})


def test_order_of_regions_and_scale_of_the_second_inventory_do_not_matter():
    found = carried(second_inventory_mt=SECOND)
    other = carried(second_inventory_mt=7 * SECOND.loc[["b", "a"]])
    pd.testing.assert_frame_equal(found.factors, other.factors)


WRONG = [
    ({"growth_pct": GROWTH.drop(2024)}, "growth_pct: expected a value for 2024; found none"),
    ({"intensity_change_pct": CHANGE.drop(2023)}, "intensity_change_pct: expected a value for 2023"),
    ({"growth_pct": GROWTH.replace(5.0, -100.0)}, "growth_pct, 2023: expected a finite number above -100"),
    ({"from_year": 2024, "to_year": 2022}, "expected an earlier and a later year; found 2024 and 2022"),
    ({"from_year": 2022, "to_year": 2022}, "expected an earlier and a later year; found 2022 and 2022"),
    ({"emissions_mt": E.replace(100.0, float("nan"))}, r"emissions_mt\[a, emissions_mt\]: expected a finite"),
    ({"second_inventory_mt": SECOND.loc[["a"]]}, "second_inventory_mt"),
    ({"second_inventory_mt": SECOND.drop(columns=2022)}, "expected two years in a row from 2022 to 2024"),
    ({"second_inventory_mt": SECOND.replace(50.0, 0.0)}, "second_inventory_mt.*found 0"),
]


@pytest.mark.parametrize(("changed", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_cannot_be_carried_forward(changed, message):
    with pytest.raises(CapshareError, match=message):
        carried(**changed)


@pytest.mark.parametrize("provincial", ["national", "second-inventory"])
def test_china_from_2022_to_2025(provincial):
    """Growth 5.4, 5.0, 5.0 and intensity 0.0, -3.4, -5.0 %: 11 408 to 12 166 Mt either way (own figure)."""
    china = load_dataset("china-2022")
    own = china.panel_of("second_inventory") if provincial == "second-inventory" else None
    found = nowcast(
        china.table["co2_inventory_mt"],
        china.national_series("gdp_growth"),
        china.national_series("intensity_change"),
        from_year=2022,
        to_year=2025,
        second_inventory_mt=own,
    )
    assert found.emissions_mt.sum() == pytest.approx(12166, abs=0.5)
    assert len(found.factors) == 90
    assert found.factors["growth_pct"].groupby(level="year").first().tolist() == pytest.approx([5.4, 5, 5])
    change = found.emissions_mt / china.table["co2_inventory_mt"]
    if own is None:
        assert change.to_numpy() == pytest.approx(1.0664, abs=5e-5)
    else:
        relative = own[2024] / own[2022]
        assert (change / relative).to_numpy() == pytest.approx((change / relative).iloc[0])
        assert change.max() > 1.2 > 1 > change.min()
