"""Figures of a dataset put in by key: where they land, and what is refused."""

import io
import json

import pytest
from openpyxl import Workbook, load_workbook

from capshare import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.edited_cells import NewFigure, dataset_with, scenario_with
from capshare.indicators.dataset.encodings import encoding_of
from capshare.indicators.dataset.scenarios import load_scenario


def figure(key, value, place="sheet Inputs, cell F6"):
    return NewFigure(key, value, "edited.xlsx", place)


def replaced(dataset, *figures):
    return dataset_with(dataset.files, dataset.regions, figures)


@pytest.fixture(scope="module")
def china():
    return load_dataset("china-2022")


def test_a_cell_of_every_kind_of_table(china):
    files = replaced(
        china,
        figure("inputs.population_1e4.110000", 2200.0),
        figure("inputs.inventory.raw_coal_mt.140000.2019", 50.5),
        figure("inputs.national.carbon_intensity_change.2021", -4.5),
        figure("inputs.panel.co2_carbon_monitor.110000.2019", 100.25),
    )
    edited = load_dataset("china-2022", replaced=files)
    assert edited.table.loc["110000", "population_1e4"] == 2200
    assert edited.table.loc["120000"].equals(china.table.loc["120000"])
    assert edited.table_of("inventory").loc[("140000", 2019), "raw_coal_mt"] == 50.5
    national = edited.national.set_index(["variable", "year"])["value"]
    assert national[("carbon_intensity_change", 2021)] == -4.5
    panel = edited.panel.set_index(["variable", "code", "year"])["value"]
    assert panel[("co2_carbon_monitor", "110000", 2019)] == 100.25


def test_all_other_lines_of_a_file_stay_as_they_are(china):
    files = replaced(china, figure("inputs.population_1e4.110000", 2200.0))
    assert set(files) == {"provinces.csv", "datapackage.json"}
    before, after = (
        data.decode().splitlines() for data in (china.files["provinces.csv"], files["provinces.csv"])
    )
    assert [line for line in after if line not in before] == [before[1].replace(",2184,", ",2200,")]


def test_the_description_says_what_stood_there(china):
    once = replaced(china, figure("inputs.population_1e4.110000", 2200.0))
    again = dataset_with({**china.files, **once}, china.regions, [figure("inputs.gdp_1e8yuan.110000", 1.5)])
    said = json.loads(again["datapackage.json"])["edited"]
    assert [(entry["key"], entry["was"], entry["is"]) for entry in said] == [
        ("inputs.population_1e4.110000", "2184", "2200"),
        ("inputs.gdp_1e8yuan.110000", "41540.9", "1.5"),
    ]
    assert {entry["edited_in"] for entry in said} == {"edited.xlsx"}
    assert once["datapackage.json"].startswith(china.files["datapackage.json"].rstrip()[:-10])


def test_what_no_column_allows_is_told_of_its_cell_and_all_at_once(china):
    with pytest.raises(CapshareError, match=r"edited\.xlsx, sheet Inputs, cell F6") as refused:
        replaced(
            china,
            figure("inputs.population_1e4.110000", -3.0),
            figure("inputs.gdp_1e8yuan.120000", None, "sheet Inputs, cell G7"),
            figure("inputs.popu.110000", 3.0),
            figure("inputs.population_1e4.999999", 3.0),
        )
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == 4
    assert "cell G7" in told[1]
    assert "'popu'" in told[2]
    assert "one row" in told[3]


OWN = {
    "regions.csv": "code;name_en\na;Aster\nb;Bär\n",
    "provinces.csv": "region;gdp;co2\nAster;1.234,5;9,5\nBär;20;3,25\n",
}


def own_package(folder, encoding):
    for name, text in OWN.items():
        (folder / name).write_bytes(text.encode(encoding))
    words = {"type": "string", "title": "name"}
    fields = [
        {"name": "region", **words},
        {"name": "gdp", "type": "number", "title": "GDP", "unit": "1e4 yuan", "source": "made up"},
        {"name": "co2", "type": "number", "title": "CO2", "unit": "1e8 t CO2", "source": "made up"},
    ]
    regions = [{"name": name, **words} for name in ("code", "name_en")]
    resources = [
        {"name": "regions", "role": "regions", "path": "regions.csv", "schema": {"fields": regions}},
        {"name": "provinces", "role": "provinces", "path": "provinces.csv", "base_year": 2017,
         "schema": {"fields": fields, "primaryKey": "region"}},
    ]  # fmt: skip
    package = {"name": "own", "title": "Own", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return load_dataset(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_units_decimal_commas_names_and_encodings_are_the_files_own(tmp_path, encoding):
    own = own_package(tmp_path, encoding)
    # 0.12345 is 1 234.5 of 1e4 yuan in 1e8; 950 Mt are 9.5 of 1e8 t.
    assert own.table.loc["a"].tolist() == [0.12345, 950.0]
    files = replaced(own, figure("inputs.gdp_1e8yuan.b", 0.25), figure("inputs.co2_mt.b", 310.0))
    text = files["provinces.csv"].decode(encoding)
    assert text.splitlines()[2] == "Bär;2500;3,1"
    assert text.splitlines()[1] == "Aster;1.234,5;9,5"
    assert encoding_of(files["provinces.csv"]) == encoding
    assert load_dataset(tmp_path, replaced=files).table.loc["b"].tolist() == [0.25, 310.0]


def test_a_rate_of_a_scenario():
    shipped = load_scenario("plan-15")
    data = scenario_with(shipped.data, shipped.file, [figure("inputs.scenario.gdp_growth_pct.2027", 5.5)])
    edited = load_scenario("plan-15", data)
    assert edited.growth["gdp_growth_pct"][2027] == 5.5
    assert edited.growth.drop(2027).equals(shipped.growth.drop(2027))


ISLANDS = {
    "dataset": [["item", "value"], ["name", "islands"], ["base_year", 2017]],
    "regions": [["code", "name_en"], ["n", "North Island"], ["s", "South Island"]],
    "Provinces": [
        ["region", "population", "gdp", "co2"],
        ["unit", "persons", "1e4 yuan", "Mt CO2"],
        ["South Island", 2_000_000, 9_000_000, 12.5],
        [None] * 4,
        ["North Island", 1_000_000, 4_500_000.5, 7],
    ],
    "national": [["year", "variable", "value", "unit"], [2017, "price", 50, "yuan/t"]],
    "notes": [["of the owner"]],
}


def test_a_dataset_in_a_workbook(tmp_path):
    book = Workbook()
    book.remove(book.active)
    for name, rows in ISLANDS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "islands.xlsx")
    own = load_dataset(tmp_path / "islands.xlsx")
    new = (figure("inputs.population_1e4.n", 125.0), figure("inputs.national.price.2017", 60.5))
    files = replaced(own, *new)
    assert set(files) == {"islands.xlsx"}
    assert files == replaced(own, *new)
    edited = load_dataset(tmp_path / "islands.xlsx", replaced=files)
    assert edited.table.loc["n"].tolist() == [125.0, own.table.loc["n"].iloc[1], 7.0]
    assert edited.table.loc["s"].equals(own.table.loc["s"])
    assert edited.national["value"].tolist() == [60.5]
    kept = load_workbook(io.BytesIO(files["islands.xlsx"]))
    assert kept["Provinces"]["B5"].value == 1_250_000
    assert kept["notes"]["A1"].value == "of the owner"
