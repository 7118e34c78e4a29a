import errno
import json
import math
import os
import tomllib
from pathlib import Path

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.folder import atomic
from capshare.reports.folder.new_folder import require_replaceable
from capshare.reports.folder.write import contents, write

pytestmark = pytest.mark.usefixtures("quick_files")

FILES = {
    *("weights.csv", "normalised.csv", "provinces.csv", "groups.csv", "prices.csv", "abatement_steps.csv"),
    *("cap.csv", "potential.csv", "published.csv", "agreement.csv", "within_rules.csv"),
    *("study.toml", "manifest.json", "allocation.mps", "study.xlsx", "inputs"),
    *("contributions.csv", "grouping.csv", "years.csv", "report.html", "notes.json"),
}


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def held(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_run_leaves_exactly_its_files(result, place):
    assert names(write(result, place / "run")) == FILES
    assert names(place) == {"run"}


def test_text_files_end_with_a_newline_and_are_utf_8(result):
    for name, data in contents(result).items():
        if name != "study.xlsx" and not name.startswith("inputs/"):
            assert data.decode("utf-8").endswith("\n"), name
            assert b"\r" not in data, name


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(result, monkeypatch):
    monkeypatch.undo()  # with their workbooks and pages
    assert contents(result) == contents(result)


def test_study_toml_is_the_settings_without_nothing(result):
    study = tomllib.loads(contents(result)["study.toml"].decode())
    assert study["cap"]["mt"] == {"2017": 2700.0}
    assert study["allocation"] == {"ceiling": math.inf, "constraint": [{"name": "西部"}]}


def test_the_inputs_are_copied_and_the_study_reads_the_copies(result):
    files = contents(result)
    assert files["inputs/data/provinces.csv"] == b"abc"
    assert tomllib.loads(files["study.toml"].decode())["study"]["dataset"] == "inputs"


def test_a_workbook_and_a_scenario_are_read_from_their_copies(changed):
    inputs = {"mine.xlsx": b"book", "scenario/slow.csv": b"growth"}
    files = contents(changed(study__files=inputs))
    assert (files["inputs/mine.xlsx"], files["inputs/scenario/slow.csv"]) == (b"book", b"growth")
    study = tomllib.loads(files["study.toml"].decode())["study"]
    assert (study["dataset"], study["scenario"]) == ("inputs/mine.xlsx", "inputs/scenario/slow.csv")


def test_the_manifest_has_the_digest_of_every_other_file(result):
    files = contents(result)
    manifest = json.loads(files["manifest.json"])
    digests = manifest["files"] | {f"inputs/{name}": digest for name, digest in manifest["inputs"].items()}
    assert set(digests) == set(files) - {"manifest.json"}
    # FIPS 180-2, appendix B.1: the digest of the message "abc".
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digests["inputs/data/provinces.csv"] == abc


def test_a_table_of_a_data_package_may_have_the_name_of_a_workbook(changed):
    inputs = {"datapackage.json": b"{}", "regions.xlsx": b"code,name_en\n"}
    files = contents(changed(study__files=inputs))
    assert tomllib.loads(files["study.toml"].decode())["study"]["dataset"] == "inputs"


def test_a_workbook_with_macros_is_read_from_its_copy(changed):
    files = contents(changed(study__files={"mine.xlsm": b"book"}))
    assert tomllib.loads(files["study.toml"].decode())["study"]["dataset"] == "inputs/mine.xlsm"


def test_missing_parents_are_made(result, place):
    assert write(result, place / "a" / "b").is_dir()


def test_an_existing_folder_is_refused_without_force(result, place):
    (place / "run").mkdir()
    with pytest.raises(CapshareError, match=r"out/run.*--force"):
        write(result, place / "run")


def test_force_replaces_an_empty_folder_and_an_earlier_run(result, place):
    (place / "run").mkdir()
    write(result, place / "run", force=True)
    (place / "run" / "weights.csv").write_text("edited", encoding="utf-8")
    (place / "run" / "groups.csv").unlink()
    write(result, place / "run", force=True)
    assert names(place / "run") == FILES
    assert names(place) == {"run"}


@pytest.mark.parametrize("name", ["thesis.docx", "inputs/mine.csv", "my folder/deep/notes.txt", ".hidden"])
def test_force_names_files_that_the_earlier_run_did_not_write_and_leaves_all(result, place, name):
    write(result, place / "run")
    path = place / "run" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("years of work", encoding="utf-8")
    before = held(place)
    for refused in (
        lambda: require_replaceable(place / "run", True),
        lambda: write(result, place / "run", True),
    ):
        with pytest.raises(CapshareError, match=f"found also {name}"):
            refused()
    assert held(place) == before


def test_force_names_links_and_at_most_twenty_of_many(result, place):
    write(result, place / "run")
    (place / "run" / "data").symlink_to(place)
    with pytest.raises(CapshareError, match=r"found also data\. Move"):
        require_replaceable(place / "run", force=True)
    for number in range(30):
        (place / "run" / f"mine {number:02}\n").touch()
    with pytest.raises(CapshareError, match=r"found also data, mine 00\\n, .*mine 18\\n and 11 more\."):
        require_replaceable(place / "run", force=True)


def test_without_digests_nothing_says_which_files_are_ones_own(place):
    (place / "manifest.json").write_text('{"versions": {"capshare": "0.0"}}', encoding="utf-8")
    require_replaceable(place, force=True)
    (place / "a.csv").touch()
    with pytest.raises(CapshareError, match=r"found also a\.csv"):
        require_replaceable(place, force=True)


@pytest.mark.parametrize("force", [True, False])
def test_the_root_of_the_file_system_is_refused(force):
    with pytest.raises(CapshareError, match="output folder, /: expected"):
        require_replaceable(Path("/"), force)


def test_places_that_cannot_be_are_refused_before_the_work(place):
    (place / "loop").symlink_to("loop")
    for folder, found in (
        ("loop", "links"),
        ("loop/run", "links"),
        ("a" * 241, "one of 241"),
        ("省" * 90, "270"),
    ):
        with pytest.raises(CapshareError, match=found):
            require_replaceable(place / folder)
    assert names(place) == {"loop"}


def test_the_longest_name_that_is_not_refused_can_be_written(result, place):
    assert write(result, place / ("a" * 240)).is_dir()
    with pytest.raises(CapshareError, match="File name too long"):
        require_replaceable(place / ("a" * 300) / "run")


@pytest.mark.parametrize("manifest", [None, "{}", "[]", "not json", json.dumps({"versions": 3})])
def test_force_spares_a_folder_that_is_not_a_run(result, place, manifest):
    (place / "thesis.txt").write_text("years of work")
    if manifest is not None:
        (place / "manifest.json").write_text(manifest)
    with pytest.raises(CapshareError, match="no manifest of a run"):
        write(result, place, force=True)
    assert (place / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("force", [True, False])
def test_a_file_is_never_replaced(result, place, force):
    (place / "run").write_text("x")
    with pytest.raises(CapshareError, match="a file of that name"):
        write(result, place / "run", force=force)
    assert (place / "run").read_text() == "x"


def test_a_file_as_parent_is_an_error(result, place):
    (place / "file").write_text("x")
    with pytest.raises(CapshareError, match="output folder"):
        write(result, place / "file" / "run")
    with pytest.raises(CapshareError, match="Not a directory"):
        require_replaceable(place / "file" / "run")  # before the work


def test_a_parent_that_cannot_be_written_is_an_error(result, place, monkeypatch):
    # Rights do not bind an administrator, under whom tests often run: so the system's refusal is put in.
    def refuse(**_: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(CapshareError, match="Permission denied"):
        write(result, place / "run")
    assert names(place) == set()


@pytest.mark.parametrize("error", [RuntimeError("stop"), KeyboardInterrupt("stop")])
def test_an_exception_half_way_leaves_nothing(result, place, monkeypatch, error):
    _fail_after(monkeypatch, 5, error)
    with pytest.raises(type(error), match="stop"):
        write(result, place / "run")
    assert names(place) == set()


def test_a_full_disk_is_told_and_keeps_the_earlier_run(result, place, monkeypatch):
    write(result, place / "run")
    before = held(place / "run")
    _fail_after(monkeypatch, 5, OSError(28, "No space left on device"))
    with pytest.raises(CapshareError, match="No space left on device"):
        write(result, place / "run", force=True)
    assert names(place) == {"run"}
    assert held(place / "run") == before


def test_a_failed_swap_puts_the_earlier_run_back(result, place, monkeypatch):
    write(result, place / "run")
    rename = Path.rename

    def fail_for_the_new_one(self, target):
        if self.name == "new":
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr("capshare.reports.folder.atomic._exchanged", lambda new, target: False)
    monkeypatch.setattr(Path, "rename", fail_for_the_new_one)
    with pytest.raises(CapshareError, match="busy"):
        write(result, place / "run", force=True)
    assert names(place) == {"run"}
    assert names(place / "run") == FILES


def test_without_force_a_folder_that_appears_meanwhile_is_not_replaced(result, place, monkeypatch):
    def appear(found, target, force):
        (place / "run").mkdir()
        (place / "run" / "mine.txt").write_text("x")
        return put(found, target, force)

    put = atomic.put_in_place
    monkeypatch.setattr("capshare.reports.folder.new_folder.put_in_place", appear)
    with pytest.raises(CapshareError, match="output folder"):
        write(result, place / "run")
    assert names(place) == {"run"}
    assert names(place / "run") == {"mine.txt"}


def _fail_after(monkeypatch, count, error):
    calls = []
    sync = os.fsync

    def fail(descriptor):
        calls.append(descriptor)
        if len(calls) > count:
            raise error
        return sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
