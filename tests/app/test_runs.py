"""The list of runs tells at a glance what each is, and whether it still stands."""

import shutil

import pytest


@pytest.fixture
def three(whole_isles, made_before, tmp_path):
    """A folder of three runs, one whole, one edited, one without a table, beside what is no run."""
    runs = tmp_path / "runs"
    shutil.copytree(whole_isles / "run", runs / "whole")
    shutil.copytree(runs / "whole", runs / "edited")
    shutil.copytree(runs / "whole", runs / "gone")
    path = runs / "edited" / "provinces.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Aster", "Oster"), encoding="utf-8")
    (runs / "gone" / "provinces.csv").unlink()
    (runs / "thesis").mkdir()
    (runs / "note.txt").write_text("x", encoding="utf-8")
    shutil.copytree(runs / "whole", runs / ".whole.abcdefgh.part")
    return runs


def test_each_run_is_listed_with_its_figures_and_state(three, call):
    code, output, message = call("runs")
    assert (code, message) == (0, "")
    lines = {line.split()[0]: line.split() for line in output.splitlines() if line.strip()}
    assert set(lines) == {"run", "edited", "gone", "whole", "cap,", "edited,", "gone,"}
    assert lines["whole"][1] == "isles"
    assert lines["whole"][4:6] == ["2017", "480.0"]
    assert lines["whole"][-1] == "unchanged"
    # Without its table the run has no such figures, and says so.
    assert lines["gone"][6:8] == ["-", "-"]
    assert "edited, changed: provinces.csv edited" in output
    assert "gone, changed: provinces.csv missing" in output


@pytest.mark.slow
def test_runs_can_be_verified_in_the_list(three, call):
    _, output, _ = call("runs", three, "--verify")
    states = {line.split()[0]: line for line in output.splitlines() if " isles " in line}
    assert states["whole"].rstrip().endswith(" verified")
    assert states["edited"].rstrip().endswith("NOT verified")
    assert "edited, NOT verified: provinces.csv" in output


def test_one_run_can_be_named_itself(three, call):
    _, output, _ = call("runs", three / "whole")
    assert "isles" in output
    assert "edited" not in output


def test_a_folder_without_runs_and_no_folder(call, tmp_path):
    (tmp_path / "empty").mkdir()
    assert call("runs", "empty")[:2] == (0, "No runs in empty.\n")
    code, _, message = call("runs", "nowhere")
    assert code == 2
    assert "folder of runs, nowhere: expected a folder" in message
