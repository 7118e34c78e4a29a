"""The forms for a dataset of one's own: what they offer, and that a filled one is sound."""

import csv
import io
import json
import warnings

import openpyxl
import pandas as pd
import pytest
from frictionless import Package, system

from capshare.indicators.dataset.units import parse_unit
from capshare.reports.dataset_forms.columns import COLUMNS
from capshare.reports.dataset_forms.package import dataset_package
from capshare.reports.dataset_forms.workbook import dataset_book

REGIONS = pd.DataFrame({"name_en": ["North", "South"], "name_zh": ["北", "南"]}, index=["01", "02"])


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(dataset_book(2020, REGIONS)))


def test_one_sheet_per_table(book):
    assert book.sheetnames == ["read me", "dataset", "regions", "provinces", "columns", "panel", "national"]
    assert book["dataset"]["B4"].value == 2020
    assert [cell.value for cell in book["regions"][3]] == ["02", "South", "南", None]
    assert [cell.value for cell in book["provinces"]["A"]] == ["region", "unit", "North", "South"]


def test_every_unit_on_the_lists_is_read(book):
    for column in COLUMNS:
        assert column.unit in column.units
        assert all(parse_unit(unit) for unit in column.units)


def test_units_regions_and_numbers_are_offered_and_explained(book):
    rules = {str(rule.sqref): rule for rule in book["provinces"].data_validations.dataValidation}
    assert rules["C2"].formula1.startswith('"yuan,1e4 yuan,1e8 yuan,EUR,1e6 EUR,')
    assert rules["D2"].formula1.startswith('"t CO2,kt CO2,Mt CO2')
    assert rules["A3:A5003"].formula1.lstrip("=") == "regions!$B$2:$B$5002"
    assert rules["B3:B5003"].type == "decimal"
    assert book["columns"].data_validations.dataValidation[0].formula1 == '"yes,no"'
    assert "地区生产总值" in book["provinces"]["C1"].comment.text
    assert max(len(rule.formula1) for rule in rules.values()) <= 255  # Excel's limit of a list


def test_the_panel_and_roles_are_asked_for(book):
    assert [cell.value for cell in book["panel"][1]] == [
        "region",
        "year",
        "variable",
        "value",
        "unit",
        "source",
    ]
    assert book["panel"].data_validations.dataValidation[0].formula1.lstrip("=") == "regions!$B$2:$B$5002"
    assert [cell.value for cell in book["columns"]["H"]][:4] == ["role", "population", "gdp", "emissions"]
    assert book["dataset"]["B5"].value == "province"


def test_codes_stay_text(book):
    assert book["regions"].column_dimensions["A"].number_format == "@"
    assert book["regions"]["A2"].number_format == "@"


def test_the_data_package_is_valid_by_another_program(tmp_path):
    files = dataset_package(2020, REGIONS)
    header, *rows = csv.reader(io.StringIO(files["provinces.csv"].decode("utf-8-sig")))
    assert [row[0] for row in rows] == ["01", "02"]
    filled = [header, *([row[0], *map(str, range(1, len(header)))] for row in rows)]
    files["provinces.csv"] = "\n".join(map(",".join, filled)).encode("utf-8-sig")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with warnings.catch_warnings(), system.use_context(trusted=True):
        warnings.simplefilter("ignore", DeprecationWarning)
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    fields = json.loads(files["datapackage.json"])["resources"][1]["schema"]["fields"]
    assert {field["name"]: field["unit"] for field in fields[1:]} == {c.name: c.unit for c in COLUMNS}
