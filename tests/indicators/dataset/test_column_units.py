"""From the unit a file declares to the one a study reads."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.indicators.dataset.column_units import converted, study_column, unit_factor
from capshare.indicators.dataset.fields import Fault


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("gdp", "1e4 yuan", ("gdp_1e8yuan", "1e8 yuan", Fraction(1, 10_000))),
        ("gdp_1e8yuan", "yuan", ("gdp_1e8yuan", "1e8 yuan", Fraction(1, 100_000_000))),
        ("gdp_1e8yuan", "", ("gdp_1e8yuan", "", 1)),
        ("emissions", "kt", ("emissions_mt", "Mt CO2", Fraction(1, 1000))),
        ("emissions", "1e4 t C", ("emissions_mt", "Mt CO2", Fraction(11, 300))),
        ("emissions_mt", "Mt CO2", ("emissions_mt", "Mt CO2", 1)),
        ("coal", "t", ("coal_1e4t", "1e4 t", Fraction(1, 10_000))),
        ("population", "persons", ("population_1e4", "1e4 persons", Fraction(1, 10_000))),
        ("vehicles_1e4", "vehicles", ("vehicles_1e4", "1e4", Fraction(1, 10_000))),
        ("income_yuan", "1e4 yuan per person", ("income_yuan", "yuan per person", 10_000)),
        ("price", "元/吨", ("price_yuan_per_t", "yuan/t", 1)),
        ("area_km2", "1e4 ha", ("area_km2", "km2", 100)),
        ("patents_granted", "patents", ("patents_granted", "patents", 1)),
        ("heat", "GJ", ("heat_1e4tce", "1e4 tce", Fraction(1) / Fraction("293076"))),
    ],
)
def test_name_unit_and_factor(name, unit, expected):
    column = study_column(name, unit)
    assert (column.name, column.unit, column.factor) == expected


@pytest.mark.parametrize(
    ("name", "unit", "remedy"),
    [
        ("coal_1e4t", "tce", "it depends on the fuel"),
        ("coal_1e4t", "t C", "only in a column of emissions"),
        ("coal", "t C", "only in a column of emissions"),
        ("gdp_1e8yuan", "USD", "Correct the unit"),
        ("emissions_mt", "t CH4", "Correct the unit"),
        ("gdp", "1e4 yaun", "Did you mean 1e4 yuan?"),
    ],
)
def test_a_unit_that_cannot_be(name, unit, remedy):
    fault = study_column(name, unit)
    assert isinstance(fault, Fault)
    assert remedy in fault.remedy


def test_a_converted_figure_is_the_nearest_to_what_was_written():
    values = pd.Series([8.747, 1.1, float("nan")], index=["a", "b", "c"])
    assert converted(values, Fraction(100)).tolist()[:2] == [874.7, 110.0]
    assert converted(values, Fraction(100)).isna().tolist() == [False, False, True]


@given(st.floats(1e-6, 1e12), st.sampled_from(["t", "kt", "1e4 t", "1e8 t"]))
def test_there_and_back(value, unit):
    there, back = unit_factor(unit, "Mt"), unit_factor("Mt", unit)
    again = converted(converted(pd.Series([value]), there), back)[0]
    assert again == pytest.approx(value, rel=1e-15)
