"""The folder of a benchmark among those of runs: listed, verified, and named where a run is asked for."""

import os
import shutil
import subprocess
import sys

import pytest

TABLE = (
    "facility,province,sector,year,emissions_t,output,benchmark\n"
    "works,Shanxi,steel,2025,2000000,1000000,2\n"
    "mill,Hebei,steel,2025,1800000,1000000,2\n"
)


@pytest.fixture
def runs(call, tmp_path):
    """A folder of two benchmarks, one of them edited since."""
    (tmp_path / "works.csv").write_text(TABLE, encoding="utf-8")
    assert call("benchmark", "works.csv", "-o", "runs/sound")[0] == 0
    shutil.copytree(tmp_path / "runs" / "sound", tmp_path / "runs" / "edited")
    path = tmp_path / "runs" / "edited" / "provinces.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Shanxi", "Shansi"), encoding="utf-8")
    return tmp_path / "runs"


def test_benchmarks_are_listed_by_their_table(runs, call):
    code, output, message = call("runs")
    assert (code, message) == (0, "")
    lines = {line.split()[0]: " ".join(line.split()) for line in output.splitlines() if "2025" in line}
    assert set(lines) == {"sound", "edited"}
    assert "sound benchmark of works.csv" in lines["sound"]
    assert lines["sound"].endswith("2025 - - - - unchanged")
    assert "edited, changed: provinces.csv edited" in output
    assert "benchmark of works.csv" in call("runs", runs / "sound")[1]


def test_benchmarks_are_verified_in_the_list(runs, call):
    _, output, _ = call("runs", "--verify")
    states = {line.split()[0]: line.rstrip() for line in output.splitlines() if "2025" in line}
    assert states["sound"].endswith(" verified")
    assert states["edited"].endswith("NOT verified")
    assert "edited, NOT verified: provinces.csv" in output


def test_a_damaged_benchmark_is_listed_as_such(runs, call):
    (runs / "sound" / "manifest.json").write_text('{"benchmark": 1, "versions": {}}', encoding="utf-8")
    _, output, _ = call("runs")
    assert "sound, damaged: manifest.json, benchmark: expected what capshare benchmark wrote" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "Shanxi", "runs/sound"),
        ("compare", "runs/sound", "runs/edited"),
        ("benchmark", "works.csv", "--against", "runs/sound"),
    ],
)
def test_where_a_run_is_asked_for_the_message_says_what_the_folder_is(runs, call, arguments):
    code, _, message = call(*arguments, "-o", "out") if arguments[0] != "explain" else call(*arguments)
    assert code == 2
    assert (
        "runs/sound: expected a folder with the manifest.json of a run; found the folder of a benchmark"
        in (" ".join(message.split()))
    )
    assert "`capshare verify` repeats it and `capshare benchmark` takes its facilities" in message


def test_a_folder_without_facilities_is_told_as_such(call, tmp_path):
    (tmp_path / "plan").mkdir()
    code, _, message = call("benchmark", "plan", "-o", "out")
    assert code == 2
    assert "found 'plan', a folder without facilities.csv" in message
    assert "the folder of a run is for --against" in message


@pytest.mark.slow
def test_hash_seeds_give_the_same_bytes(tmp_path):
    rows = "".join(
        f"f{place},{province},{sector},{year},{1000 + place * 7.3},{900 + place},,,\n"
        for place, province in enumerate(("Shanxi", "河北", "Beijing", "440000") * 5)
        for sector in (("steel", "cement", "aluminium")[place % 3],)
        for year in (2024, 2025)
    )
    head = "facility,province,sector,year,emissions_t,output,carried_t,offsets_t,status\n"
    (tmp_path / "mixed.csv").write_text(head + rows, encoding="utf-8")
    folders = []
    for seed in ("0", "1", "2"):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "capshare", "benchmark", "mixed.csv", "-o", str(folder)]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=tmp_path, check=True)
        folders.append({path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert len(folders[0]) > 8
    assert folders[0] == folders[1] == folders[2]
