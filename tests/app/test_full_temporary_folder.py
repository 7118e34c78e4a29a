"""A temporary folder that is full or gone is told by its name, and nothing is left behind."""

import errno
import os
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from capshare.base.temporary_files import temporary_files

EXPECTED = "expected room for temporary files"


@pytest.mark.slow
def test_a_temporary_folder_that_is_gone_is_told(call, isles, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    code, output, message = call("run", isles, "-o", "run")
    assert (code, output) == (2, "")
    assert f"temporary folder, {tmp_path / 'gone'}: {EXPECTED}; found No such file or directory" in message
    assert not (tmp_path / "run").exists()


@pytest.mark.filterwarnings("error")
def test_a_form_needs_no_temporary_folder(call, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    code, _, message = call("new", "own", "--dataset")
    assert (code, message) == (0, "")
    assert load_workbook(tmp_path / "own" / "dataset.xlsx").sheetnames[0] == "read me"


@pytest.mark.slow
def test_a_programme_that_the_disk_cut_short_is_not_kept(call, isles, tmp_path, monkeypatch):
    import highspy

    def cut_short(engine, path):
        Path(path).write_text("NAME\nROWS\n N", encoding="ascii")

    monkeypatch.setattr(highspy.Highs, "writeModel", cut_short)
    code, _, message = call("run", isles, "-o", "run")
    assert code == 2
    assert f"{EXPECTED}; found {os.strerror(errno.ENOSPC)}" in message
    assert not (tmp_path / "run").exists()


def test_what_is_not_about_files_goes_its_way():
    with pytest.raises(OSError, match="could not execute"), temporary_files():
        raise OSError("could not execute glpsol")
