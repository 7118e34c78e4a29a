"""Emissions from a published column and from fuels, against the totals the data came with."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.emissions import (
    FUEL_FACTORS,
    SINGLE_COUNT_FUELS,
    balance_from_column,
    counted_twice,
    emissions_from_column,
    emissions_from_fuels,
)
from capshare.reports.words.notes import note_texts

DATA = Path(__file__).parents[2] / "indicators" / "data" / "china-2017"
PROVINCES = pd.read_csv(DATA / "provinces.csv", dtype={"code": "str"}, index_col="code")
TABLE1 = pd.read_csv(DATA / "table1.csv", dtype={"code": "str"}, index_col="code")
PLANNING = {fuel: FUEL_FACTORS[fuel] for fuel in SINGLE_COUNT_FUELS}


def test_published_column_adds_up():
    """Tian & Lin 2021, Table 1: emissions add up to 134.900e8 t (golden number 13)."""
    emissions = emissions_from_column(TABLE1, "emissions_1e8t")
    assert emissions.sum() == pytest.approx(13490.0, abs=0.01)
    assert emissions["370000"] == pytest.approx(1446.5)
    assert emissions.name == "emissions_mt"


def test_seven_fuels_of_the_study():
    """All fuels but gas: 125.0e8 t, as documented with the data; the list counts carbon twice."""
    factors = {fuel: factor for fuel, factor in FUEL_FACTORS.items() if fuel != "natural_gas"}
    emissions = emissions_from_fuels(PROVINCES, factors)
    assert emissions.sum() / 100 == pytest.approx(125.0, abs=0.05)
    assert note_texts(counted_twice(factors), {}) == (
        "coal and coke count carbon twice",
        "crude oil and gasoline, kerosene, diesel, fuel oil count carbon twice",
    )


def test_the_study_counts_more_than_fuels_everywhere():
    """The difference to Table 1 is 0.04 to 0.70e8 t in all 30 provinces, as documented with the data."""
    factors = {fuel: factor for fuel, factor in FUEL_FACTORS.items() if fuel != "natural_gas"}
    rest = (emissions_from_column(TABLE1, "emissions_1e8t") - emissions_from_fuels(PROVINCES, factors)) / 100
    assert rest.min() == pytest.approx(0.04, abs=0.005)
    assert rest.max() == pytest.approx(0.70, abs=0.005)
    assert rest.idxmax() == "430000"


def test_fuels_without_double_counting():
    """Coal, gasoline, kerosene, diesel, fuel oil and gas: 10 128 Mt in 2017 (design, section 5)."""
    assert emissions_from_fuels(PROVINCES, PLANNING).sum() == pytest.approx(10128, abs=0.5)


def test_unit_algebra():
    """100e4 t at 2 t/t are 2 Mt; 1e8 m3 at 2 kg/m3 are 0.2 Mt."""
    quantities = pd.DataFrame({"coal_1e4t": [100.0], "natural_gas_1e8m3": [1.0]}, index=["110000"])
    assert emissions_from_fuels(quantities, {"coal": 2.0}).tolist() == pytest.approx([2.0])
    assert emissions_from_fuels(quantities, {"natural_gas": 2.0}).tolist() == pytest.approx([0.2])


@pytest.mark.slow
@given(st.floats(0.01, 100), st.randoms(use_true_random=False))
def test_scale_and_order(scale, random):
    order = random.sample(list(PROVINCES.index), len(PROVINCES))
    base = emissions_from_fuels(PROVINCES, PLANNING)
    scaled = emissions_from_fuels(PROVINCES.loc[order] * scale, PLANNING)
    pd.testing.assert_series_equal(scaled.sort_index(), base * scale)


def test_fuels_listed_otherwise_are_the_same_to_the_bit():
    turned = dict(reversed(PLANNING.items()))
    expected = emissions_from_fuels(PROVINCES, PLANNING).tolist()
    assert emissions_from_fuels(PROVINCES, turned).tolist() == expected


def test_panel_index_is_kept():
    index = pd.MultiIndex.from_tuples([("110000", 2016), ("110000", 2017)], names=["code", "year"])
    quantities = pd.DataFrame({"coal_1e4t": [1.0, 2.0]}, index=index)
    assert emissions_from_fuels(quantities, {"coal": 1.9003}).index.equals(index)


def test_fuels_that_cannot_be_counted():
    with pytest.raises(CapshareError, match="Did you mean coal_1e4t") as caught:
        emissions_from_fuels(PROVINCES, {"coall": 1.9, "peat": 0.0})
    assert len(caught.value.problems) == 3
    with pytest.raises(CapshareError, match="at least one fuel"):
        emissions_from_fuels(PROVINCES, {})
    both = pd.DataFrame({"gas_1e4t": [1.0], "gas_1e8m3": [1.0]}, index=["110000"])
    with pytest.raises(CapshareError, match="found gas_1e4t and gas_1e8m3"):
        emissions_from_fuels(both, {"gas": 2.0})


@pytest.mark.parametrize(("cell", "message"), [(-1.0, "at least 0; found -1.0"), (None, "a finite number")])
def test_cells_that_are_no_quantity(cell, message):
    cells = [1.0, cell]
    table = pd.DataFrame({"coal_1e4t": cells, "emissions_1e8t": cells}, index=["110000", "120000"])
    with pytest.raises(CapshareError, match=rf"120000.*{message}"):
        emissions_from_fuels(table, {"coal": 1.9})
    with pytest.raises(CapshareError, match=rf"120000.*{message}"):
        emissions_from_column(table, "emissions_1e8t")


@pytest.mark.parametrize(
    ("column", "cell", "mt"),
    [
        ("e_mt", 2.5, 2.5),
        ("e_1e8t", 8.747, 874.7),
        ("e_1e4t", 250.0, 2.5),
        ("e_kt", 2500.0, 2.5),
        ("e_t", 2.5e6, 2.5),
    ],
)
def test_the_unit_is_read_from_the_name(column, cell, mt):
    assert emissions_from_column(pd.DataFrame({column: [cell]}, index=["110000"]), column).tolist() == [mt]


def test_columns_that_state_no_emissions():
    with pytest.raises(CapshareError, match=r"found 'emissions_1e8'\. Did you mean emissions_1e8t"):
        emissions_from_column(TABLE1, "emissions_1e8")
    with pytest.raises(
        CapshareError, match="a name that ends in _mt, _1e8t, _1e4t, _kt, _t; found 'emissions_rank'"
    ):
        emissions_from_column(TABLE1, "emissions_rank")


def test_balances_may_be_negative_and_have_their_unit_too():
    table = pd.DataFrame(
        {"b_1e8t": [7.08, -4.912], "blank_mt": [1.0, None], "b": [1.0, 2.0]}, index=["110000", "130000"]
    )
    assert balance_from_column(table, "b_1e8t").tolist() == [708, -491.2]
    with pytest.raises(CapshareError, match="130000"):
        balance_from_column(table, "blank_mt")
    with pytest.raises(CapshareError, match="a name that ends in _mt"):
        balance_from_column(table, "b")
    with pytest.raises(CapshareError, match="Did you mean b_1e8t"):
        balance_from_column(table, "b_1e8")
