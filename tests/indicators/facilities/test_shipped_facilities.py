"""The shipped plants and benchmarks, as published, and synthetic facilities."""

import io
import json

import pandas as pd
import pytest

from capshare.indicators.facilities.power_plants import estimated_plants, unit_class
from capshare.indicators.facilities.shipped import (
    BENCHMARKS,
    PLANT_CLASSES,
    PLANTS,
    market_regions,
    market_sector_spellings,
    shipped_bytes,
)
from capshare.indicators.facilities.synthetic import synthetic_facilities
from capshare.indicators.market_sectors import SECTORS


@pytest.fixture(scope="module")
def estimate():
    return estimated_plants({name: shipped_bytes(name) for name in (PLANTS, PLANT_CLASSES)}, market_regions())


def test_the_benchmarks_are_the_official_ones():
    table = pd.read_csv(io.BytesIO(shipped_bytes(BENCHMARKS))).set_index(["period", "unit_class"])
    assert len(table) == 12
    large = table.xs("conventional coal > 300 MW", level="unit_class")
    # Ministry of Ecology and Environment, allocation plans 2019-2020, 2021 and 2022.
    assert large["power_tco2_per_mwh"].to_dict() == {"2019-2020": 0.877, "2021": 0.8218, "2022": 0.8177}
    assert table.loc[("2022", "gas"), "heat_tco2_per_gj"] == 0.0557


def test_the_sectors_of_a_study_are_those_of_the_rules():
    spellings = market_sector_spellings()
    assert set(spellings.values()) == set(SECTORS)
    assert (spellings["钢铁"], spellings["电力热力"]) == ("steel", "power")


def test_a_plant_by_hand(estimate):
    # Banshan: gas, 1 170 MW. 1 170 x 2 646 h x 0.98 = 3 033 903.6 MWh; times 0.39 = 1 183 222.404 t.
    (banshan,) = estimate[0][estimate[0]["facility"] == "Banshan Gas (1029811)"].to_dict("records")
    assert (banshan["output"], banshan["emissions_t"]) == pytest.approx((3_033_903.6, 1_183_222.404))
    assert (banshan["code"], banshan["status"]) == ("330000", "estimate")


def test_every_plant_of_the_market_has_a_figure_and_the_others_are_counted(estimate):
    table, notes = estimate
    # 1 069 plants: five in Tibet, Hong Kong and Macau, three without a capacity.
    assert len(table) == 1061
    assert table[["output", "emissions_t"]].gt(0).all(axis=None)
    assert table["facility"].is_unique
    assert [note.key for note in notes] == ["plants_estimated", "plants_left_out", "plants_repeated"]
    assert dict(notes[1].values) == {"elsewhere": 5, "unsized": 3}
    # Changxing Island six times, Fangchenggang, East Hope and Guodian Jilin each twice.
    assert dict(notes[2].values) == {"count": 8}


def test_classes_by_fuel_name_and_capacity():
    plants = pd.DataFrame(
        {
            "fuel": ["Coal", "Coal", "Coal", "Natural Gas"],
            "name": ["A", "B", "C Gangue", "D"],
            "capacity_mw": [300.0, 301.0, 600.0, 600.0],
        }
    )
    assert unit_class(plants).tolist() == [
        "conventional coal <= 300 MW", "conventional coal > 300 MW",
        "unconventional coal (gangue, slurry, CFB)", "gas",
    ]  # fmt: skip


def test_synthetic_facilities_say_so_and_repeat():
    provinces = pd.Index(["11", "12"])
    table = synthetic_facilities(200, 5, provinces)
    pd.testing.assert_frame_equal(table, synthetic_facilities(200, 5, provinces))
    assert not table.equals(synthetic_facilities(200, 6, provinces))
    assert set(table["status"]) == {"synthetic"}
    assert table["facility"].str.startswith("synthetic ").all()
    assert not table.duplicated(["facility", "year"]).any()
    assert set(table["province"]) == {"11", "12"}
    assert table[["emissions_t", "output"]].ge(0).all(axis=None)
    assert table["output"].gt(0).all()


def test_every_column_of_the_shipped_tables_is_described():
    about = json.loads(shipped_bytes("facilities.json"))
    described = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in about["resources"]
    }
    assert set(described) == {BENCHMARKS, PLANTS, PLANT_CLASSES}
    for name, columns in described.items():
        assert list(pd.read_csv(io.BytesIO(shipped_bytes(name)), nrows=1)) == columns
    assert "CC-BY-4.0" in {licence["name"] for licence in about["licenses"]}
