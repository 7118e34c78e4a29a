"""A run read back is the run: every frame, and every file when it is written again."""

import dataclasses

import pandas as pd
import pytest

import capshare
from capshare.base.errors import CapshareError
from capshare.reports.folder.write import contents

CONSTRAINT = """
[[allocation.constraint]]
name = "north, at least"
provinces = ["a", "b"]
min_share = 0.2
[[allocation.constraint]]
name = "2017"
weights = { a = 1.5, d = 2.0 }
max_mt = 900.0
[potential]"""
CAP = 'method = "table"\nmt = { 2017 = 480.0 }'
STUDIES = {
    "as it is": ("", ""),
    "constraints": ("[potential]", CONSTRAINT),
    "one block": ("[potential]", '[allocation]\nscope = "national"\n[potential]'),
    "no ranking": ("[potential]", "[unread]"),
    "a budget": (CAP, 'method = "budget"\nbudget_mt = 480.0\nshape = "constant"'),
    "a peak": (CAP, 'method = "absolute"\npeak_year = 2025\npeak_mt = 700.0\ncut_pct = 10.0'),
    "no rules": ("[potential]", "[comparison]\nrules = []\n[potential]"),
}
# A folder of an older version has no such files.
NEW = (
    *("inputs_used", "input_fields", "indicators", "gdp", "constraints", "block_weights", "raw_shares"),
    *("potential_indicators", "potential_components"),
)


# Each way that a folder can differ, by the first of its kind; the others where slow tests run.
FIRST = ("as it is", "constraints", "one block", "a peak")


@pytest.fixture(
    params=[name if name in FIRST else pytest.param(name, marks=pytest.mark.slow) for name in STUDIES]
)
def outcome(request, isles):
    old, new = STUDIES[request.param]
    text = (
        isles.read_text(encoding="utf-8").replace(old, new, 1) if old else isles.read_text(encoding="utf-8")
    )
    isles.write_text(text.partition("[unread]")[0], encoding="utf-8")
    return capshare.run(isles)


@pytest.fixture
def run(ran):
    return ran


def require_same(one, other, place=""):
    if isinstance(one, pd.DataFrame):
        same_types = not one.empty
        pd.testing.assert_frame_equal(one, other, check_names=False, check_dtype=same_types, obj=place)
        assert list(one.index.names) == list(other.index.names), place
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, obj=place)
    elif dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            if field.name not in ("files", "settings"):
                require_same(getattr(one, field.name), getattr(other, field.name), f"{place}.{field.name}")
    else:
        assert one == other, place


@pytest.mark.slow
def test_a_run_is_read_and_written_the_same_with_its_workbook_and_page(whole_isles):
    require_written_again(whole_isles / "run", "en")


def test_what_was_written_is_read_and_written_the_same(outcome, made_before, tmp_path):
    folder = capshare.write(outcome, tmp_path / "run", lang="zh")
    require_same(outcome, require_written_again(folder, "zh"))


@pytest.mark.slow
@pytest.mark.parametrize("outcome", ["constraints", "one block", "a peak"], indirect=True)
def test_what_was_written_is_read_and_written_the_same_with_its_workbook_and_page(outcome, tmp_path):
    require_written_again(capshare.write(outcome, tmp_path / "run", lang="zh"), "zh")


def require_written_again(folder, lang):
    """What is read from a folder, which gives the same files again."""
    read = capshare.read_run(folder)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    again = contents(read, lang)
    assert set(again) == set(files)
    assert [name for name, data in again.items() if files[name].read_bytes() != data] == []
    return read


@pytest.mark.slow
@pytest.mark.parametrize("name", capshare.shipped_studies())
def test_shipped_runs_are_read_and_written_the_same(finished, left_behind, name):
    read = capshare.read_run(left_behind(name))
    require_same(finished(name), read)
    for file, data in contents(read).items():
        assert (left_behind(name) / file).read_bytes() == data, file


def test_a_folder_of_an_older_version_lacks_what_was_not_written_then(run, made_before):
    for name in NEW:
        (run / f"{name}.csv").unlink(missing_ok=True)
    read = capshare.read_run(run)
    assert (read.inputs, read.allocation.raw_share, read.groups.block_weight) == (None, None, None)
    assert contents(read)["provinces.csv"] == (run / "provinces.csv").read_bytes()


def test_a_table_that_every_run_has_is_missed(run):
    (run / "prices.csv").unlink()
    with pytest.raises(CapshareError, match=r"prices\.csv: expected a table of the run; found no file"):
        capshare.read_run(run)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("code,", "kode,", "row 1: expected columns year, code"),
        ("a,Aster", "a,b,Aster", r"row 2: expected \d+ cells; found \d+ cells"),
        (",480.0,", ",much,", "expected a number; found 'much'"),
    ],
)
def test_a_spoilt_table_is_told_with_its_place(run, old, new, message):
    path = run / ("cap.csv" if new == ",much," else "provinces.csv")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CapshareError, match=message):
        capshare.read_run(run)
