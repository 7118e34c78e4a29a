"""The command line from end to end, as a user calls it."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib

import pytest

from capshare.indicators.dataset.catalogue import shipped_folder

STUDY = "china-15fyp"
FILES = {
    "abatement_steps.csv",
    "allocation.mps",
    "cap.csv",
    "groups.csv",
    "manifest.json",
    "potential.csv",
    "prices.csv",
    "provinces.csv",
    "study.toml",
    "study.xlsx",
    "targets.csv",
    "weights.csv",
}


def cold(folder, *arguments):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "capshare", *arguments]
    surroundings = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", check=False
    )


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("cold")


@pytest.fixture(scope="module")
def first(place):
    return cold(place, "run")


def test_two_processes_write_the_same_bytes(whole_isles, tmp_path):
    """One whose hash seed is any, and one whose seed is 1."""
    ended = cold(tmp_path, "run", str(whole_isles / "isles.toml"))
    assert (ended.returncode, ended.stderr) == (0, "")
    folder = tmp_path / "runs" / "isles"
    assert ended.stdout.startswith("capshare, study isles\nCap 2017: 480.0 Mt CO₂")
    assert f"Files: {folder.resolve()}\n" in ended.stdout
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["isles"]
    before, after = contents(folder), contents(whole_isles / "run")
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.slow
def test_a_run_prints_a_summary_and_leaves_its_folder(first, place):
    assert (first.returncode, first.stderr) == (0, "")
    folder = place / "runs" / STUDY
    assert first.stdout.startswith(f"capshare, study {STUDY}\nCap 2030: 12,734.9 Mt CO₂")
    assert f"Files: {folder.resolve()}\n" in first.stdout
    assert {path.name for path in folder.iterdir()} >= FILES
    assert [path.name for path in (place / "runs").iterdir()] == [STUDY]


@pytest.mark.slow
def test_every_table_named_in_the_manifest_and_the_study_can_be_read(first, place):
    folder = place / "runs" / STUDY
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"inputs", "versions", "seed", "allocation", "checks"} <= set(manifest)
    assert [ended["year"] for ended in manifest["allocation"]] == [2026, 2027, 2028, 2029, 2030]
    for ended in manifest["allocation"]:
        assert {"status", "objective_1e8yuan", "penalty_1e8yuan", "duality_gap", "solver"} <= set(ended)
    study = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    assert isinstance(study["allocation"]["penalty_yuan_per_t"], float)
    for path in folder.glob("*.csv"):
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        assert rows, path.name
        assert {len(row) for row in rows} == {len(header)}, path.name


@pytest.mark.slow
def test_the_study_it_leaves_behind_runs_again_to_the_same_tables(first, place, made_before, call, tmp_path):
    folder = place / "runs" / STUDY
    code, _, message = call("run", folder / "study.toml", "-o", "again")
    assert (code, message) == (0, "")
    again = contents(tmp_path / "again")
    before = contents(folder)
    tables = [name for name in before if name.endswith(".csv") and "/" not in name]
    assert {name: again[name] for name in tables} == {name: before[name] for name in tables}


def test_a_second_run_is_refused_and_the_first_left_as_it_is(isles, ran, call):
    folder = ran
    before = contents(folder)
    code, output, message = call("run", isles, "-o", folder)
    assert (code, output) == (2, "")
    assert message.splitlines()[0] == "capshare: 1 problem"
    assert f"output folder, {folder.resolve()}: expected a folder that does not exist yet" in message
    assert "--force" in message
    assert contents(folder) == before


@pytest.mark.slow
def test_two_processes_write_the_same_bytes_of_the_default_study(first, place, left_behind):
    """This one, whose hash seed is any, and the first, whose seed is 1."""
    before, after = contents(place / "runs" / STUDY), contents(left_behind(STUDY))
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.slow
def test_force_replaces_an_earlier_run(call, made_before, left_behind, isles, tmp_path):
    shutil.copytree(left_behind(STUDY), tmp_path / "there")
    code, output, message = call("run", isles, "-o", "there", "--force")
    assert (code, message) == (0, "")
    assert output.startswith("capshare, study isles")
    assert {path.name for path in tmp_path.iterdir()} == {"given", "there"}
    assert not (tmp_path / "there" / "targets.csv").exists()


def test_force_does_not_replace_what_is_no_run(call, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    code, _, message = call("run", STUDY, "-o", "thesis", "--force")
    assert code == 2
    assert "other files and no manifest of a run" in message
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]


def test_check_says_what_a_study_is_about_and_writes_nothing(call, tmp_path):
    code, output, message = call("check")
    assert (code, message) == (0, "")
    assert output == (
        f"{STUDY}.toml: valid. 30 provinces, 2 indicators.\n"
        "2026: cap 12260 Mt against emissions of 12489 Mt before abatement.\n"
        "2027: cap 12377 Mt against emissions of 12821 Mt before abatement.\n"
        "2028: cap 12495 Mt against emissions of 13161 Mt before abatement.\n"
        "2029: cap 12614 Mt against emissions of 13510 Mt before abatement.\n"
        "2030: cap 12735 Mt against emissions of 13869 Mt before abatement.\n"
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_data_lists_datasets_and_their_columns(call):
    code, output, message = call("data")
    assert (code, message) == (0, "")
    assert "china-2017" in output
    code, output, message = call("data", "china-2017")
    assert (code, message) == (0, "")
    assert "population_1e4" in output


def test_data_shows_every_table_and_its_vintages(call):
    code, output, message = call("data", "china-2022")
    assert (code, message) == (0, "")
    for name in (
        "co2_inventory_mt",
        "gdp_revised",
        "raw_coal_mt",
        "co2_intensity_cut_12fyp_pct",
        "kg CO2/kWh",
    ):
        assert name in output
    assert "After the 5th economic census" in output
    assert "from 2024" in output


@pytest.mark.slow
def test_data_is_verified(call, tmp_path):
    code, output, message = call("data", "china-2022", "--verify")
    assert (code, message) == (0, "")
    for text in ("18 columns of inventory", "Qinghai", "+68.6", "-9.1"):
        assert text in output
    folder = tmp_path / "copy"
    shutil.copytree(shipped_folder("china-2022"), folder)
    path = folder / "inventory.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("92.1205", "92.13", 1), encoding="utf-8")
    code, output, _ = call("data", folder, "--verify")
    assert code == 2
    assert "110000, 2005" in output
    code, _, message = call("data", "--verify")
    assert code == 2
    assert "capshare data NAME --verify" in message


@pytest.mark.slow
def test_a_new_study_is_checked_and_run(call, made_before, tmp_path):
    code, output, message = call("new", "mine")
    assert (code, message) == (0, "")
    assert "capshare check" in output
    path = tmp_path / "mine" / "study.toml"
    assert tomllib.loads(path.read_text(encoding="utf-8"))["study"]["name"] == "mine"
    code, output, _ = call("check", path)
    assert code == 0
    assert "valid" in output
    assert call("run", path, "--set", "study.years=[2030]")[0] == 0
    assert {entry.name for entry in (tmp_path / "runs" / "mine").iterdir()} >= FILES


def test_a_new_study_never_replaces_one_that_is_there(call, tmp_path):
    assert call("new", "mine")[0] == 0
    path = tmp_path / "mine" / "study.toml"
    path.write_text("# my own work\n", encoding="utf-8")
    code, _, message = call("new", "mine")
    assert code == 2
    assert "--force to replace it" in message
    assert path.read_text(encoding="utf-8") == "# my own work\n"
    assert call("new", "mine", "--force")[0] == 0
    assert "[study]" in path.read_text(encoding="utf-8")


def test_wrong_input_in_a_process_of_its_own(tmp_path):
    ended = cold(tmp_path, "run", "tian-lin-2012", "-o", "out")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[0] == "capshare: 1 problem"
    assert "Did you mean tian-lin-2021?" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_rules_that_contradict_each_other_end_with_3(call, own_study, spoil, tmp_path):
    rule = '[[allocation.constraint]]\nname = "half"\nprovinces = ["北京"]\nmin_share = 0.5\n\n[balance]'
    spoil("own.toml", "[balance]", rule)
    spoil("own.toml", "[prices]", "[prices]\nbootstrap_draws = 2")
    code, output, message = call("run", own_study, "-o", "out")
    assert (code, output) == (3, "")
    assert "Traceback" not in message
    assert not (tmp_path / "out").exists()
    lines = message.splitlines()
    assert lines[:2] == [
        "capshare: 1 problem",
        "  - allocation: expected a split of the cap that satisfies all rules; found none for 2017.",
    ]
    assert '    - allocation.constraint "half": min_share 0.5' in lines
    assert any(line.startswith('    - allocation.constraint "half": min_share 0.5 → 0.') for line in lines)
    assert "    Any one of these changes of the study file gives it a solution:" in lines
    code, _, message = call("run", own_study, "-o", "out", "--lang", "zh")
    assert code == 3
    assert "    对研究文件作以下任何一项修改即可有解：" in message.splitlines()


def test_help_and_version(call):
    code, output, _ = call("--help")
    assert code == 0
    for command in ("run", "check", "data", "new"):
        assert f"\n  {command} " in output
    assert call("--version")[0] == 0
