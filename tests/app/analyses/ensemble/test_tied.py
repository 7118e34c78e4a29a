"""An ensemble of a study whose years are tied: the same guarantees, and a figure of any of its years."""

import json
import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from capshare.analyses.ensemble import ensemble as making
from capshare.analyses.ensemble import tasks, workers
from capshare.analyses.ensemble.chunk import _worker
from capshare.analyses.ensemble.draws import Draw, drawn
from capshare.analyses.ensemble.ensemble import Plan, ensemble
from capshare.analyses.ensemble.unfinished import Unfinished
from capshare.base.errors import CapshareError
from capshare.study.reading import load_study

STUDY, DRAWS = "china-2035", 6
REASON = {"reason": "assumed"}


@pytest.fixture(autouse=True)
def quick(monkeypatch, prepared):
    """Small chunks of a study that is prepared already."""
    monkeypatch.setattr(tasks, "CHUNK", 2)
    monkeypatch.setattr(making, "image", lambda chart, kind: kind.encode())
    monkeypatch.setattr(
        making, "prepare", lambda loaded, bootstrap: replace(prepared(STUDY), study=loaded.study)
    )


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, prepared):
    """Content of an ensemble that was made in one go, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "CHUNK", 2)
        patch.setattr(making, "image", lambda chart, kind: kind.encode())
        patch.setattr(making, "prepare", lambda loaded, bootstrap: prepared(STUDY))
        made = ensemble(load_study(STUDY), Plan(DRAWS, tmp_path_factory.mktemp("whole") / "ensemble"))
    return contents(made.folder)


@pytest.mark.slow
def test_one_that_was_stopped_goes_on_to_the_same_bytes(whole, tmp_path, monkeypatch):
    own, made = workers.make, []

    def stopped(pickled, task):
        if len(made) == 1:
            raise KeyboardInterrupt
        made.append(task.file)
        return own(pickled, task)

    folder = tmp_path / "ensemble"
    with monkeypatch.context() as patch:
        patch.setattr(workers, "make", stopped)
        with pytest.raises(KeyboardInterrupt):
            ensemble(load_study(STUDY), Plan(DRAWS, folder))
    # The chunks are of one year: another is not resumed with them.
    with pytest.raises(CapshareError, match=r"--resume, year: expected 2035, as when .*; found 2030"):
        ensemble(load_study(STUDY), Plan(DRAWS, folder, resume=True, year=2030))
    changed = load_study(STUDY, ["smoothing.max_yearly_change=0.05"])
    with pytest.raises(CapshareError, match=r"smoothing\.max_yearly_change: expected 0\.04, as when"):
        ensemble(changed, Plan(DRAWS, folder, resume=True))
    monkeypatch.setattr(workers, "make", lambda pickled, task: made.append(task.file) or own(pickled, task))
    # No draw is left over from the worker before: the same bytes, whichever draw came first.
    _worker.cache_clear()
    ensemble(load_study(STUDY), Plan(DRAWS, folder, resume=True))
    assert len(made) == len(set(made)), "a finished chunk is made again"
    assert contents(folder) == whole


def test_figures_are_of_the_year_that_is_asked_for(whole, tmp_path, uncertain):
    made = ensemble(load_study(STUDY), Plan(2, tmp_path / "2030", year=2030))
    manifests = [
        json.loads(text) for text in (whole["manifest.json"], (made.folder / "manifest.json").read_bytes())
    ]
    assert [manifest["year"] for manifest in manifests] == [2035, 2030]
    found = pq.read_table(made.folder / "draws" / "000000000-000000001.parquet").to_pandas()
    # The cut of 2030 is decided: quotas add up to what growth alone makes of it.
    study = uncertain(STUDY)
    for number, quota in found.groupby("draw")["quota_mt"]:
        points = drawn(study.asked, study.centre, Draw(number)).growth_points
        grown = study.caps.growth(points).loc[2030]
        usual = study.numbers.divided_mt.loc[2030]
        assert quota.sum() == pytest.approx(usual * grown, rel=1e-9)
    with pytest.raises(
        CapshareError, match=r"--year: expected one of the study's years, 2026, .*; found 2025"
    ):
        ensemble(load_study(STUDY), Plan(2, tmp_path / "2025", year=2025))


def test_a_draw_is_the_same_in_every_year(uncertain):
    study = uncertain(STUDY)
    worker = _worker(pickle.dumps(study))
    made = drawn(study.asked, study.centre, Draw(4))
    years = worker._numbers.numbers(made, worker._numbers.columns(made))
    base = worker._numbers._bases
    assert len(years) == len(study.numbers.years)
    assert len({id(year.indicators) for year in years}) == len({id(year.grouping) for year in years}) == 1
    for year, own in zip(years, base, strict=True):
        assert (year.emissions_mt == years[0].emissions_mt).all()
        assert year.limits == years[0].limits
        moved = year.emissions_mt / own.emissions_mt
        np.testing.assert_allclose(year.floor_mt, own.floor_mt * moved)
        # Growth and the fall without policy compound from the base year on.
        after = year.year - study.study.study.base_year
        fall = (1 - made.settings["baseline.autonomous_change"]) / (1 - 0.02)
        grown = ((1.0475 + made.growth_points / 100) / 1.0475) ** after
        np.testing.assert_allclose(year.baseline_mt, own.baseline_mt * moved * grown * fall**after, rtol=2e-3)


@pytest.mark.slow
def test_draws_without_a_solution_are_counted_by_their_reason(tmp_path):
    study = load_study(STUDY)
    spread = {"key": "allocation.max_deviation", "low": 0.0, "high": 1e-9, **REASON}
    other = {"key": "rules.score-cut.spread", "low": 0.0, "high": 2.0, **REASON}
    asked = study.study.uncertainty.model_validate({"settings": (spread, other)})
    study = replace(study, study=study.study.model_copy(update={"uncertainty": asked}))
    made = ensemble(study, Plan(DRAWS, tmp_path / "ensemble"))
    assert made.tables.failed == {"the rules contradict each other": DRAWS - made.tables.solved}
    assert 0 < made.tables.solved < DRAWS
    draws = pd.concat(pq.read_table(path).to_pandas() for path in (made.folder / "draws").glob("*.parquet"))
    assert draws["draw"].nunique() == made.tables.solved


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"key": "rules.score-cut.spread", "low": -0.5, "high": 1.0}, "a number from 0 to 2; found -0.5"),
        ({"key": "rules.ability-to-pay.power", "low": 0.2, "high": 0.5}, "which it lacks"),
        ({"key": "cap.then.cut_pct", "sd": 3.0}, "greater than 0; found cap.then.cut_pct=-0.5"),
        ({"key": "cap.then.cut", "sd": 3.0}, "Did you mean cap.then.cut_pct"),
        ({"key": "cap.peak_mt", "sd": 3.0}, "which it lacks"),
        ({"key": "allocation.max_deviation", "sd": 0.1}, "greater than or equal to 0"),
    ],
)
def test_what_a_study_does_not_allow_is_told_before_a_draw(setting, message, tmp_path):
    study = load_study(STUDY)
    asked = study.study.uncertainty.model_validate({"settings": (setting | REASON,)})
    study = replace(study, study=study.study.model_copy(update={"uncertainty": asked}))
    with pytest.raises(CapshareError, match=message):
        ensemble(study, Plan(DRAWS, tmp_path / "ensemble"))
    assert not Unfinished(tmp_path / "ensemble").path.exists()
