"""``capshare sweep``: every combination is the run of the study with these settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from capshare.analyses import sweep as sweeping
from capshare.analyses.run import run
from capshare.analyses.sweep import Sweep, sweep, sweep_files
from capshare.base.errors import CapshareError, InfeasibleError
from capshare.commands.group import cli
from capshare.study.reading import load_study

STUDY = "china-15fyp"
YEAR = "study.years=[2030]"


@pytest.fixture(scope="module")
def swept() -> Sweep:
    return sweep(STUDY, [YEAR, "targets.distance_points=0,1.5", "cap.cut_pct=10.5,17"])


def test_a_row_per_run_and_province(swept: Sweep) -> None:
    assert list(swept.runs["status"]) == ["solved"] * 4
    assert swept.provinces.groupby("run").size().eq(30).all()
    quotas = swept.provinces.groupby("run")["quota_mt"].sum()
    pd.testing.assert_series_equal(quotas, swept.runs["cap_mt"], check_names=False, rtol=1e-12)


@pytest.mark.slow
def test_each_is_the_run_with_its_settings(swept: Sweep) -> None:
    number, row = 2, swept.runs.loc[2]
    settings = [f"{key}={row[key]}" for key in ("study.years", "targets.distance_points", "cap.cut_pct")]
    alone = run(load_study(STUDY, settings), ())
    found = swept.provinces.loc[number]["quota_mt"]
    pd.testing.assert_series_equal(found, alone.allocation.provinces["quota_mt"], rtol=1e-12)


def test_without_room_for_cost_nobody_leaves_the_entitled_cut(swept: Sweep) -> None:
    strict = swept.provinces[swept.provinces["targets.distance_points"].eq("0")]
    free = swept.provinces[swept.provinces["targets.distance_points"].eq("1.5")]
    assert strict["decided_by"].eq("distance").all()
    assert (strict["cut_pct"].to_numpy() - free["cut_pct"].to_numpy()).max() <= 1.5 + 1e-9


@pytest.mark.slow
def test_combination_without_a_solution_is_kept_with_its_reason() -> None:
    found = sweep(STUDY, [YEAR, "targets.band_pct=[10,20.5],[17.5,20.5]"])
    assert list(found.runs["status"]) == ["solved", "refused"]
    assert "holds the national cut" in found.runs.loc[2, "reason"]
    assert set(found.provinces.index.get_level_values("run")) == {1}


def test_none_with_a_solution_tells_the_first_reason() -> None:
    with pytest.raises((CapshareError, InfeasibleError), match="holds the national cut"):
        sweep(STUDY, [YEAR, "targets.band_pct=[17.5,20.5],[18,20.5]"])


def test_every_wrong_setting_is_told_before_anything_runs() -> None:
    with pytest.raises(CapshareError) as told:
        sweep(STUDY, ["cap.cut_pct=17,seventeen", "targets.tiers=bound,guide"])
    assert {problem.found for problem in told.value.problems} == {"'seventeen'", "'bound'"}


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "heading"), [("en", "2 combinations"), ("zh", "2种设定组合")])
def test_command_writes_tables_and_says_between_what_provinces_move(
    tmp_path: Path, lang: str, heading: str
) -> None:
    folder = tmp_path / "sweep"
    asked = ["sweep", STUDY, "--set", YEAR, "--set", "burden.spread_points=5,8.5", "-o", str(folder)]
    done = CliRunner().invoke(cli, [*asked, "--lang", lang])
    assert done.exit_code == 0, done.output
    assert heading in done.output
    table = pd.read_csv(folder / "sweep.csv", dtype={"code": str})
    assert len(table) == 60
    assert list(table.columns[:5]) == ["run", "year", "code", "study.years", "burden.spread_points"]
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json", "study.toml", "sweep.csv", "sweep_runs.csv",
    }  # fmt: skip


@pytest.mark.parametrize("workers", [0, -2])
def test_a_wrong_number_of_processes_is_told_before_anything_runs(workers: int) -> None:
    with pytest.raises(
        CapshareError, match=f"sweep, --workers: expected at least one process; found {workers}"
    ):
        sweep(STUDY, ["cap.cut_pct=16,17"], workers)


@pytest.mark.slow
def test_whichever_is_finished_first_the_rows_keep_their_order(
    swept: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = sweeping.results

    def backwards(function: Any, items: Any, *rest: Any) -> Any:
        return own(function, items[::-1], 1, *rest[1:])

    monkeypatch.setattr(sweeping, "results", backwards)
    axes = [YEAR, "targets.distance_points=0,1.5", "cap.cut_pct=10.5,17"]
    assert sweep_files(sweep(STUDY, axes, 2)) == sweep_files(swept)


@pytest.mark.slow
def test_two_processes_give_the_same_bytes_and_keep_what_has_no_solution() -> None:
    axes = [YEAR, "targets.band_pct=[10,20.5],[17.5,20.5],[9,20.5]"]
    one, two = (sweep(STUDY, axes, workers) for workers in (1, 2))
    assert list(two.runs["status"]) == ["solved", "refused", "solved"]
    assert sweep_files(two) == sweep_files(one)


@pytest.mark.slow
def test_two_processes_tell_why_none_has_a_solution() -> None:
    with pytest.raises((CapshareError, InfeasibleError), match="holds the national cut"):
        sweep(STUDY, [YEAR, "targets.band_pct=[17.5,20.5],[18,20.5]"], 2)
