"""A study file that cannot be read says what stands where; it neither hangs nor ends in a traceback."""

import re
import time

import pytest

from capshare.base.errors import CapshareError
from capshare.study.reading import load_study
from capshare.study.toml_text import read_toml


@pytest.fixture
def refused(tmp_path):
    """The one problem of a study file, which must be told in seconds."""

    def load(data):
        path = tmp_path / "own.toml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        began = time.process_time()
        with pytest.raises(CapshareError, match=r"own\.toml") as caught:
            load_study(path)
        assert time.process_time() - began < 10
        [problem] = caught.value.problems
        return str(problem).removeprefix("own.toml")

    return load


DEEP = "too many lists or tables inside one another"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[groups]\nk = " + "9" * 4400, ", line 2: .* found a whole number of more than 18 digits"),
        ("[groups]\nk = 0x" + "f" * 5000, ", groups.k: .* found a whole number of more than 18 digits"),
        ("[groups]\nk = [" + "9" * 400 + "]", ", groups.k: .* found a whole number of more than 18 digits"),
        ("k = " + "[" * 900 + "]" * 900, f": .* found {DEEP}"),
        ("k = " + "{a=" * 900 + "1" + "}" * 900, f": .* found {DEEP}"),
        ("k = " + "[" * 50 + "]" * 50, f", k.*: .* found {DEEP}"),
        ("[a" + ".a" * 900 + "]\n", ", line 1: .* found too many keys joined by dots"),
        ("[a]\nb" + ".a" * 400_000 + " = 1\n", ", line 2: .* found too many keys joined by dots"),
        ("k = [" + "1," * 20_000_000 + "]", ": expected a file of at most 1 MB; found 40 MB"),
        ("d = 1979-02-30\n", ", line 1: .* found Invalid date or datetime"),
        ("[study]\nname = 'x'\n北京 = 1\n", ', line 3: .* found the key 北京 without quotes.*"北京"'),
        ("floor = { 北京 = 0.3 }\n", ", line 1: .* found the key 北京 without quotes"),
        ("[北京]\n", ", line 1: .* found the key 北京 without quotes"),
        ("[study]\nname = 北京\n", ", line 2: .* found Invalid value: 'name = 北京'"),
        ("[study]\nname = '北京'\n".encode("utf-16"), ": expected a TOML file in UTF-8; found UTF-16. Save"),
        ("[study]\n".encode("utf-16-le"), ": .* found zero bytes, as in UTF-16 without a byte order mark"),
        ("[study]\nname = '北京'\n".encode("gb18030"), ", line 2: .* found another encoding"),
        ("year,cap_mt\n" + "9" * 900_000 + ",1e400\n", ", line 1: .* found Expected '='"),
        ("x " + "9" * 900_000 + "\n", ", line 1: .* found Expected '='"),
        ("k = 'a'\n" + "a " * 450_000 + "\n", ", line 2: .* found Expected '='"),
        ("# " + '"' * 900_000 + "\nk\n", ", line 2: .* found Expected '='"),
        (
            "# " + ("9" * 3999 + " ") * 200 + "\nk = " + "9" * 4400,
            ", line 2: .* found a whole number of more",
        ),
    ],
    ids=range(22),
)
def test_one_problem(refused, text, message):
    assert re.match(message, refused(text))


def test_what_stands_in_a_list_or_a_table_is_found(tmp_path):
    path = tmp_path / "own.toml"
    text = load_study("tian-lin-2021").path.read_text(encoding="utf-8")
    for value, found in (("[1, 'a']", "[1, 'a']"), ("{ a = 1 }", "{ a = 1 }"), ("[1, 2, 3, 4, 5]", "4, …]")):
        path.write_text(text.replace("k = 6", f"k = {value}"), encoding="utf-8")
        with pytest.raises(CapshareError, match=r"groups\.k: expected integer") as caught:
            load_study(path)
        assert found in str(caught.value)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"], ids=["xlsx", "xls"])
def test_a_workbook_is_told_as_one_and_which_file_to_give(start):
    message = (
        r"^dataset\.xlsx: expected a study file \(\.toml\); found an Excel workbook\. Give the study file "
        r'that names it, with dataset = "dataset\.xlsx"; `capshare new DIR --dataset` writes'
    )
    with pytest.raises(CapshareError, match=message):
        read_toml(start + bytes(40), "dataset.xlsx")


def test_a_table_is_told_as_one_and_what_takes_it():
    with pytest.raises(CapshareError, match=r"found a table \(\.csv\)\. .* `capshare benchmark`"):
        read_toml(b"facility,province\n", "facilities.csv")
