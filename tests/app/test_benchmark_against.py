"""Facilities beside the quotas of a run: gaps, years that differ, runs that do not fit, folders that lie."""

import json
import shutil

import pandas as pd
import pytest

TABLE = """facility,province,sector,year,emissions_t,output,benchmark
A,Shanxi,steel,2025,22000000,10000000,2
B,Hebei,steel,2025,16000000,10000000,2
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tables_left):
    return tables_left("tian-lin-2021-t20")


def test_the_sums_stand_beside_the_quotas_of_the_run(call, table, folder, tmp_path):
    code, output, message = call("benchmark", table, "--against", folder, "-o", "out")
    assert (code, message) == (0, "")
    assert "Beside tian-lin-2021-t20, 2017: facilities emit" in " ".join(output.split())
    # The run is of 2017, the facilities of 2025.
    assert "Facilities are of 2025, quotas and emissions of tian-lin-2021-t20 of 2017" in " ".join(
        output.split()
    )
    found = pd.read_csv(tmp_path / "out" / "provinces.csv", dtype={"code": str}).set_index("code")
    run = pd.read_csv(folder / "provinces.csv", dtype={"code": str}).set_index("code")
    assert list(found.index) == list(run.index)
    assert found["province_quota_mt"].tolist() == run["quota_mt"].tolist()
    # A is 10 % above: 22 Mt x 0.985 = 21.67; B 20 % below: 16 Mt x 1.03 = 16.48.
    for code, quota_mt, emissions_mt in (("140000", 21.67, 22.0), ("130000", 16.48, 16.0)):
        row = found.loc[code]
        assert row["gap_mt"] == pytest.approx(run.loc[code, "quota_mt"] - quota_mt)
        assert row["share_covered"] == pytest.approx(emissions_mt / run.loc[code, "emissions_mt"])
        assert row["rest_emissions_mt"] == pytest.approx(run.loc[code, "emissions_mt"] - emissions_mt)
    assert found["gap_mt"].sum() == pytest.approx(run["quota_mt"].sum() - 38.15)
    assert call("verify", "out")[0] == 0


def test_a_year_that_the_run_lacks(call, table, folder):
    code, _, message = call("benchmark", table, "--against", folder, "--against-year", 2030, "-o", "out")
    assert code == 2
    assert "--against-year: expected a year of the run: 2017; found 2030" in message


def test_a_run_of_another_country(call, table, ran, tmp_path):
    code, _, message = call("benchmark", table, "--against", ran, "-o", "quotas")
    assert code == 2
    assert "own.csv, column province: expected provinces of the run isles; found 130000, 140000" in message
    assert not (tmp_path / "quotas").exists()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("benchmark", {"table": 5}, "manifest.json, benchmark: expected what capshare benchmark wrote"),
        ("inputs", {"../../secret": "0"}, "manifest.json, benchmark: expected what capshare benchmark wrote"),
        (
            "inputs",
            {"table/other.csv": "0"},
            "manifest.json, inputs: expected the copy table/own.csv; found none",
        ),
        (
            "benchmark",
            {"table": "own.csv", "shipped": True, "year": 2025},
            "manifest.json, inputs: expected the copy table/power_plants.csv; found none",
        ),
        (
            "benchmark",
            {"table": "own.csv", "shipped": False, "year": 2031},
            "expected a year of own.csv: 2025",
        ),
        (
            "benchmark",
            {"table": "own.csv", "shipped": False, "year": 2025, "against": {"study": "x", "year": 2030}},
            "manifest.json, inputs: expected the copy run/against.csv; found none",
        ),
    ],
)
def test_a_manifest_that_lies_is_refused_in_words(call, table, tmp_path, key, value, told):
    assert call("benchmark", table, "-o", "out")[0] == 0
    path = tmp_path / "out" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {key: value}), encoding="utf-8")
    code, _, message = call("verify", "out")
    assert code == 2
    assert told in message, message


def test_a_folder_without_its_copies_says_which(call, table, tmp_path):
    assert call("benchmark", table, "-o", "out")[0] == 0
    shutil.rmtree(tmp_path / "out" / "inputs")
    code, _, message = call("verify", "out")
    assert code == 2
    assert "own.csv" in message
