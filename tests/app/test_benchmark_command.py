"""The command benchmark: a folder that verifies, in both languages, and one message for what is wrong."""

import csv
import json
import tomllib

import pandas as pd
import pytest

HEAD = "facility,province,sector,year,emissions_t,output,benchmark"
TABLE = f"""{HEAD}
A,Shanxi,steel,2024,2000000,1000000,
A,Shanxi,steel,2025,2200000,1000000,2
B,内蒙古,钢铁,2025,1600000,1000000,2
C,Guangdong,cement,2025,900000,1000000,
"""


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_of_ones_own(call, table, tmp_path):
    code, output, message = call("benchmark", table, "-o", "out")
    assert (code, message) == (0, "")
    assert max(map(len, output.splitlines())) <= 100
    assert "Facilities of own.csv, 2025\n3 facilities in 3 provinces emitted 4.7 Mt CO₂ in 2025" in output
    found = rows(tmp_path / "out" / "facilities.csv")
    assert list(found[0])[:14] == [
        "facility", "province", "sector", "emissions_t", "output", "intensity", "benchmark", "deviation",
        "quota_t", "advance_t", "settled_t", "offset_limit_t", "surrender_t", "shortfall_t",
    ]  # fmt: skip
    # A is 10 % above: 2.2 Mt x 0.985. B is 20 % below: 1.6 Mt x 1.03. C stands alone, so at its mean.
    assert [float(row["quota_t"]) for row in found] == pytest.approx([2_167_000, 1_648_000, 900_000])
    # Of A the year before is in the table: 70 % of 2.0 Mt.
    assert float(found[0]["advance_t"]) == pytest.approx(1_400_000)
    assert [row["province"] for row in found] == ["140000", "150000", "440000"]
    provinces = rows(tmp_path / "out" / "provinces.csv")
    assert list(provinces[0])[:6] == [
        "code", "emissions_t", "quota_t", "province_quota_mt", "gap_mt", "share_covered",
    ]  # fmt: skip
    assert provinces[0]["gap_mt"] == ""
    assert sum(float(row["quota_t"]) for row in provinces) == pytest.approx(4_715_000)
    code, output, _ = call("verify", "out")
    assert (code, output.splitlines()[-1][:9]) == (0, "Verified:")


def test_an_edited_folder_does_not_verify(call, table, tmp_path):
    assert call("benchmark", table, "-o", "out")[0] == 0
    path = tmp_path / "out" / "facilities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1648000.0", "1648001.0"), encoding="utf-8")
    code, output, _ = call("verify", "out")
    assert code == 2
    assert "NOT verified: 1 of" in output
    assert "1648001.0, again 1648000.0" in " ".join(output.split())


def test_a_folder_is_replaced_only_when_asked(call, table):
    assert call("benchmark", table, "-o", "out")[0] == 0
    code, _, message = call("benchmark", table, "-o", "out")
    assert (code, "--force" in message) == (2, True)
    assert call("benchmark", table, "-o", "out", "--force")[0] == 0


def test_in_chinese(call, table, tmp_path):
    code, output, _ = call("benchmark", table, "-o", "out", "--lang", "zh")
    assert code == 0
    assert "own.csv的设施，2025年" in output
    assert "钢铁" in output
    assert "内蒙古" in output
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["lang"] == "zh"
    assert call("verify", "out")[0] == 0


@pytest.mark.slow
def test_another_year_and_own_rules(call, table, tmp_path):
    assert call("benchmark", table, "-o", "out", "--year", 2024)[0] == 0
    # In 2024 quotas equal emissions.
    (row,) = rows(tmp_path / "out" / "facilities.csv")
    assert (row["quota_t"], row["form"]) == ("2000000.0", "emissions")
    (tmp_path / "rules.toml").write_text(
        '[terms]\nadvance_share = 0.5\n[[sector]]\nname = "steel"\nalso = ["钢铁"]\noutput_unit = "t"\n'
        '[[sector.rule]]\nfirst_year = 2025\nform = "output"\nbenchmark = 1.9\n',
        encoding="utf-8",
    )
    assert call("benchmark", table, "-o", "own", "--parameters", "rules.toml")[0] == 0
    found = rows(tmp_path / "own" / "facilities.csv")
    # The table's benchmark of 2 goes before the file's; the advance is 50 % of 2.0 Mt.
    assert [float(row["quota_t"]) for row in found[:2]] == [2e6, 2e6]
    assert float(found[0]["advance_t"]) == pytest.approx(1e6)
    said = tomllib.loads((tmp_path / "own" / "parameters.toml").read_text(encoding="utf-8"))
    assert said["terms"]["advance_share"] == {"value": 0.5, "source": "", "status": "own"}
    assert call("verify", "own")[0] == 0


