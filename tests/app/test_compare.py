"""``capshare compare`` as a user calls it."""

import json
import shutil

import pytest
from openpyxl import load_workbook


@pytest.fixture
def two_runs(one_run, made_before, call, isles):
    """Two runs of the islands that differ in how far a quota may lie from its entitlement."""
    strict = isles.with_name("strict.toml")
    text = isles.read_text(encoding="utf-8")
    strict.write_text(f"{text}[allocation]\nmax_deviation = 0.05\n", encoding="utf-8")
    code, _, message = call("run", strict, "-o", "strict")
    assert code == 0, message
    return one_run, "strict"


@pytest.mark.slow
def test_runs_are_compared_without_running_them_again(two_runs, call, tmp_path):
    shutil.rmtree(tmp_path / "given")
    code, out, message = call("compare", *two_runs, "-o", "both")
    assert (code, message) == (0, "")
    assert "allocation.max_deviation  0.2    0.05" in out
    folder = tmp_path / "both"
    assert {path.name for path in folder.iterdir()} == {"comparison.xlsx", "comparison.html", "manifest.json"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [run["name"] for run in manifest["runs"]] == ["isles", "strict"]
    assert load_workbook(folder / "comparison.xlsx").sheetnames[:3] == [
        "Contents",
        "In short",
        "What differs in the settings",
    ]
    assert call("compare", *two_runs, "-o", "both")[0] == 2
    code, out, _ = call("compare", *two_runs, "-o", "both", "--force", "--lang", "zh")
    assert code == 0
    assert "并列比较" in out
    assert call("runs", ".")[1].count("unchanged") == 2


@pytest.fixture
def one_run(whole_isles, isles, tmp_path):
    """A run of the islands, beside their study."""
    shutil.copytree(whole_isles / "run", tmp_path / "isles")
    return "isles"


@pytest.mark.slow
def test_what_each_setting_does_is_told_and_a_year_can_be_named(two_runs, call):
    code, out, message = call("compare", *two_runs, "-o", "both", "--year", "2017")
    assert (code, message) == (0, "")
    told = out.partition("What each setting does")[2].partition("Figures")[0]
    assert "allocation.max_deviation" in told
    code, out, message = call("compare", *two_runs, "-o", "other", "--year", "2030")
    assert (code, out) == (2, "")
    assert "a year that every run allocates: 2017; found 2030" in message


@pytest.mark.slow
def test_an_edited_run_is_compared_with_a_warning(one_run, call, tmp_path):
    shutil.copytree(tmp_path / one_run, tmp_path / "edited")
    path = tmp_path / "edited" / "provinces.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Fern", "Ferny"), encoding="utf-8")
    code, out, message = call("compare", one_run, "edited")
    assert code == 0
    assert message.startswith("capshare, note: edited was changed after its run (provinces.csv edited)")
    assert "CHANGED: provinces.csv edited" in " ".join(out.split())
    page = (tmp_path / "runs" / "comparison" / "comparison.html").read_text(encoding="utf-8")
    assert "CHANGED: provinces.csv edited" in page


def test_what_is_no_pair_of_runs_ends_in_one_message(one_run, call, tmp_path):
    for folders, message in (
        ((), "found 0"),
        ((one_run,), "expected 2 to 8 folders of runs; found 1"),
        ((one_run, "given"), "expected a folder with the manifest.json of a run; found a folder without one"),
    ):
        code, out, said = call("compare", *folders)
        assert (code, out) == (2, "")
        assert said.startswith("capshare: 1 problem\n")
        assert message in said
    assert not (tmp_path / "runs").exists()
