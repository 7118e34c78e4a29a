"""The shipped dataset: valid, complete, and adding up to the published totals."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from capshare.indicators.dataset.catalogue import shipped_folder
from capshare.indicators.dataset.data_package import load_dataset

FOLDER = shipped_folder("china-2017")
CHINA = load_dataset("china-2017")
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def test_valid_by_the_frictionless_standard():
    from frictionless import validate

    report = validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(RESOURCES)


def test_shape():
    assert (CHINA.name, CHINA.base_year) == ("china-2017", 2017)
    assert CHINA.table.shape == (30, 39)
    assert CHINA.table.index.is_monotonic_increasing
    assert CHINA.table.index.name == "code"
    assert CHINA.table.notna().all(axis=None)
    assert CHINA.fields.index.equals(CHINA.table.columns)
    assert list(CHINA.panel.columns) == ["code", "year", "variable", "value", "unit"]
    assert (len(CHINA.panel), len(CHINA.national)) == (8124, 101)
    assert set(CHINA.panel_variables.index) == set(CHINA.panel["variable"])
    assert CHINA.panel["code"].nunique() == 30
    assert set(CHINA.files) == {"datapackage.json", *(resource["path"] for resource in RESOURCES.values())}
    assert all((CHINA.folder / name).read_bytes() == data for name, data in CHINA.files.items())


@pytest.mark.parametrize("name", list(RESOURCES))
def test_every_field_is_described(name):
    said = {"type", "title", "title_zh", "unit", "source", "status", "confidence", "check"}
    for field in RESOURCES[name]["schema"]["fields"]:
        assert said <= set(field), field["name"]
        assert all(field[key] for key in ("title", "title_zh"))
    said = {"title", "title_zh", "unit", "source", "status", "description"}
    for variable in RESOURCES[name].get("variables", []):
        assert all(variable[key] for key in said), variable["name"]


def test_units_end_the_names_of_columns():
    short = {
        "1e4 persons": "1e4",
        "yuan per person": "yuan",
        "% of GDP": "pct",
        "%": "pct",
        "patents": "granted",
    }
    for column, unit in CHINA.fields["unit"].items():
        assert column.endswith(short.get(unit, unit.replace(" ", "").lower())), column


def test_order_of_the_rows_does_not_matter(tmp_path):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "copy"))
    for path in folder.glob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8-sig")
    shuffled = load_dataset(folder)
    for name in ("table", "fields", "panel", "panel_variables", "national"):
        pd.testing.assert_frame_equal(getattr(shuffled, name), getattr(CHINA, name))
    for name, table in CHINA.published.items():
        pd.testing.assert_frame_equal(shuffled.published[name], table)


def test_published_totals():
    """Totals of the China Statistical Yearbook 2018 and the forest inventory, less Tibet."""
    table = CHINA.table
    assert table["gdp_revised_1e8yuan"].sum() == pytest.approx(830747.4)  # stated for these 30
    sectors = ["va_primary_1e8yuan", "va_secondary_1e8yuan", "va_tertiary_1e8yuan"]
    assert table[sectors].sum(axis=1).tolist() == pytest.approx(table["gdp_1e8yuan"].tolist(), abs=0.02)
    assert table["ci_reduction_target_13fyp_pct"].value_counts().to_dict() == {
        20.5: 8,
        19.5: 6,
        18.0: 8,
        17.0: 5,
        12.0: 3,
    }
    assert table["coal_1e4t"].sum() == pytest.approx(435210, abs=1)


def test_panel_and_provinces_agree_in_the_base_year():
    panel = CHINA.panel
    base = panel[panel["year"] == 2017].pivot(index="code", columns="variable", values="value")
    for variable, column in {"gdp": "gdp_1e8yuan", "energy_total": "energy_total_1e4tce"}.items():
        assert base[variable].tolist() == CHINA.table[column].tolist()


def test_table_1_adds_up():
    """Tian & Lin 2021, Table 1: quotas 134.901, emissions 134.900, 14 surpluses (golden number 13)."""
    table1 = CHINA.published["table1"]
    assert table1["allocation_1e8t"].sum() == pytest.approx(134.901)
    assert table1["emissions_1e8t"].sum() == pytest.approx(134.900)
    assert (table1["balance_1e8t"] > 0).sum() == 14
    shares = table1.groupby("group")["group_share_pct"].agg(["min", "max"])
    assert shares["min"].tolist() == [8.92, 15.0, 20.63, 6.37, 33.69, 15.39] == shares["max"].tolist()


def test_ranking_covers_the_provinces_in_deficit():
    """Tian & Lin 2021, text: 16 provinces, Zhejiang first, Xinjiang last; three bands."""
    ranking, table1 = CHINA.published["potential_ranking"], CHINA.published["table1"]
    assert set(ranking.index) == set(table1.index[table1["balance_1e8t"] < 0])
    order = CHINA.regions.names["name_en"][ranking.sort_values("rank").index].tolist()
    assert order == [
        *("Zhejiang", "Tianjin", "Shandong", "Fujian", "Chongqing", "Anhui", "Hunan", "Liaoning"),
        *("Shaanxi", "Hebei", "Gansu", "Inner Mongolia", "Guizhou", "Shanxi", "Ningxia", "Xinjiang"),
    ]
    assert ranking["band"].value_counts().to_dict() == {">80": 3, "55-80": 7, "<45": 6}
    assert sorted(ranking["rank"]) == list(range(1, 17))
    assert ranking["rank"].dtype == "int64"


def test_names_of_table_1_are_those_of_the_regions():
    names = CHINA.published["table1"][["name_en", "name_zh"]]
    pd.testing.assert_frame_equal(names, CHINA.regions.names[["name_en", "name_zh"]])


def test_official_intensity_cuts():
    """Announced: 46 % by 2017, 48.4 % by 2020 against 2005 (design, section 5)."""
    national = CHINA.national.set_index(["variable", "year"])["value"]
    assert national["intensity_cut_vs_2005_official", 2017] == 46.0
    assert national["intensity_cut_vs_2005_official", 2020] == 48.4
    assert national["cea_listed_mean_price", 2025] == 63.0
