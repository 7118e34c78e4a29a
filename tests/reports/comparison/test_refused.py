"""What cannot stand side by side is refused, every problem at once."""

import re

import pytest

from capshare.analyses.compare_runs import read_compared
from capshare.base.errors import CapshareError
from capshare.reports.comparison.compare import compare_runs


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "expected the notes of a run"),
        ('[{"key": 3}]', "expected the notes of a run"),
        ('[{"key": "of_tomorrow", "severity": "stop", "values": {}}]', "sentences for; found of_tomorrow"),
        ('[{"key": "slack", "severity": "caution", "values": {"cap": "x"}}]', "sentences for; found slack"),
    ],
)
def test_notes_that_cannot_be_read_are_a_problem(make, text, message):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    (other / "notes.json").write_text(text, encoding="utf-8")
    with pytest.raises(CapshareError, match=rf"notes\.json: .*{message}"):
        read_compared([first, other])


def test_one_run_is_not_enough_and_none_counts_twice(make):
    run = make("one", {2030: (90.0,) * 3})
    with pytest.raises(CapshareError, match="expected 2 to 8 folders of runs; found 1"):
        read_compared([run])
    with pytest.raises(CapshareError, match=r"expected different folders; found .*one twice"):
        read_compared([run, run])


def test_every_wrong_folder_is_named_at_once(make, tmp_path):
    spoilt = make("spoilt", {2030: (90.0,) * 3})
    table = spoilt / "provinces.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("100.0,90.0", "100.0,ninety", 1), encoding="utf-8"
    )
    with pytest.raises(CapshareError, match="nowhere") as caught:
        read_compared([tmp_path / "nowhere", spoilt])
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 2
    assert "nowhere: expected a folder with the manifest.json of a run; found no such folder" in said[0]
    assert "row 2, column quota_mt: expected a number; found 'ninety'" in said[1]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("provinces.csv", "balance_mt,", "balance,", "none called balance_mt"),
        ("provinces.csv", "\nb,", "\na,", "a twice"),
        ("prices.csv", "market", "cap", "expected a row market; found none"),
        ("study.toml", "[study]", "[study", "expected the settings of the run"),
        ("cap.csv", "2030", "soon", "expected a number; found 'soon'"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(make, name, old, new, message):
    first, other = make("one", {2030: (90.0,) * 3}), make("two", {2030: (90.0,) * 3})
    path = other / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CapshareError, match=re.escape(message)):
        read_compared([first, other])


def test_runs_of_other_regions_or_other_years_are_refused(make):
    first, later = make("one", {2030: (90.0,) * 3}), make("later", {2035: (90.0,) * 3})
    with pytest.raises(
        CapshareError, match="expected a year that every run allocates; found one: 2030; later: 2035"
    ):
        compare_runs(read_compared([first, later]))
    elsewhere, fewer = make("elsewhere", {2030: (90.0,) * 3}), make("fewer", {2030: (90.0,) * 3})
    for folder, old, new in ((elsewhere, "Aster,甲岛", "Atoll,环礁"), (fewer, "\nc,", "\nd,")):
        path = folder / "provinces.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CapshareError, match="the regions of one") as caught:
        compare_runs(read_compared([first, elsewhere, fewer]))
    assert [problem.found for problem in caught.value.problems] == [
        "with other names for a",
        "without c; besides d",
    ]
