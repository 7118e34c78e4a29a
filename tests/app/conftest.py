"""Runs of the shipped studies, the command line called in this process, and a study of one's own to spoil."""

import shutil
import sys
from pathlib import Path

import pytest

import capshare

ROOT = Path(__file__).parents[2]
DATA = ROOT / "indicators" / "data" / "china-2017"
STUDY = ROOT / "app" / "studies" / "tian-lin-2021.toml"


@pytest.fixture(scope="session")
def finished():
    """Result of a shipped study by its name; each is run once."""
    results = {}

    def run(name):
        if name not in results:
            results[name] = capshare.run(name)
        return results[name]

    return run


@pytest.fixture(scope="session")
def left_behind(finished, tmp_path_factory):
    """Folder that a run of a shipped study leaves behind; each is written once."""
    folders = {}

    def folder(name):
        if name not in folders:
            folders[name] = capshare.write(finished(name), tmp_path_factory.mktemp("runs") / name)
        return folders[name]

    return folder


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """The command line in this process, in a folder of its own: exit code, output, message."""
    from capshare.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["capshare", *map(str, arguments)])
        with pytest.raises(SystemExit, match=r"^[0-3]$") as ended:
            main()
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def own_study(tmp_path):
    """A study file beside a copy of the shipped dataset."""
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "own.toml"
    text = STUDY.read_text(encoding="utf-8")
    path.write_text(text.replace('dataset = "china-2017"', 'dataset = "data"'), encoding="utf-8")
    return path


@pytest.fixture
def spoil(own_study):
    """Replace a text, once, in a file beside the study or in the study itself."""

    def replace(name, old, new):
        path = own_study.parent / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
