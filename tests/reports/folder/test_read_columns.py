"""The one parser of a run folder's tables: what it reads, and what it refuses."""

import subprocess
import sys

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.folder.files import folder_files
from capshare.reports.folder.read_columns import read_columns
from capshare.reports.folder.run_folder import RunFolder
from capshare.reports.folder.table_list import NAMED


@pytest.fixture
def read(tmp_path):
    """Columns of a table written as text."""

    def columns(name, text, only=None):
        (tmp_path / NAMED[name].file).write_text(text, encoding="utf-8")
        return read_columns(RunFolder(tmp_path, {}, folder_files(tmp_path)), NAMED[name], only)

    return columns


def test_texts_stay_texts_and_numbers_become_numbers(read):
    text = "code,group,quota_mt,ceiling_mt,members\n110000,1,80.0,inf,3\n"
    assert read("provinces", text) == {
        "code": ["110000"], "group": ["1"], "quota_mt": [80.0], "ceiling_mt": [float("inf")], "members": [3]
    }  # fmt: skip


def test_what_a_spreadsheet_adds_is_not_in_the_way(read):
    assert read("cap", "\ufeffyear,cap_mt\r\n2017,1.5\r\n\r\n") == {"year": [2017], "cap_mt": [1.5]}


def test_a_side_without_a_price_is_none_and_a_blank_elsewhere_is_refused(read):
    assert read("groups", "group,price_low_yuan_per_t\nI,\n")["price_low_yuan_per_t"] == [None]
    with pytest.raises(CapshareError, match="row 2, column price_yuan_per_t: expected a number; found ''"):
        read("groups", "group,price_yuan_per_t\nI,\n")


def test_only_what_is_asked_for_is_read(read):
    assert read("cap", "year,cap_mt\n2017,much\n", ("year",)) == {"year": [2017]}


def test_every_cell_that_is_no_number_is_told(read):
    with pytest.raises(CapshareError) as caught:
        read("cap", "year,cap_mt\n2017,nan\n\nsoon,1\n20180,much\n")
    assert [(problem.place, problem.found) for problem in caught.value.problems] == [
        ("row 4, column year", "'soon'"),
        ("row 5, column year", "'20180'"),
        ("row 2, column cap_mt", "'nan'"),
        ("row 5, column cap_mt", "'much'"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty file"),
        ("year,cap_mt,year\n", "a column twice"),
        ("cap_mt\n1\n", "expected columns year; found cap_mt"),
        ("year,cap_mt\n2017\n", "row 2: expected 2 cells; found 1 cells"),
        ("year,cap_mt\n2017,1\n2017,2\n", "expected each row once; found 2017 twice"),
        ('year,cap_mt\n2017,"1\n', "expected a table of the run; found unexpected end of data"),
    ],
)
def test_what_is_no_table_of_a_run_is_refused(read, text, message):
    with pytest.raises(CapshareError, match=message):
        read("cap", text)


def test_a_list_of_runs_does_not_wait_for_pandas():
    asked = "import sys, capshare.reports.console.run_list; print('pandas' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout == "False\n"
