"""Everything in a folder is found and named, within bounds, and nothing of it is opened or followed."""

import os

import pytest

from capshare.reports.folder import files as module
from capshare.reports.folder.files import folder_files, is_plain, listed, printable


def test_files_by_size_and_everything_else_by_kind(tmp_path):
    (tmp_path / "inputs" / "deep").mkdir(parents=True)
    (tmp_path / "inputs" / "deep" / "a.csv").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "link").symlink_to("b")
    (tmp_path / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "inputs" / "pipe")
    found = folder_files(tmp_path)
    assert found.sizes == {"inputs/deep/a.csv": 3, "b": 0}
    assert found.odd == {"link": "a link", "up": "a link", "inputs/pipe": "a pipe, a socket or a device"}
    assert found.names == ("b", "inputs/deep/a.csv", "inputs/pipe", "link", "up")


def test_more_files_than_a_run_has_are_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 10)
    for number in range(30):
        (tmp_path / str(number)).mkdir()
    found = folder_files(tmp_path)
    assert len(found.names) == 1
    assert "more than 10 files" in next(iter(found.odd.values()))


def test_folders_in_folders_come_to_an_end(tmp_path):
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)
    assert list(folder_files(tmp_path).odd.values()) == ["a folder more than 20 folders down"]


def test_a_folder_that_is_not_there_is_told_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        folder_files(tmp_path / "nowhere")


def test_names_are_shown_without_what_steers_a_screen():
    assert printable("内蒙古 a.csv") == "内蒙古 a.csv"
    assert printable("a\x1b[2J\n\udcff") == "a\\x1b[2J\\n\\udcff"
    assert (is_plain("内蒙古\u3000a"), is_plain("a\n"), is_plain("\udcff")) == (True, False, False)


def test_of_many_names_twenty_are_listed():
    names = tuple(f"{number:02}" for number in range(23))
    assert listed(names[:20]) == ", ".join(names[:20])
    assert listed(names).endswith("18, 19 and 3 more")
