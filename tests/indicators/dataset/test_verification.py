"""A dataset is checked against itself: sums, tables that repeat a figure, vintages, two inventories."""

import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.inventories import emissions_history
from capshare.indicators.dataset.verification import verify_dataset

INVENTORY = "code,year,coal_mt,gas_mt,total_mt\n" + "".join(
    f"{code},{year},{coal},1,{coal + 1}\n"
    for year in (2015, 2016)
    for code, coal in (("n", 3), ("s", 1), ("w", 9))
)
PANEL = "".join(
    f"{code},{year},second,{value},Mt CO2\n"
    for year in (2016, 2017)
    for code, value in (("n", 5), ("s", 2), ("w", 11))
)


@pytest.fixture
def islands(package, describe, spoil, folder):
    """The islands with an inventory, a second one in the panel, and emissions of the base year."""
    number = {"type": "number", "unit": "Mt CO2", "constraints": {"required": True}}
    fields = [
        {"name": "code", "type": "string"},
        {"name": "year", "type": "year"},
        *({"name": name, **number} for name in ("coal_mt", "gas_mt", "total_mt")),
    ]
    package["resources"].append(
        {
            "name": "by_item", "role": "inventory", "path": "by_item.csv",
            "schema": {"fields": fields, "primaryKey": ["code", "year"]},
            "sums": [{"total": "total_mt", "items": ["coal_mt", "gas_mt"], "tolerance": 0.001}],
        }
    )  # fmt: skip
    package["resources"][2]["variables"].append({"name": "second", "unit": "Mt CO2"})
    package["resources"][1]["schema"]["fields"].append({"name": "co2_mt", **number})
    package["roles"] = {
        "provinces": {"emissions": "co2_mt"},
        "panel": {"second_inventory": "second"},
        "inventory": {"emissions": "total_mt"},
    }
    describe(package)
    (folder / "by_item.csv").write_text(INVENTORY, encoding="utf-8")
    (folder / "provinces.csv").write_text("code,gdp_1e8yuan,plants,co2_mt\nw,3.5,1,12\ns,2,7,4\nn,10,9,5\n")
    spoil("panel", "", PANEL)
    return folder


def test_a_sound_dataset(islands):
    found = verify_dataset(load_dataset(islands))
    assert found.agrees
    row = found.checks.iloc[0]
    assert (row["kind"], row["rows"], row["largest_difference"]) == ("sum", 6, 0.0)


def test_distances_in_the_years_that_both_have(islands):
    found = verify_dataset(load_dataset(islands)).distances
    assert found.index.tolist() == [(year, code) for year in (2016, 2017) for code in "nsw"]
    assert found.loc[2016]["difference_pct"].to_dict() == pytest.approx({"n": 25, "s": 0, "w": 10})
    assert found.loc[2017]["difference_mt"].to_dict() == pytest.approx({"n": 0, "s": -2, "w": -1})


def test_history_is_of_every_year_and_table(islands):
    history = emissions_history(load_dataset(islands))
    assert history["w"].to_dict() == {2015: 10.0, 2016: 10.0, 2017: 12.0}


def test_a_row_that_does_not_add_up_is_found_and_named(islands, spoil):
    spoil("by_item", "s,2016,1,1,2", "s,2016,1,1,2.002")
    found = verify_dataset(load_dataset(islands))
    row = found.checks.iloc[0]
    assert not found.agrees
    assert (row["where"], row["agrees"]) == ("s, 2016", False)
    assert row["largest_difference"] == pytest.approx(0.002)


def test_a_figure_that_differs_between_tables_is_found(islands, package, describe):
    package["roles"]["panel"]["emissions"] = "second"
    describe(package)
    found = verify_dataset(load_dataset(islands))
    row = found.checks[found.checks["what"].str.startswith("emissions of")].iloc[0]
    assert (row["where"], row["agrees"]) == ("s", False)


def test_a_year_without_a_vintage_is_found(islands, package, describe):
    package["vintages"] = [{"name": "new"}]
    package["resources"][2]["variables"][0]["vintage"] = [{"from": 2017, "vintage": "new"}]
    describe(package)
    row = verify_dataset(load_dataset(islands)).checks.iloc[-1]
    assert (row["kind"], row["largest_difference"], row["agrees"]) == ("vintages", 1, False)
    assert "2016" in row["where"]


def test_a_dataset_that_states_nothing_has_nothing_to_fail(folder):
    found = verify_dataset(load_dataset(folder))
    assert found.agrees
    assert found.distances is found.against_nation is None


def test_units_of_an_inventory_are_converted_and_its_keys_are_checked(islands, package, describe, spoil):
    package["resources"][-1]["schema"]["fields"][2] |= {"name": "coal_mt", "unit": "1e4 t CO2"}
    describe(package)
    assert load_dataset(islands).table_of("inventory").loc[("w", 2015), "coal_mt"] == 0.09
    spoil("by_item", "", "n,2015,1,1,2\n")
    with pytest.raises(
        CapshareError, match="expected each code, year once; found n, 2015 again, as in row 2"
    ):
        load_dataset(islands)


WRONG = [
    ({}, "sums: expected a list of sums"),
    ([{"total": "total_mt", "items": ["coal_mt"]}], "sums: expected a list of sums"),
    ([{"total": "total_mt", "items": [], "tolerance": 0}], "sums: expected a list of sums"),
    ([{"total": "total_mt", "items": ["coal_mt"], "tolerance": "0"}], "sums: expected a list of sums"),
    (
        [{"total": "total", "items": ["coal_mt"], "tolerance": 0}],
        "sums: expected a column of the table; found 'total'. Did you mean total_mt",
    ),
]


@pytest.mark.parametrize(("sums", "message"), WRONG, ids=[str(sums) for sums, _ in WRONG])
def test_sums_that_do_not_hold(islands, package, describe, sums, message):
    package["resources"][-1]["sums"] = sums
    describe(package)
    with pytest.raises(CapshareError, match=message):
        load_dataset(islands)