def test_all_that_is_wrong_is_told_at_once(call, tmp_path):
    (tmp_path / "bad.csv").write_text(
        f"{HEAD},unit_class\n"
        "A,Shanxi,steel,2025,10,5,0,\n"
        "A,Shanxi,steel,2025,10,-5,,\n"
        "B,Shanxj,steal,2025,ten,5,,\n"
        "P,Shanxi,power,2025,10,5,,oil\n",
        encoding="utf-8",
    )
    code, output, message = call("benchmark", "bad.csv", "-o", "out")
    assert (code, output) == (2, "")
    told = message.splitlines()
    assert told[0] == "capshare: 7 problems"
    for part in (
        "row 2, column benchmark: expected a number above 0; found 0",
        "row 3, column output: expected a finite number, at least 0",
        "row 3: expected each facility once a year; found 'A' again in 2025, as in row 2",
        "row 4, column province: expected one of the 30 regions; found 'Shanxj'",
        "row 4, column sector: expected a sector that the rules of the market know: aluminium, cement, "
        "power, steel; found 'steal'. Did you mean steel?",
        "row 4, column emissions_t: expected a finite number, at least 0, at most 1e+11; found 'ten'",
        "row 5, column unit_class: expected a unit class with a benchmark for power 2025; found 'oil'. "
        "None is known for 2025. State its class, or a benchmark of its own in the table.",
    ):
        assert any(part in line for line in told), part
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("missing", ["facility", "province", "sector", "year", "emissions_t", "output"])
def test_a_missing_column_is_told_with_all_else_that_is_wrong(call, tmp_path, missing):
    row = {"facility": "A", "province": "Shanxi", "sector": "steel", "year": "2025", "emissions_t": "10",
           "output": "5", "heat_gj": "-1"}  # fmt: skip
    del row[missing]
    (tmp_path / "bad.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    code, output, message = call("benchmark", "bad.csv", "-o", "out")
    assert (code, output) == (2, "")
    assert f"bad.csv, column {missing}: expected this column; found none" in message
    assert "row 2, column heat_gj: expected a finite number, at least 0" in message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("nothing.csv",),
            "facilities: expected a CSV, an Excel workbook, or the shipped table power-plants",
        ),
        (("rules.toml",), "facilities: expected a CSV or an Excel workbook; found a study file, rules.toml"),
        ((".",), "facilities: expected a CSV, an Excel workbook, or a folder that capshare benchmark wrote"),
        (("own.csv", "--against", "."), "expected a folder with the manifest.json of a run; found a folder"),
        (("own.csv", "--year", "2030"), "--year: expected a year of own.csv: 2024, 2025; found 2030"),
        (("own.csv", "--against", "none"), "run folder, none: expected a folder with the manifest.json"),
        (("own.csv", "--against-year", "2030"), "--against-year is about the run that --against names"),
        (
            ("own.csv", "--parameters", "rules.toml"),
            "rules.toml, terms.advance_share: expected a share from 0",
        ),
        (("own.csv", "--parameters", "rules.toml"), "rules.toml, terms.offset: expected a key of terms"),
        (("own.csv", "--parameters", "rules.toml"), "rules.toml, sector 1.rule 1.form: expected 'emissions'"),
    ],
)
def test_wrong_arguments(call, table, arguments, told):
    (table.parent / "rules.toml").write_text(
        '[terms]\nadvance_share = 1.7\noffset = 3\n[[sector]]\nname = "glass"\noutput_unit = "t"\n'
        '[[sector.rule]]\nfirst_year = 2025\nform = "bend"\n',
        encoding="utf-8",
    )
    code, _, message = call("benchmark", *arguments, "-o", "out")
    assert (code, told in message) == (2, True), message
    assert not (table.parent / "out").exists()


def test_the_shipped_plants_are_called_an_estimate(call, tmp_path):
    code, output, _ = call("benchmark", "power-plants", "-o", "out")
    assert code == 0
    assert "Coal and gas plants of China, 2019 (estimate)" in output
    assert "By province, 2019 (estimate)" in output
    assert "No figure of a plant is verified" in " ".join(output.split())
    found = pd.read_csv(tmp_path / "out" / "facilities.csv")
    assert set(found["status"]) == {"estimate"}
    # Of 2019-2020: every plant's benchmark is that of its class, and its quota benchmark times output.
    assert set(found["benchmark"]) <= {0.877, 0.979, 1.146, 0.392}
    assert set(found["form"]) == {"output"}
    check = pd.read_csv(tmp_path / "out" / "estimate_check.csv")
    assert len(check) == 30
    assert check["estimate_mt"].sum() == pytest.approx(found["emissions_t"].sum() / 1e6)
    assert check["share_of_inventory"].between(0.4, 1.3).all()
    assert call("verify", "out")[0] == 0


def test_a_synthetic_table_to_start_from(call, tmp_path):
    code, output, _ = call("new", "mine", "--facilities", 40, "--seed", 3)
    assert (code, "synthetic, of no real facility" in output) == (0, True)
    command = next(line for line in output.splitlines() if line.startswith("capshare benchmark")).split()
    code, output, _ = call(*command[1:])
    assert code == 0
    assert "Facilities of synthetic.csv, 2025 (synthetic)" in output
    assert len(rows(tmp_path / "mine" / "quotas" / "facilities.csv")) == 40
    code, _, message = call("new", "mine", "--facilities", 40)
    assert (code, "an existing file" in message) == (2, True)
    code, _, message = call("new", "other", "--facilities", 40, "--dataset")
    assert (code, "--facilities writes no study" in message) == (2, True)


@pytest.mark.slow
def test_a_result_is_a_table_as_well(call, table, tmp_path):
    assert call("benchmark", table, "-o", "out", "--year", 2025)[0] == 0
    code, output, message = call("benchmark", tmp_path / "out" / "facilities.csv", "-o", "again")
    assert (code, message) == (0, "")
    assert "computed anew and not read: intensity, deviation, quota_t" in " ".join(output.split())
    first, again = (rows(tmp_path / name / "facilities.csv") for name in ("out", "again"))
    assert [row["quota_t"] for row in again] == [row["quota_t"] for row in first]
    # Its folder stands for it, though not for a run.
    assert call("benchmark", "out", "-o", "third")[0] == 0
    assert (tmp_path / "third" / "facilities.csv").read_bytes() == (
        tmp_path / "again" / "facilities.csv"
    ).read_bytes()
    code, _, message = call("benchmark", table, "--against", "out", "-o", "fourth")
    assert (code, "of a run; found the folder of a benchmark" in message) == (2, True)
