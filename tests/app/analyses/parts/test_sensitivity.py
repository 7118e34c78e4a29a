"""The sensitivity panel: each choice made otherwise alone is the run of the study with this setting."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import capshare
from capshare.analyses.names import SENSITIVITY
from capshare.analyses.run import run
from capshare.base.errors import CapshareError
from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.sensitivity import Sensitivity, ranges
from capshare.reports.charts.sensitivity import sensitivity_chart, tornado_chart
from capshare.reports.words.catalogue import term
from capshare.reports.words.sensitivity import sensitivity_lines
from capshare.study.choices import sides
from capshare.study.reading import LoadedStudy, load_study

STUDY = "china-15fyp"
YEAR = "study.years=[2030]"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run(load_study(STUDY, [YEAR]), [SENSITIVITY])


@pytest.fixture(scope="module")
def panel(outcome: Outcome) -> Sensitivity:
    assert outcome.drivers.sensitivity is not None
    return outcome.drivers.sensitivity


def test_every_side_of_every_choice_is_there_and_solved(panel: Sensitivity) -> None:
    asked = {
        (choice.choice, side) for choice in load_study(STUDY).study.sensitivity for side in choice.sides()
    }
    assert set(panel.nation.index) == asked
    assert panel.nation["status"].eq("solved").all(), panel.nation["reason"].tolist()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("choice", "side", "setting"),
    [
        pytest.param("band", "low", "targets.band_pct=[12.0, 19.0]", marks=pytest.mark.slow),
        pytest.param("distance", "high", "targets.distance_points=3.0", marks=pytest.mark.slow),
        ("weights", "high", "burden.weights=critic"),
        ("tiers", "high", "targets.tiers=bind"),
        pytest.param("trade", "low", "allocation.trade_limit=0.0", marks=pytest.mark.slow),
        ("nowcast", "high", "nowcast.provincial=second-inventory"),
        pytest.param("growth", "low", "study.scenario=plan-15-low", marks=pytest.mark.slow),
        pytest.param("autonomous change", "low", "baseline.autonomous_change=0.01", marks=pytest.mark.slow),
    ],
)
def test_a_side_is_the_run_with_its_setting(panel: Sensitivity, choice: str, side: str, setting: str) -> None:
    alone = run(load_study(STUDY, [YEAR, setting]), ())
    assert alone.targets is not None
    assert alone.targets.cuts is not None
    found = panel.provinces.xs((choice, side), level=["choice", "side"]).droplevel("value")
    pd.testing.assert_series_equal(found["cut_pct"], alone.targets.cuts["cut_pct"], rtol=1e-9)
    cost = panel.nation.loc[(choice, side), "cost_1e8yuan"]
    assert cost == pytest.approx(alone.allocation.total.objective_1e8yuan, rel=1e-9)


def test_ranges_hold_the_run_and_every_side(outcome: Outcome, panel: Sensitivity) -> None:
    assert outcome.targets is not None
    assert outcome.targets.cuts is not None
    pd.testing.assert_series_equal(
        panel.ranges["cut_pct"], outcome.targets.cuts["cut_pct"], check_names=False, rtol=1e-9
    )
    cut = panel.provinces["cut_pct"].unstack("code")
    low, high = panel.ranges["low_cut_pct"], panel.ranges["high_cut_pct"]
    assert (cut.min() >= low - 1e-12).all()
    assert (cut.max() <= high + 1e-12).all()
    assert (low <= panel.ranges["cut_pct"]).all()
    assert (panel.ranges["cut_pct"] <= high).all()


def test_ranges_by_hand() -> None:
    index = pd.MultiIndex.from_tuples(
        [("a", "low", "1", "x"), ("a", "high", "2", "x"), ("b", "high", "3", "x"), ("a", "low", "1", "y")],
        names=["choice", "side", "value", "code"],
    )
    figures = pd.DataFrame({"quota_mt": [9.0, 10.5, 12.0, 5.0]}, index=index)
    own = pd.Series({"x": 10.0, "y": 5.0}, name="quota_mt").rename_axis("code")
    found = ranges(figures, own)
    # a moves x by 1.5 altogether, b by 2.
    assert found.loc["x"].tolist() == [10.0, 9.0, 12.0, "b"]
    assert found.loc["y"].tolist() == [5.0, 5.0, 5.0, ""]


def test_what_moves_nothing_in_common_growth_is_no_share(panel: Sensitivity) -> None:
    """Every province grows as the nation does: another rate changes no cut."""
    assert panel.nation.loc["growth", "moved_mt"].abs().max() < 1e-6


@pytest.mark.slow
def test_side_without_a_solution_is_kept_with_its_reason() -> None:
    loaded = load_study(STUDY, [YEAR])
    [distance] = [choice for choice in loaded.study.sensitivity if choice.choice == "distance"]
    band = distance.model_copy(update={"choice": "band", "key": "targets.band_pct", "low": (17.5, 20.5)})
    study = loaded.study.model_copy(update={"sensitivity": (band.model_copy(update={"high": None}),)})
    found = run(LoadedStudy(study, loaded.path, loaded.data), [SENSITIVITY]).drivers.sensitivity
    assert found is not None
    assert found.nation["status"].tolist() == ["unsolved"]
    assert "holds the national cut" in found.nation["reason"].iloc[0]
    assert found.provinces.empty
    assert found.ranges["low_cut_pct"].equals(found.ranges["high_cut_pct"].rename("low_cut_pct"))


@pytest.mark.slow
def test_a_study_of_amounts_has_ranges_of_its_last_year() -> None:
    loaded = load_study("tian-lin-2021")
    template = load_study(STUDY).study.sensitivity[0]
    changes = {"choice": "room", "key": "allocation.max_deviation", "low": 0.0, "high": 0.3}
    study = loaded.study.model_copy(update={"sensitivity": (template.model_copy(update=changes),)})
    found = run(LoadedStudy(study, loaded.path, loaded.data), [SENSITIVITY]).drivers.sensitivity
    assert found is not None
    base = run(load_study("tian-lin-2021", ["allocation.max_deviation=0.3"]), ())
    quota = found.provinces.xs(("room", "high"), level=["choice", "side"]).droplevel("value")["quota_mt"]
    pd.testing.assert_series_equal(
        quota, base.allocation.provinces.droplevel("year")["quota_mt"], rtol=1e-9, check_names=False
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "targets.band"}, r"sensitivity 1, targets\.band: expected a key of a study"),
        ({"low": "wide"}, r"sensitivity 1\.low, which sets targets\.band_pct: expected"),
        ({"low": (19.0, 12.0)}, r"sensitivity 1\.low, which sets targets.*band from the least"),
    ],
)
def test_wrong_choices(changes: dict[str, object], message: str) -> None:
    study = load_study(STUDY).study
    wrong = study.model_copy(update={"sensitivity": (study.sensitivity[0].model_copy(update=changes),)})
    with pytest.raises(CapshareError, match=message):
        sides(wrong, "mine.toml")


@pytest.mark.slow
def test_a_run_read_back_has_the_panel(
    outcome: Outcome, panel: Sensitivity, made_before: None, tmp_path: Path
) -> None:
    read = capshare.read_run(capshare.write(outcome, tmp_path / "run"))
    assert read.drivers.sensitivity is not None
    pd.testing.assert_frame_equal(read.drivers.sensitivity.ranges, panel.ranges, check_exact=True)
    assert read.drivers.sensitivity.movers().index[0] == panel.movers().index[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_charts_and_sentences_name_what_moves_most(outcome: Outcome, panel: Sensitivity, lang: str) -> None:
    first = term("choices", panel.movers().index[0], lang)
    drawn = {tornado_chart: first, sensitivity_chart: str(panel.ranges[f"name_{lang}"].iloc[0])}
    for draw, name in drawn.items():
        chart = draw(outcome.in_year(), lang)
        assert chart is not None
        said = json.dumps(chart.to_dict(), ensure_ascii=False)
        assert name in said
        assert STUDY in said
    movers, widest = sensitivity_lines(outcome, lang)
    assert movers.index(first) < movers.index(term("choices", panel.movers().index[1], lang))
    span = panel.ranges["high_cut_pct"] - panel.ranges["low_cut_pct"]
    assert str(panel.ranges.loc[str(span.idxmax()), f"name_{lang}"]) in widest
