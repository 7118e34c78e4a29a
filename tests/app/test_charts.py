"""``capshare charts`` draws a study, which is run, or a finished run, which is read."""

import json

import pytest


@pytest.fixture
def drawn(monkeypatch):
    """What was drawn, without the images, which take seconds."""
    outcomes = []

    def images(outcome):
        outcomes.append(outcome)
        return {"quotas.svg": b"<svg/>"}

    monkeypatch.setattr("capshare.reports.charts.files.charts", lambda outcome, lang: outcome)
    monkeypatch.setattr("capshare.reports.charts.files.images", images)
    return outcomes


@pytest.fixture
def run(ran):
    return ran.name


def test_a_finished_run_is_drawn_as_its_folder_holds_it(call, run, drawn, tmp_path, monkeypatch):
    monkeypatch.setattr("capshare.analyses.verify.run", None)
    monkeypatch.setattr("capshare.analyses.read_run.run", None)
    code, out, message = call("charts", run)
    assert (code, message) == (0, "")
    folder = tmp_path / "runs" / "isles-charts"
    assert out == f"1 images: {folder}\n"
    [outcome] = drawn
    assert outcome.allocation.provinces["quota_mt"].sum() == pytest.approx(480.0)
    of_run, of_charts = (
        json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        for place in (tmp_path / run, folder)
    )
    assert of_charts["inputs"] == of_run["inputs"]


@pytest.mark.slow
def test_a_run_whose_files_were_changed_is_made_again(call, run, drawn, tmp_path):
    path = tmp_path / run / "provinces.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Aster", "Oster"), encoding="utf-8")
    code, _, message = call("charts", run)
    assert code == 0
    assert (
        "this is the study run again; the folder has been changed since its run (provinces.csv edited)"
        in message
    )
    assert drawn[0].in_year().provinces["name_en"].iloc[0] == "Aster"


@pytest.mark.slow
def test_a_study_is_run(call, isles, drawn):
    assert call("charts", isles)[0] == 0
    assert len(drawn) == 1
