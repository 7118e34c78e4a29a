"""A folder is loaded whole, or refused with every problem in it."""

import os
from pathlib import Path

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset


def problems(folder):
    with pytest.raises(CapshareError, match="expected") as caught:
        load_dataset(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_made_up_country(folder):
    dataset = load_dataset(folder)
    assert (dataset.name, dataset.title, dataset.base_year) == ("islands", "Three islands", 2017)
    assert dataset.table["gdp_1e8yuan"].to_dict() == {"n": 10.0, "s": 2.0, "w": 3.5}
    assert dataset.table["plants"].isna().to_dict() == {"n": False, "s": False, "w": True}
    assert dataset.fields.loc["plants", "title_en"] == "Plants"
    assert dataset.fields.loc["plants", "unit"] == ""
    assert dataset.panel["code"].tolist() == ["n", "n"]
    assert dataset.panel_variables.loc["gdp", "unit"] == "1e8 yuan"
    assert dataset.national["year"].tolist() == [2016, 2017]
    assert dataset.published["ranking"]["rank"].to_dict() == {"w": 1}
    assert dataset.files["provinces.csv"] == (folder / "provinces.csv").read_bytes()
    assert dataset.folder == folder


def test_a_small_country_needs_no_panel(folder, package, describe):
    package["resources"] = package["resources"][:2]
    describe(package)
    dataset = load_dataset(folder)
    assert dataset.panel is dataset.panel_variables is dataset.national is None
    assert dataset.published == {}


def test_order_of_rows_and_columns_and_the_byte_order_mark_do_not_matter(folder):
    before = load_dataset(folder)
    provinces = "plants,code,gdp_1e8yuan\n9,n,10\n\n,W,3.5\n7,Ｓ,2.0\n\n"
    regions = "aliases,name_en,code\r\n,West Island,w\r\nNord,North Island,n\r\n,South Island,s\r\n"
    (folder / "provinces.csv").write_text(provinces, encoding="utf-8-sig")
    (folder / "regions.csv").write_bytes(regions.encode("utf-8-sig"))
    after = load_dataset(folder)
    pd.testing.assert_frame_equal(after.table, before.table)
    pd.testing.assert_frame_equal(after.regions.names, before.regions.names)


def test_provinces_may_be_named_instead_of_coded(folder, package, describe, spoil):
    before = load_dataset(folder)
    schema = package["resources"][1]["schema"]
    schema["fields"][0]["name"] = schema["primaryKey"] = "island"
    describe(package)
    spoil("provinces", "code", "island")
    spoil("provinces", "\nn,", "\nnord,")
    spoil("provinces", "\ns,", "\nSOUTH ISLAND,")
    pd.testing.assert_frame_equal(load_dataset(folder).table, before.table)


def test_a_name_a_path_and_a_path_from_elsewhere(folder, monkeypatch):
    assert load_dataset("china-2017").name == "china-2017"
    assert load_dataset(str(folder)).name == "islands"
    assert load_dataset(folder.name, relative_to=folder.parent).name == "islands"
    monkeypatch.chdir(folder.parent)
    assert load_dataset(f".{os.sep}{folder.name}").name == "islands"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "china-2071",
            r"\(china-2017, china-2022, eu-2030\).*found 'china-2071'\. Did you mean china-2017",
        ),
        ("atlantis", r"found 'atlantis'\. Known: china-2017, china-2022"),
        ("study.xlsx", r"or an \.xlsx workbook; found 'study.xlsx'"),
        (Path("nowhere") / "china", r"a folder with a datapackage.json or an .xlsx workbook; found"),
        (Path(__file__), r"Name the folder that holds the datapackage.json"),
    ],
)
def test_nothing_to_load(name, message, tmp_path):
    with pytest.raises(CapshareError, match=message):
        load_dataset(name, relative_to=tmp_path)


