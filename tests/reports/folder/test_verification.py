"""A run's folder against the run made again: each way of not agreeing is named."""

import json
import re
import zipfile

import pytest

from capshare.reports.folder.run_folder import read_run
from capshare.reports.folder.tables import tables
from capshare.reports.folder.verification import verification
from capshare.reports.folder.write import contents, write

pytestmark = pytest.mark.usefixtures("quick_files")


@pytest.fixture
def folder(result, tmp_path):
    return write(result, tmp_path / "run")


@pytest.fixture
def verify(result, folder):
    """Verdicts on the folder as it is now, by file."""
    again = contents(result)
    keys = {table.file: tuple(frame.index.names) for table, frame in tables(result).items()}

    def verdicts():
        found = verification(read_run(folder), again, keys)
        return {file.name: file for file in found.files if file.verdict != "identical"}, found

    return verdicts


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_untouched_folder_agrees(verify):
    others, found = verify()
    assert (others, found.agrees, dict(found.versions)) == ({}, True, {})


def test_a_changed_digit_is_named_with_its_cell_and_size(folder, verify):
    edit(folder / "provinces.csv", "520.5", "521.5")
    others, found = verify()
    assert not found.agrees
    assert set(others) == {"provinces.csv"}
    [file] = others.values()
    assert file.edited
    assert (file.difference.where, file.difference.here, file.difference.again) == (
        "150000, emissions_mt", "521.5", "520.5"
    )  # fmt: skip
    assert (file.difference.count, file.difference.largest) == (1, pytest.approx(1.0))
    assert file.difference.relative == pytest.approx(1 / 521.5)


@pytest.mark.parametrize("name", ["study.toml", "allocation.mps"])
def test_a_changed_text_is_named_with_its_line(folder, verify, name):
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + "x = 1\n", encoding="utf-8")
    others, _ = verify()
    assert set(others) == {name}
    assert re.match(r"1 place differs at line \d+: x = 1, again nothing", str(others[name].difference))


@pytest.mark.parametrize(
    ("old", "new"),
    [('"objective_1e8yuan": 7.8125', '"objective_1e8yuan": 7.8126'), ('"passed": true', '"passed": false')],
)
def test_an_edited_manifest_is_named(folder, verify, old, new):
    edit(folder / "manifest.json", old, new)
    assert set(verify()[0]) == {"manifest.json"}


def test_a_false_digest_is_named(folder, verify):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["weights.csv"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    others, found = verify()
    assert not found.agrees
    assert "SHA-256 of weights.csv" in str(others["manifest.json"].difference)


def test_an_edited_input_is_named(folder, verify):
    (folder / "inputs" / "data" / "provinces.csv").write_bytes(b"abcd")
    others, found = verify()
    assert not found.agrees
    assert others["inputs/data/provinces.csv"].verdict == "differs"


def test_a_missing_file_fails_and_one_put_beside_them_does_not(folder, verify):
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    others, found = verify()
    assert (others["notes.txt"].verdict, found.agrees) == ("not of this run", True)
    (folder / "weights.csv").unlink()
    others, found = verify()
    assert (others["weights.csv"].verdict, found.agrees) == ("missing", False)


def test_another_version_is_named_and_does_not_fail_by_itself(folder, verify):
    edit(folder / "manifest.json", '"pandas": "', '"pandas": "0.')
    others, found = verify()
    assert (others["manifest.json"].verdict, found.agrees) == ("same content", True)
    [(name, (then, now))] = found.versions.items()
    assert (name, then) == ("pandas", f"0.{now}")


def test_what_only_one_version_writes(folder, verify):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["files"]["groups.csv"]
    manifest["files"]["older.csv"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "groups.csv").unlink()
    (folder / "older.csv").write_text("x\n", encoding="utf-8")
    others, _ = verify()
    assert others["groups.csv"].verdict == "not in this run"
    assert others["older.csv"].verdict == "differs"


def test_a_workbook_packed_differently_holds_the_same(folder, verify):
    path = folder / "study.xlsx"
    with zipfile.ZipFile(path) as book:
        entries = [(name, book.read(name)) for name in book.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as book:
        for name, data in entries:
            book.writestr(name, data)
    others, found = verify()
    assert (others["study.xlsx"].verdict, others["study.xlsx"].edited, found.agrees) == (
        "same content",
        True,
        True,
    )
    path.write_bytes(b"no workbook")
    assert verify()[0]["study.xlsx"].verdict == "differs"


def test_the_manifest_of_an_older_version_without_digests(folder, verify):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["files"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert verify()[1].agrees
