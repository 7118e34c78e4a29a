"""Whatever stands in a folder of runs, verify, runs, compare and explain say it in words and end soon."""

import json
import os
import re
import shutil

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and links among the files are POSIX's")


@pytest.fixture
def run(whole_isles, made_before, monkeypatch, tmp_path):
    """A copy of a run, free to be spoilt, beside one that is whole; no workbook or page is made."""
    monkeypatch.setattr("capshare.reports.comparison.files.comparison_workbook", lambda found, lang: b"")
    monkeypatch.setattr("capshare.reports.comparison.files.comparison_html", lambda found, lang: "")
    for name in ("good", "bad"):
        shutil.copytree(whole_isles / "run", tmp_path / "runs" / name)
    return tmp_path / "runs" / "bad"


def replaced(path, put):
    path.unlink(missing_ok=True)
    put(path)


def link_to(target):
    return lambda path: path.symlink_to(target)


def a_folder(path):
    path.mkdir()
    (path / "x").touch()


def huge(path):
    with path.open("wb") as stream:
        stream.truncate(10**12)


def holding(data):
    return lambda path: path.write_bytes(data)


STRANGE = {
    "pipe": os.mkfifo,
    "zeros": link_to("/dev/zero"),
    "loop": lambda path: path.symlink_to(path.name),
    "elsewhere": link_to("/etc/passwd"),
    "folder": a_folder,
    "huge": huge,
    "binary": holding(bytes(range(256)) * 10),
    "empty": holding(b""),
    "utf-16": holding("year,cap_mt\n2017,1\n".encode("utf-16")),
    "wide": holding(b",".join([b"a"] * 100_000) + b"\n"),
    "long": holding(b"year,cap_mt\n" + b"9" * 200_000 + b",1e400\n"),
}
FILES = ("manifest.json", "study.toml", "cap.csv", "provinces.csv", "study.xlsx", "inputs/provinces.csv",
         "inputs/datapackage.json")  # fmt: skip


def said_in_words(call, run):
    """What verify, runs, compare and explain say of a run; none of them may end in a traceback."""
    verified = call("verify", run)
    listed = call("runs", run.parent)
    compared = call("compare", run.parent / "good", run, "-o", "compared")
    explained = call("explain", "Aster", run)
    assert verified[0] == 2, verified
    assert verified[1] or "problem" in verified[2]
    # The other run is in the list whatever stands beside it.
    assert listed[0] == 0
    assert any(line.startswith("good") and "unchanged" in line for line in listed[1].splitlines()), listed[1]
    assert compared[0] in (0, 2)
    assert explained[0] in (0, 2)
    return verified


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("strange", STRANGE)
def test_strange_files_in_the_place_of_those_of_the_run(run, call, name, strange):
    replaced(run / name, STRANGE[strange])
    verified = said_in_words(call, run)
    assert name.removeprefix("inputs/") in "".join(verified[1:])


@pytest.mark.slow
def test_a_pipe_and_a_device_among_the_files_are_named_and_not_opened(run, call):
    replaced(run / "provinces.csv", os.mkfifo)
    replaced(run / "cap.csv", link_to("/dev/zero"))
    (run / "away").symlink_to("/etc")
    code, output, message = call("verify", run)
    assert (code, message) == (2, "")
    lines = {line.split()[0]: line for line in output.splitlines() if line.strip()}
    assert "the file: a pipe" in lines["provinces.csv"]
    assert "the file: a link" in lines["cap.csv"]
    assert "the file: a link" in lines["away"]
    assert "NOT verified: 3 of" in output
    _, output, _ = call("runs", run.parent)
    assert "bad, changed: cap.csv edited, provinces.csv edited" in output


def nested(depth):
    return b'{"versions": {"capshare": "1"}, "inputs": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"


def with_manifest(**changes):
    def put(path):
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")

    return put


