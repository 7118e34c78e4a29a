"""A file is read once, when it is a regular file of a size that fits in memory; else the reason is told."""

import os
import socket
import tracemalloc

import pytest

from capshare.base.errors import CapshareError
from capshare.base.file_bytes import read_bytes, readable_size


def test_the_bytes_of_a_file_up_to_the_limit_and_no_more(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfcode\r\n")
    assert read_bytes(path, 9, "a.csv") == b"\xef\xbb\xbfcode\r\n"
    with pytest.raises(CapshareError, match=r"a\.csv: expected a file of at most 8 bytes; found 9 bytes"):
        read_bytes(path, 8, "a.csv")


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x")
    (tmp_path / "b.csv").symlink_to("a.csv")
    assert read_bytes(tmp_path / "b.csv", 9, "b.csv") == b"x"


def test_a_sparse_file_of_a_terabyte_is_refused_by_its_size(tmp_path):
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(CapshareError, match="at most 5 MB; found 1 TB"):
        read_bytes(tmp_path / "huge.csv", 5_000_000, "huge.csv")


def _folder(path):
    path.mkdir()


def _pipe(path):
    os.mkfifo(path)


def _socket(path):
    socket.socket(socket.AF_UNIX).bind(str(path))


def _zeros(path):
    path.symlink_to("/dev/zero")


def _loop(path):
    path.symlink_to(path.name)


def _nothing(path):
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices among the files are those of POSIX")
@pytest.mark.parametrize(
    ("make", "found"),
    [
        (_folder, "expected a regular file; found a folder"),
        (_pipe, "expected a regular file; found a pipe"),
        (_socket, "expected a regular file; found a socket"),
        (_zeros, "expected a regular file; found a device"),
        (_loop, "found Too many levels of symbolic links"),
        (_nothing, "expected a file; found none at "),
    ],
)
def test_what_is_no_regular_file_is_refused_at_once(tmp_path, monkeypatch, make, found):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x"
    make(path)
    with pytest.raises(CapshareError, match=found):
        read_bytes(path, 100, "x")


@pytest.mark.parametrize(
    ("name", "found"), [("a" * 300, "File name too long"), ("a\0b", "the name of a file"), ("a/b", "none at")]
)
def test_names_that_no_file_can_have_are_told(tmp_path, name, found):
    with pytest.raises(CapshareError, match=found):
        read_bytes(tmp_path / name, 100, "x")


def test_a_file_without_the_right_to_read_is_told(tmp_path, monkeypatch):
    # Rights do not bind an administrator, under whom tests often run: so the system's refusal is put in.
    (tmp_path / "a.csv").write_bytes(b"x")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CapshareError, match="Permission denied"):
        read_bytes(tmp_path / "a.csv", 100, "a.csv")


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (2e6, "2 MB")]
)
def test_sizes_are_said_in_words(size, said):
    assert readable_size(size) == said


def test_a_generous_limit_takes_no_memory(tmp_path):
    path = tmp_path / "small.csv"
    path.write_bytes(b"a,b\n1,2\n")
    tracemalloc.start()
    try:
        assert read_bytes(path, 100_000_000, "small.csv") == b"a,b\n1,2\n"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1_000_000
