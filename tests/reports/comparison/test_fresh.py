"""Outcomes that were never written are compared as those read from a folder are."""

import json

import pytest

import capshare
from capshare.analyses.compare_runs import read_compared
from capshare.reports.comparison.compare import compare_runs, of_quantity
from capshare.reports.comparison.compared_run import ComparedRun, reading_notes
from capshare.reports.comparison.files import comparison_files


@pytest.fixture
def other(result, changed):
    """The seven provinces, the first with 10 Mt more of quota."""
    provinces = result.allocation.provinces.copy()
    provinces.loc[(2017, "110000"), "quota_mt"] += 10.0
    prices = result.prices.copy()
    prices.loc[(2017, "market", "national"), :] = (5.0, True)
    return changed(allocation__provinces=provinces, prices=prices)


@pytest.fixture
def fresh(other):
    return ComparedRun("fresh", other)


@pytest.fixture
def kept(other, tmp_path, monkeypatch):
    monkeypatch.setattr("capshare.reports.folder.write.workbook_bytes", lambda result, lang, unit: b"")
    monkeypatch.setattr("capshare.reports.folder.write.report_html", lambda result, lang: "")
    folders = [capshare.write(other, tmp_path / name) for name in ("kept", "copy")]
    return read_compared(folders)[0]


def test_a_fresh_outcome_differs_in_nothing_from_itself_read_back(fresh, kept):
    found = compare_runs([kept, fresh])
    assert found.settings.empty
    assert of_quantity(found.quotas, "difference_mt")["fresh"].tolist() == [0.0] * 7
    figures = found.figures.drop("files")
    assert figures["fresh"].tolist() == figures["kept"].tolist()
    assert found.groups.loc[("II", "fresh"), "members"] == found.groups.loc[("II", "kept"), "members"]
    assert found.notes.all(axis=None)


def test_it_is_told_which_run_was_not_written(fresh, kept):
    found = compare_runs([kept, fresh])
    assert found.figures.loc["files"].to_dict() == {"kept": "unchanged", "fresh": "unwritten"}
    assert reading_notes(found.runs) == ()
    files = comparison_files(found)
    assert "not written" in files["comparison.html"].decode()
    told = json.loads(files["manifest.json"])["runs"]
    assert [list(run) for run in told] == [["name", "manifest.json"], ["name"]]


def test_two_outcomes_need_no_folder(fresh, other, changed):
    provinces = other.allocation.provinces.assign(quota_mt=other.allocation.provinces["quota_mt"] + 1.0)
    more = changed(allocation__provinces=provinces, prices=other.prices)
    found = compare_runs([fresh, ComparedRun("more", more)])
    assert of_quantity(found.quotas, "difference_mt")["more"].round(9).tolist() == [1.0] * 7