MANIFESTS = {
    "broken": (holding(b'{"versions": '), "expected JSON in UTF-8"),
    "latin": (holding(b'{"versions": "\xff"}'), "expected JSON in UTF-8"),
    "surrogate": (with_manifest(study="\udcff"), "expected JSON in UTF-8"),
    "deeper": (nested(50), "at most 10 levels"),
    "deepest": (nested(100_000), "expected JSON in UTF-8"),
    "digits": (holding(b'{"versions": ' + b"9" * 5000 + b"}"), "expected JSON in UTF-8"),
    "list": (holding(b"[]"), "expected an object; found []"),
    "study": (with_manifest(study=["a"]), "manifest.json, study: expected a name"),
    "escape": (with_manifest(study="\x1b[2J"), "manifest.json, study: expected a name"),
    "lang": (with_manifest(lang="../../etc"), "manifest.json, lang: expected one of en, zh"),
    "inputs": (with_manifest(inputs=[1]), "manifest.json, inputs: expected at most"),
    "digest": (with_manifest(files={"cap.csv": 7}), "manifest.json, files: expected at most"),
    "above": (with_manifest(files={"../good/cap.csv": "0"}), "files inside the folder"),
    "absolute": (with_manifest(inputs={"/dev/zero": "0"}), "files inside the folder"),
    "nul": (with_manifest(files={"a\0b": "0"}), "files inside the folder"),
    "many": (with_manifest(files=dict.fromkeys(map(str, range(20_000)), "0")), "at most 10000 files"),
    "checks": (with_manifest(checks=[3]), "manifest.json, checks: expected a list of checks"),
    "notes": (with_manifest(notes=5), "manifest.json, notes: expected a list"),
    "sources": (with_manifest(sources={"dataset": 5}), "manifest.json, sources: expected names"),
    "versions": (with_manifest(versions={"capshare": 1}), "manifest.json, versions: expected versions"),
}


@pytest.mark.parametrize("kind", MANIFESTS)
def test_a_manifest_that_no_run_writes_is_told_and_the_others_are_listed(run, call, kind):
    put, expected = MANIFESTS[kind]
    (holding(put) if isinstance(put, bytes) else put)(run / "manifest.json")
    code, output, message = call("verify", run)
    assert code == 2
    assert expected in message or expected in output
    code, output, message = call("runs", run.parent)
    assert (code, message) == (0, "")
    assert "good" in output
    assert "bad, damaged: manifest.json" in output
    assert call("explain", "Aster", run)[0] == 2
    assert call("compare", run.parent / "good", run, "-o", "compared")[0] == 2


def test_a_study_that_reads_from_elsewhere_is_not_run(run, call, tmp_path):
    shutil.copytree(run / "inputs", tmp_path / "elsewhere")
    path = run / "study.toml"
    text = path.read_text(encoding="utf-8")
    for place in ("../../elsewhere", str(tmp_path / "elsewhere"), "inputs/../../../elsewhere"):
        path.write_text(text.replace('dataset = "inputs"', f'dataset = "{place}"'), encoding="utf-8")
        for command in (("verify", run), ("explain", "Aster", run)):
            code, output, message = call(*command)
            assert (code, output) == (2, "")
            assert "study.toml, study.dataset: expected a place inside the run's folder" in message


@pytest.mark.parametrize("folder", ["inputs", "inputs/scenario"])
def test_a_link_in_the_place_of_a_folder_of_inputs_is_not_followed(run, call, tmp_path, folder):
    shutil.move(run / folder, tmp_path / "elsewhere")
    (run / folder).symlink_to(tmp_path / "elsewhere")
    for command in (("verify", run), ("explain", "Aster", run)):
        code, _, message = call(*command)
        assert code == 2
        assert f"run folder, {folder}: expected a regular file; found a link" in message


@pytest.mark.slow
def test_folders_without_end_and_files_without_number(run, call):
    deep = run
    for _ in range(60):
        deep = deep / "d"
        deep.mkdir()
    for number in range(40):
        (run / f"mine {number:02}\n").touch()
    code, output, _ = call("verify", run)
    assert code == 2
    assert re.search(rf"1 of \d+ files do not agree: {'d/' * 20}d\.", output)
    foreign = " ".join(output.split()).partition("Not of this run: ")[2]
    assert foreign.startswith("mine 00\\n, mine 01\\n, ")
    assert "mine 19\\n and 20 more." in foreign


def test_times_after_the_last_year_do_not_end_the_list(run, call):
    os.utime(run, (0, 10**12))
    code, output, _ = call("runs", run.parent)
    assert code == 0
    assert "isles" in output