CASES = [
    ("provinces", "plants\n", "plants\nn,5\n", "provinces.csv, row 2: expected 3 cells; found 2"),
    ("provinces", "plants", "plant", "provinces.csv, column plants: expected this column; found none"),
    (
        "provinces",
        "2,7",
        "-2,7",
        "row 3, column gdp_1e8yuan: expected a finite number, at least 0; found '-2'",
    ),
    ("provinces", "2,7", ",7", "row 3, column gdp_1e8yuan: .* found a blank cell"),
    ("provinces", "2,7", " ,7", "row 3, column gdp_1e8yuan: .* found a blank cell"),
    ("provinces", "2,7", "NaN,7", "row 3, column gdp_1e8yuan: .* found 'NaN'"),
    ("provinces", "2,7", "inf,7", "row 3, column gdp_1e8yuan: .* found 'inf'"),
    ("provinces", "2,7", "1e999,7", "row 3, column gdp_1e8yuan: .* found '1e999'"),
    ("provinces", "2,7", "two,7", "found 'two'. Write a plain number"),
    ("provinces", "2,7", '"12,34",7', "found '12,34'. Write a plain number"),
    ("provinces", "2,7", "1_0,7", "found '1_0'. Write a plain number"),
    ("provinces", "2,7", "2,7.5", "row 3, column plants: expected a whole number, at most 100; found '7.5'"),
    ("provinces", "2,7", "2,101", "row 3, column plants: .* found '101'"),
    ("provinces", "s,2,7\n", "", r"provinces.csv, region s \(South Island\): expected a row for every"),
    ("provinces", "", "n,1,1\n", "row 5: expected each code once; found n again, as in row 4"),
    ("provinces", "", "NORD,1,1\n", "row 5: expected each code once; found n again, as in row 4"),
    ("provinces", "", "South Iland,1,1\n", r"row 5, column code: .*Did you mean s \(South Island\)"),
    ("panel", "", "North Island,2017,gdp,1,1e8 yuan\n", "row 4: .* found n, 2017, gdp again, as in row 3"),
    ("panel", "", "s,2017,gdpp,1,1e8 yuan\n", "row 4, column variable: .* found 'gdpp'. Did you mean gdp"),
    (
        "panel",
        "",
        "s,2017,gdp,1,USD\n",
        "row 4, column unit: expected 1e8 yuan for gdp; found 'USD'",
    ),
    ("panel", "", "s,17.5,gdp,1,1e8 yuan\n", "row 4, column year: expected a year; found '17.5'"),
    ("national", "", "2017,growth,3,%\n", "national.csv, row 4: .* found 2017, growth again, as in row 2"),
    ("ranking", "", "Nowhere,2\n", "ranking.csv, row 3, column region: .* found 'Nowhere'"),
    ("ranking", "", "w,2\n", "ranking.csv, row 3: .* found w again, as in row 2"),
    (
        "regions",
        "",
        "e,NORTH ISLAND,\n",
        "regions.csv, name 'northisland': expected one region; found e and n",
    ),
    ("regions", "", "n,North,\n", "regions.csv, row 5: .* found n again, as in row 2"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), CASES, ids=[case[3] for case in CASES])
def test_one_problem_in_a_file(folder, spoil, name, old, new, message):
    spoil(name, old, new)
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "provinces.csv: expected a header and rows; found an empty file"),
        ("\n \n", "provinces.csv, row 1: expected the header; found a blank line"),
        (
            "code,gdp_1e8yuan,plants\n",
            "provinces.csv: expected a header and rows; found a header without rows",
        ),
    ],
)
def test_a_file_without_rows(folder, text, message):
    (folder / "provinces.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


def test_a_misspelt_column_is_matched_with_the_missing_one(folder):
    (folder / "provinces.csv").write_text("code,gdp_1e8yuan,plant,code\nn,1,1,n\n", encoding="utf-8")
    missing, unknown, twice = problems(folder)[:3]
    assert missing.endswith("Did you mean plant?")
    assert "column plant: expected a column that the dataset describes" in unknown
    assert "column code: expected each column once" in twice


def test_every_problem_of_every_file_at_once(folder, spoil):
    text = "code,gdp_1e8yuan,plants\nn,-1,x\nNord,,2\nAtlantis,1,1\n"
    (folder / "provinces.csv").write_text(text, encoding="utf-8")
    spoil("panel", "", "s,2017,gdp,much,1e8 yuan\n")
    (folder / "ranking.csv").unlink()
    places = [problem.split(": expected")[0] for problem in problems(folder)]
    assert places == [
        "ranking.csv",
        "provinces.csv, row 2, column gdp_1e8yuan",
        "provinces.csv, row 3, column gdp_1e8yuan",
        "provinces.csv, row 2, column plants",
        "provinces.csv, row 4, column code",
        "provinces.csv, row 3",
        "provinces.csv, region s (South Island)",
        "provinces.csv, region w (West Island)",
        "panel.csv, row 4, column value",
    ]


def test_unsound_regions_do_not_hide_the_other_files(folder, spoil):
    (folder / "regions.csv").unlink()
    spoil("provinces", "3.5", "x")
    first, second = problems(folder)
    assert first.startswith(f"regions.csv: expected a file; found none at {folder / 'regions.csv'}.")
    assert second.startswith("provinces.csv, row 2, column gdp_1e8yuan")


def test_missing_values_are_those_the_package_names(folder, package, describe, spoil):
    package["resources"][1]["schema"]["missingValues"] = ["", "-"]
    describe(package)
    spoil("provinces", "2,7", "2,-")
    assert load_dataset(folder).table["plants"].isna().sum() == 2
    spoil("provinces", "2,-", "-,7")
    with pytest.raises(CapshareError, match=r"row 3, column gdp_1e8yuan: .* found a blank cell"):
        load_dataset(folder)


def test_values_that_must_be_unique_and_texts_that_must_be_listed(folder, package, describe):
    fields = package["resources"][1]["schema"]["fields"]
    fields[1]["constraints"]["unique"] = True
    fields.append({"name": "coast", "type": "string", "constraints": {"enum": ["sea", "lake"]}})
    describe(package)
    text = "code,gdp_1e8yuan,plants,coast\nn,1,1,sea\ns,1.0,1,laek\nw,2,1,lake\n"
    (folder / "provinces.csv").write_text(text, encoding="utf-8")
    unique, listed = problems(folder)
    assert "row 3, column gdp_1e8yuan: expected each value once" in unique
    assert "row 3, column coast: expected one of sea, lake; found 'laek'. Did you mean lake?" in listed
