"""A datapackage.json that does not hold is refused, saying what and where."""

import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.descriptor import read_descriptor

LONG = ("year", "variable", "value", "unit")


def columns(*names, kind="string", **constraints):
    return {"fields": [{"name": name, "type": kind, "constraints": constraints} for name in names]}


def test_tables_by_role(folder):
    descriptor = read_descriptor((folder / "datapackage.json").read_bytes())
    (ranking,) = descriptor.of_role("published")
    assert (ranking.name, ranking.region_column, ranking.blanks) == ("ranking", "region", ("",))
    assert [field.name for field in ranking.fields if field.numeric] == ["rank"]
    assert descriptor.of_role("provinces")[0].base_year == 2017


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{", "datapackage.json, line 1, column 2: expected valid JSON"),
        (b"[]", "datapackage.json: expected an object; found list"),
        (b"{}", "datapackage.json, resources: expected a list of tables; found None"),
        (b'{"resources": [1]}', "datapackage.json, resources: expected a list of tables"),
        (b"\xff\xfe{", "datapackage.json: expected UTF-8 text"),
    ],
)
def test_a_description_that_cannot_be_read(folder, text, message):
    (folder / "datapackage.json").write_bytes(text)
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


def test_a_folder_without_description(tmp_path):
    with pytest.raises(CapshareError, match=r"datapackage.json: expected a file; found none at"):
        load_dataset(tmp_path)


CASES = [
    (None, "name", "", "datapackage.json, name: expected a name"),
    (1, "role", "province", "a role of .* found 'province'. Did you mean provinces"),
    (0, "role", "published", "one table of role regions; found none"),
    (2, "role", "provinces", "one table of role provinces; found 2"),
    (2, "name", "regions", "resource 3, name: expected a name of its own; found 'regions'"),
    (2, "path", "../panel.csv", "resource panel, path: expected a file in the package's folder"),
    (2, "path", "/panel.csv", "resource panel, path: expected a file in the package's folder"),
    (
        2,
        "path",
        "https://example.org/panel.csv",
        "resource panel, path: expected a file in the package's folder",
    ),
    (2, "path", ["panel.csv"], "resource panel, path: expected a file in the package's folder"),
    (2, "variables", None, "resource panel, variables: expected a list of variables; found none"),
    (1, "base_year", None, "resource provinces, base_year: expected a year; found none"),
    (1, "base_year", "2017", "resource provinces, base_year: expected a year; found '2017'"),
    (2, "schema", {}, "resource panel: expected a schema with fields"),
    (2, "schema", columns("code"), "a field year; found none among code"),
    (4, "schema", columns("rank"), "a field code; found none among rank"),
    (4, "schema", columns("code", "code"), "resource ranking, field code: expected each field once"),
    (3, "schema", columns(*LONG), "field year: expected a numeric type; found string"),
    (4, "schema", columns(""), "field 1: expected a field with a name"),
    (4, "schema", columns("code", kind="numbr"), "a type of .* found 'numbr'. Did you mean number"),
    (4, "schema", columns("code", pattern="x"), "constraint pattern: expected a constraint that is checked"),
    (
        4,
        "schema",
        columns("code", required="yes"),
        "constraint required: expected true or false; found 'yes'",
    ),
    (4, "schema", columns("code", minimum="0"), "constraint minimum: expected a number; found '0'"),
    (4, "schema", columns("code", enum="n"), "constraint enum: expected a list of texts; found 'n'"),
    (4, "schema", {"fields": [{"name": "code", "type": "string", "constraints": []}]}, "object constraints"),
]


@pytest.mark.parametrize(("number", "key", "value", "message"), CASES, ids=[case[3] for case in CASES])
def test_a_description_that_does_not_hold(folder, package, describe, number, key, value, message):
    (package if number is None else package["resources"][number])[key] = value
    describe(package)
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


def test_all_of_it_at_once(folder, package, describe):
    package["resources"][1]["base_year"] = None
    package["resources"][2]["path"] = "../panel.csv"
    package["resources"][4]["role"] = "publshed"
    describe(package)
    with pytest.raises(CapshareError, match="base_year") as caught:
        load_dataset(folder)
    assert len(caught.value.problems) == 3
