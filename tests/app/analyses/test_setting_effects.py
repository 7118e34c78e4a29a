"""What each setting does alone: the same as a run of the first study with it."""

import pandas as pd
import pytest

import capshare
from capshare.analyses.compare_runs import read_compared
from capshare.analyses.setting_effects import setting_effects
from capshare.base.errors import CapshareError
from capshare.reports.comparison.compare import compare_runs
from capshare.reports.comparison.setting_effects import INTERACTION, changed_mt

CHANGES = {"max_deviation": 0.05, "trade_limit": 0.3}


@pytest.fixture
def folders(isles, made_before, tmp_path):
    """Runs of the islands as they are, and with two settings changed and the balance's classes."""
    text = isles.read_text(encoding="utf-8")
    rules = "".join(f"{key} = {value}\n" for key, value in CHANGES.items())
    isles.with_name("other.toml").write_text(f"{text}[allocation]\n{rules}", encoding="utf-8")
    for name in ("isles", "other"):
        outcome = capshare.run(isles.with_name(f"{name}.toml"), analyses=("one-sided-prices",))
        capshare.write(outcome, tmp_path / name)
    return [tmp_path / "isles", tmp_path / "other"]


def test_each_setting_alone_is_what_a_run_with_it_gives(folders, isles):
    runs = read_compared(folders)
    found = setting_effects(runs, 2017)
    base, after = (run.outcome.in_year().provinces["quota_mt"] for run in runs)
    table = found.table.loc["other"]
    assert set(table.index) - {INTERACTION} == {f"allocation.{key}" for key in CHANGES}
    moved = {}
    for key, value in CHANGES.items():
        alone = capshare.run(capshare.load_study(isles, [f"allocation.{key}={value}"]), analyses=())
        moved[key] = alone.in_year().provinces["quota_mt"] - base
        row = table.loc[f"allocation.{key}"]
        assert row["moved_mt"] == pytest.approx(changed_mt(moved[key]), abs=1e-6)
        assert row["sum_mt"] == pytest.approx(0.0, abs=1e-6)
    assert table.drop(INTERACTION)["moved_mt"].is_monotonic_decreasing
    rest = after - base - sum(moved.values())
    assert table.loc[INTERACTION, "moved_mt"] == pytest.approx(changed_mt(rest), abs=1e-6)
    assert found.notes == ()


def test_the_settings_that_move_most_stand_first(folders):
    runs = read_compared(folders)
    effects = setting_effects(runs, 2017)
    names = compare_runs(runs, effects=effects).settings.loc["setting"].index.tolist()
    largest = effects.largest()
    assert names[0] == largest.idxmax()


def test_runs_that_cannot_be_solved_again_have_no_effects_and_a_note(folders):
    (folders[0] / "inputs" / "provinces.csv").unlink()
    [note] = setting_effects(read_compared(folders), 2017).notes
    assert note.key == "no_effects"


def test_a_year_that_one_run_lacks_is_refused(folders):
    with pytest.raises(CapshareError, match="a year that every run allocates: 2017"):
        compare_runs(read_compared(folders), 2030)


def test_what_is_gained_or_lost_counts_whichever_is_more():
    assert changed_mt(pd.Series([3.0, -1.0, -2.0])) == 3.0
    assert changed_mt(pd.Series([3.0, -1.0])) == 3.0
    assert changed_mt(pd.Series([-3.0, 1.0])) == 3.0
    assert changed_mt(pd.Series([0.0, 0.0])) == 0.0
