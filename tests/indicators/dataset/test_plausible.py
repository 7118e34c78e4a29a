"""Implausible figures, and the unit that would explain them."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.plausible import slip_notes, slips
from capshare.reports.words.notes import note_texts

# World Bank, World Development Indicators, 2019, rounded: persons, GDP in yuan at 6.9 per dollar, t CO2.
COUNTRIES = {
    "Burundi": (1.15e7, 1.8e10, 7e5),
    "India": (1.38e9, 1.96e13, 2.5e9),
    "Qatar": (2.8e6, 1.2e12, 9.3e7),
    "Luxembourg": (6.2e5, 4.8e11, 9.2e6),
}
UNITS = {"population_1e4": "1e4 persons", "gdp_1e8yuan": "1e8 yuan", "emissions_mt": "Mt CO2"}


@pytest.fixture
def world():
    rows = {name: (p / 1e4, y / 1e8, e / 1e6) for name, (p, y, e) in COUNTRIES.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(UNITS)).rename_axis("code")


def test_real_regions_are_plausible(world):
    assert slips(world, UNITS) == []
    china = load_dataset("china-2017")
    assert slips(china.table, {}) == []


@pytest.mark.parametrize(
    ("column", "factor", "declared", "likely"),
    [
        ("gdp_1e8yuan", 1e-4, "1e4 yuan", "1e8 yuan"),
        ("gdp_1e8yuan", 1e8, "1e8 yuan", "yuan"),
        ("gdp_1e8yuan", 1e4, "1e8 yuan", "1e4 yuan"),
        ("population_1e4", 1e4, "1e4 persons", "persons"),
        ("population_1e4", 1e-4, "persons", "1e4 persons"),
        ("emissions_mt", 1e6, "Mt CO2", "t CO2"),
        ("emissions_mt", 1e-6, "t CO2", "Mt CO2"),
    ],
)
def test_a_slip_names_the_column_and_the_likely_unit(world, column, factor, declared, likely):
    (slip,) = slips(world.assign(**{column: world[column] * factor}), UNITS | {column: declared})
    assert (slip.column, slip.declared, slip.likely) == (column, declared, likely)
    assert slip.codes == tuple(world.index)


def test_one_region_alone(world):
    world.loc["India", "gdp_1e8yuan"] *= 1e4
    (slip,) = slips(world, UNITS)
    assert (slip.codes, slip.column, slip.likely) == (("India",), "gdp_1e8yuan", "1e4 yuan")
    assert slip.ratio.name == "GDP per head"


def test_the_note_says_what_it_saw(world):
    spoilt = world.assign(gdp_1e8yuan=world["gdp_1e8yuan"] * 1e4)
    sentence = (
        r"GDP per head is .* yuan in 4 of 4 regions .* 500 to 5e\+06 would be plausible\. .*in 1e4 yuan"
    )
    (note,) = slip_notes(spoilt, UNITS)
    assert (note.severity, note.provinces) == ("stop", tuple(world.index))
    assert re.search(sentence, *note_texts([note], {}))


def test_what_no_unit_explains_is_said_as_well(world):
    world.loc["India", "gdp_1e8yuan"] *= 1e30
    (slip,) = slips(world, UNITS)
    assert (slip.column, slip.likely) == (None, None)


def test_zeros_blanks_and_absent_columns_are_no_slips(world):
    world.loc["India", "gdp_1e8yuan"] = 0.0
    world.loc["Qatar", "emissions_mt"] = float("nan")
    assert slips(world, UNITS) == []
    assert slips(world[["gdp_1e8yuan"]], UNITS) == []
    assert slips(world[[]], UNITS) == []


@pytest.mark.slow
@given(st.lists(st.floats(0, 1e300), min_size=3, max_size=3))
@settings(max_examples=30, deadline=None)
def test_any_figures_end_in_a_list(row):
    table = pd.DataFrame([row], index=["a"], columns=list(UNITS))
    assert len(slips(table, UNITS)) <= 1
