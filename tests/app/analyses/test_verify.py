"""A run is made again from its folder alone, and every file that does not agree is named."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from capshare.analyses.run import run
from capshare.analyses.verify import verify
from capshare.reports.folder.write import contents
from capshare.study.reading import load_study, shipped_studies


@pytest.fixture
def folder(ran):
    """Folder of a run without the study and the dataset it was made of."""
    return ran


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def verdicts(folder):
    return {file.name: file.verdict for file in verify(folder).files}


@pytest.mark.slow
def test_a_run_verifies_from_its_folder_alone_wherever_it_is_moved(folder, call, tmp_path):
    moved = tmp_path / "elsewhere" / "copy"
    shutil.copytree(folder, moved)
    shutil.rmtree(folder)
    code, output, message = call("verify", moved)
    assert (code, message) == (0, "")
    assert "Verified: all" in output
    found = verdicts(moved)
    assert set(found.values()) == {"identical"}
    assert {name for name in found if name.startswith("inputs/")} >= {
        "inputs/isles.toml", "inputs/datapackage.json", "inputs/regions.csv", "inputs/provinces.csv"
    }  # fmt: skip


@pytest.mark.slow
def test_one_digit_changed_in_a_table_is_named_with_its_size(folder, made_before, call):
    path = folder / "provinces.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    quota = rows[3]["quota_mt"]
    changed = quota.replace(quota[-1], "1" if quota[-1] != "1" else "2", 1)
    edit(path, quota, changed)
    found = {file.name: file for file in verify(folder).files}
    assert {name for name, file in found.items() if not file.agrees} == {"provinces.csv"}
    difference = found["provinces.csv"].difference
    assert (difference.where, difference.here, difference.again) == ("d, quota_mt", changed, quota)
    assert difference.largest == pytest.approx(abs(float(changed) - float(quota)))
    code, output, _ = call("verify", folder)
    assert code == 2
    assert "NOT verified: 1 of" in output
    assert "edited since" in output


@pytest.mark.slow
def test_an_edited_input_is_named_with_everything_it_changes(folder):
    edit(folder / "inputs" / "provinces.csv", "1200", "1300")
    bad = {file.name for file in verify(folder).files if not file.agrees}
    assert {"inputs/provinces.csv", "provinces.csv", "weights.csv", "study.xlsx"} <= bad
    assert "study.toml" not in bad


@pytest.mark.slow
def test_another_version_is_compared_and_named(folder, made_before, call):
    edit(folder / "manifest.json", '"pandas": "', '"pandas": "0.')
    code, output, _ = call("verify", folder)
    assert code == 0
    assert "written by other versions: pandas 0." in output


def test_a_folder_that_cannot_be_run_again_says_what_was_changed(folder, call):
    (folder / "inputs" / "regions.csv").unlink()
    edit(folder / "study.toml", "[allocation]", "[alocation]")
    code, output, message = call("verify", folder)
    assert (code, output) == (2, "")
    assert "run folder, study.toml: expected the file as the run left it; found it edited" in message
    assert "run folder, inputs/regions.csv: expected the file as the run left it; found it missing" in message
    assert "Did you mean allocation?" in message


def test_a_folder_does_not_choose_which_program_is_started(folder, call, tmp_path, monkeypatch):
    program = tmp_path / "programs" / "anything"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    edit(folder / "study.toml", 'name = "highs"', 'name = "anything"')
    for command in (("verify", folder), ("explain", "Aster", folder)):
        code, output, message = call(*command)
        assert (code, output) == (2, "")
        assert "study.toml, solver.name: expected one of highs, " in message
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_what_is_no_run_is_refused(call, place):
    code, output, message = call("verify", place)
    assert (code, output) == (2, "")
    assert "a folder with the manifest.json of a run" in message


@pytest.mark.parametrize("name", shipped_studies())
def test_the_study_a_run_leaves_is_the_study_that_ran(name, split, tmp_path, monkeypatch):
    # Workbook and page take most of the time and have no part in it.
    monkeypatch.setattr("capshare.reports.folder.write.workbook_bytes", lambda result, lang, unit: b"")
    monkeypatch.setattr("capshare.reports.folder.write.report_html", lambda result, lang: "")
    (tmp_path / "study.toml").write_bytes(contents(split(name))["study.toml"])
    left, ran = load_study(tmp_path / "study.toml").study.settings(), dict(split(name).study.settings)
    for place in ("dataset", "scenario"):
        left["study"].pop(place, None)
        ran["study"] = {key: value for key, value in ran["study"].items() if key != place}
    assert left == ran


@pytest.mark.slow
def test_the_order_of_input_rows_does_not_matter(isles, whole_isles):
    before = {path.name: path.read_bytes() for path in (whole_isles / "run").iterdir() if path.is_file()}
    for name in ("regions", "provinces"):
        path = isles.parent / "isles" / f"{name}.csv"
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([header, *reversed(rows)]), encoding="utf-8")
    after = contents(run(isles))
    # They list the digests of the inputs, whose bytes did change.
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"manifest.json", "report.html", "study.xlsx"}
    books = [load_workbook(io.BytesIO(files["study.xlsx"])) for files in (before, after)]
    cells = [{(sheet.title, *place) for sheet in book for place in filled(sheet)} for book in books]
    assert {sheet for sheet, *_ in cells[0] ^ cells[1]} == {"Cover", "Study file"}
    manifests = [json.loads(files["manifest.json"]) for files in (before, after)]
    assert {key for key in manifests[0] if manifests[0][key] != manifests[1][key]} == {"inputs", "files"}


def filled(sheet):
    """Place and content of the cells."""
    return ((cell.coordinate, cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.slow
@pytest.mark.parametrize("study", ["tian-lin-2021", "china-2035"])
def test_processes_threads_and_hash_seeds_give_the_same_bytes(study, tmp_path):
    folders = []
    for number, (threads, seed) in enumerate([("1", "1"), ("2", "2"), ("7", "random")]):
        names = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
        surroundings = {
            **os.environ,
            **{f"{name}_NUM_THREADS": threads for name in names},
            "PYTHONHASHSEED": seed,
        }
        command = [sys.executable, "-m", "capshare", "run", study, "-o", str(tmp_path / str(number))]
        ended = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)
        assert ended.returncode == 0, ended.stderr
        folders.append(tmp_path / str(number))
    first, *others = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    )
    for other in others:
        assert {name for name in {*first, *other} if first.get(name) != other.get(name)} == set()
