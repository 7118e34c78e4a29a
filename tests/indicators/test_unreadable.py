"""A description or a table that is none: what stands there is told, with its place, and never a traceback."""

import json

import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset


def refusal(folder):
    with pytest.raises(CapshareError, match=r"(?s).+: expected .+; found .+") as caught:
        load_dataset(folder)
    return str(caught.value)


def loop(path):
    path.unlink()
    path.symlink_to(path.name)


def directory(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("name", ["datapackage.json", "panel.csv"])
@pytest.mark.parametrize(
    ("spoil", "found"), [(loop, "found Too many levels of symbolic links"), (directory, "found a folder")]
)
def test_a_file_that_cannot_be_read(folder, name, spoil, found):
    spoil(folder / name)
    assert refusal(folder).startswith(f"{name}: expected ")
    assert found in refusal(folder)


def provinces(package):
    return package["resources"][1]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("missingValues", 5, "provinces, missingValues: expected a list of texts; found 5"),
        ("missingValues", [5], "provinces, missingValues: expected a list of texts; found [5]"),
        ("missingValues", "NA", "provinces, missingValues: expected a list of texts; found 'NA'"),
        ("primaryKey", {"a": 1}, "provinces, primaryKey: expected the name of a column"),
        ("primaryKey", [1], "provinces, primaryKey: expected the name of a column"),
    ],
)
def test_a_schema_that_is_none(folder, package, describe, key, value, message):
    provinces(package)["schema"][key] = value
    describe(package)
    assert message in refusal(folder)


@pytest.mark.parametrize("name", ["minimum", "maximum"])
@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), "0"])
def test_a_bound_that_is_no_number(folder, package, describe, name, value):
    provinces(package)["schema"]["fields"][1]["constraints"] = {name: value}
    describe(package)
    assert f"gdp_1e8yuan, constraint {name}: expected a number; found " in refusal(folder)


@pytest.mark.parametrize("year", [10**300, 0, -2017, 99999, True, 2017.5])
def test_a_base_year_that_is_no_year(folder, package, describe, year):
    provinces(package)["base_year"] = year
    describe(package)
    assert "resource provinces, base_year: expected a year; found " in refusal(folder)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"name": ' + "9" * 4400 + "}", "a whole number of thousands of digits"),
        ("[" * 100_000, "too many lists or tables inside one another"),
        ('{"a":' * 100_000, "too many lists or tables inside one another"),
    ],
    ids=["digits", "lists", "tables"],
)
def test_a_description_beyond_any_description(folder, text, found):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    assert refusal(folder).startswith(f"datapackage.json: expected a description; found {found}")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("9" * 4400, "row 2, column year: expected a year; found '999"),
        ("20170", "row 2, column year: expected a year; found '20170'"),
        ("9" * 130_000 + "x", "row 2, column year: expected a year; found '999"),
    ],
    ids=["long", "five digits", "longer"],
)
def test_a_year_beyond_any_year(folder, spoil, cell, message):
    spoil("panel", "n,2016", f"n,{cell}")
    assert message in refusal(folder)
    assert len(refusal(folder)) < 1000


def test_a_whole_number_that_no_cell_can_hold(folder, spoil):
    spoil("provinces", "s,2,7", "s,2,-9007199254740993")
    assert "row 3, column plants: expected a whole number" in refusal(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("provinces", "w,3.5", 'w,"3.5', "row 2: expected cells whose quotes .* found a quote that is never"),
        (
            "panel",
            "2017,gdp",
            '2017,"gdp',
            "row 3: .* found a quote that is never closed",
        ),
        ("regions", "North Island", '"North" Island', "row 2: .* found text after a closing quote"),
    ],
)
def test_the_row_of_a_quote(folder, spoil, name, old, new, message):
    spoil(name, old, new)
    with pytest.raises(CapshareError, match=rf"{name}\.csv, {message}") as caught:
        load_dataset(folder)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_without_its_mark(folder, encoding):
    path = folder / "provinces.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert "provinces.csv: expected " in refusal(folder)
    assert "zero bytes" in refusal(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,gdp_1e8yuan,plants\n" + "\n" * 1_100_000 + "n,1,1\n", "row 1048577: .* at most 1048576 rows"),
        ("code,gdp_1e8yuan,plants\n" + "n" + "," * 600_000 + "\n", "row 2: .* 500000 cells; found more"),
        ("code,gdp_1e8yuan,plants\n" + "x" * 20_000_000, "expected a file of at most 20 MB"),
    ],
    ids=["rows", "cells", "bytes"],
)
def test_a_table_beyond_any_table(folder, text, message):
    (folder / "provinces.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


def test_a_description_is_repeated_in_short(folder):
    package = {"name": "x", "resources": [["a" * 10_000] * 100]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert len(refusal(folder)) < 2000
