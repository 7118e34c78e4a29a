"""Cumulative emissions: which years count, and how much they are."""

from dataclasses import replace
from pathlib import Path

import pytest

from capshare.indicators.dataset.data_package import load_dataset
from capshare.reports.words.notes import note_text
from capshare.study.past_emissions import past_emissions
from capshare.study.reading import load_study

STUDY = load_study(Path(__file__).parents[2] / "studies" / "pledge-2021.toml").study


@pytest.fixture(scope="module")
def dataset():
    return load_dataset("china-2017")


def with_fuels(*fuels):
    return STUDY.model_copy(update={"emissions": STUDY.emissions.model_copy(update={"fuels": fuels})})


def test_years_that_are_complete(dataset):
    found = past_emissions(STUDY, dataset)
    assert found.years == tuple(range(2005, 2018))
    assert "2005 to 2017" in note_text(found.note, {})
    assert list(found.emissions_mt.index) == list(dataset.table.index)


def test_absent_cells_leave_their_year_out_unless_the_study_counts_them_as_none(dataset):
    strict = STUDY.model_copy(update={"prices": STUDY.prices.model_copy(update={"absent_as_zero": ()})})
    found = past_emissions(strict, dataset)
    assert found.years == (2005, 2007, 2008, 2009, 2010, 2011, 2015, 2016, 2017)
    assert "without 2006, 2012, 2013, 2014" in note_text(found.note, {})


def test_a_year_is_what_the_provinces_table_says(dataset):
    """2017: 10 128 Mt of the six fuels."""
    found = past_emissions(STUDY, dataset, since=2017)
    assert found.years == (2017,)
    assert found.emissions_mt.sum() == pytest.approx(10128, abs=1)


def test_coal_of_two_years_by_hand(dataset):
    panel = dataset.panel
    rows = panel[(panel["code"] == "110000") & (panel["variable"] == "coal_consumption")]
    tonnes = rows.set_index("year")["value"].loc[[2016, 2017]].sum() / 100
    found = past_emissions(with_fuels("coal"), dataset, since=2016)
    assert found.emissions_mt["110000"] == pytest.approx(tonnes * 1.9003)


def test_no_panel_no_past(dataset):
    assert past_emissions(STUDY, replace(dataset, panel=None)) is None
    assert past_emissions(STUDY, dataset, since=2018) is None


def test_a_study_of_the_inventory_is_followed_with_the_inventory():
    """Beijing by hand: what the inventory has for 2018 and 2019, and the total of 2022."""
    dataset = load_dataset("china-2022")
    emissions = type(STUDY.emissions)(method="column", column="co2_inventory_mt")
    about = STUDY.study.model_copy(update={"base_year": 2022})
    study = STUDY.model_copy(update={"emissions": emissions, "study": about})
    found = past_emissions(study, dataset, since=2018)
    assert found.years == (2018, 2019, 2022)
    inventory = dataset.table_of("inventory")["total_mt"]["110000"]
    by_hand = inventory[2018] + inventory[2019] + 71.5545
    assert found.emissions_mt["110000"] == pytest.approx(by_hand, abs=1e-3)
    assert len(past_emissions(study, dataset).years) == 16
    assert "3 years from 2018 to 2022" in note_text(found.note, {})
    assert past_emissions(study, dataset, since=2023) is None
