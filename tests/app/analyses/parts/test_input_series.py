"""What a run keeps of the series that its years follow."""

import pytest


@pytest.mark.slow
def test_a_plan_keeps_growth_rates_and_where_they_stand(split):
    kept = split("china-15fyp").inputs.national
    growth = kept.loc["growth"]
    assert list(growth.index) == [2026, 2027, 2028, 2029, 2030]
    assert set(growth["table"]) == {"scenario"}
    assert set(growth["variable"]) == {"gdp_growth_pct"}
    # National Bureau of Statistics: growth of 2023 after the final revision; intensity did not change.
    assert kept.loc[("nowcast_growth", 2023), "value"] == 5.4
    assert kept.loc[("nowcast_change", 2023), "value"] == 0.0
    past = split("china-15fyp").inputs.provincial
    assert past is None or "past_growth" not in past.index.get_level_values("purpose")


@pytest.mark.slow
def test_a_pledge_keeps_the_official_cut_and_past_growth_of_the_provinces(split):
    inputs = split("pledge-2021").inputs
    # Announced for 2017: 46 % below 2005.
    assert inputs.national.loc[("official_cut", 2017), "value"] == 46.0
    past = inputs.provincial.loc["past_growth"]["value"].unstack("series_year")
    assert list(past.columns) == [2013, 2014, 2015, 2016, 2017]
    assert past.shape == (30, 5)
    assert past.min().min() == pytest.approx(97.5)


def test_a_study_without_growth_or_an_anchor_keeps_none(split):
    assert split("eu-2030").inputs.national is None


@pytest.mark.slow
def test_the_column_that_emissions_are_made_of_is_kept(split):
    assert "co2_inventory_mt" in split("china-15fyp").inputs.table
    of_table = split("tian-lin-2021-given").inputs.table
    assert of_table["emissions_mt"].tolist() == pytest.approx(
        (100 * of_table["table1.emissions_1e8t"]).tolist()
    )
