"""An ensemble's folder: the same bytes however it was made, and nothing half made that passes as whole."""

import errno
import json
from dataclasses import replace

import pandas as pd
import pyarrow.parquet as pq
import pytest

import capshare
from capshare.analyses.ensemble import ensemble as making
from capshare.analyses.ensemble import tasks, workers
from capshare.analyses.ensemble.ensemble import Plan, ensemble
from capshare.analyses.ensemble.setting_keys import known_keys
from capshare.analyses.ensemble.unfinished import Unfinished
from capshare.base.errors import CapshareError, InfeasibleError
from capshare.chain.prepared import prepare
from capshare.study.known_keys import is_known
from capshare.study.reading import load_study

STUDY, DRAWS = "tian-lin-2021", 20


@pytest.fixture(autouse=True)
def quick(monkeypatch, prepared):
    """Small chunks of studies that are prepared already."""
    monkeypatch.setattr(tasks, "CHUNK", 12)
    # Drawing takes longer than these ensembles.
    monkeypatch.setattr(making, "image", lambda chart, kind: kind.encode())
    monkeypatch.setattr(
        making, "prepare", lambda loaded, bootstrap: replace(prepared(STUDY), study=loaded.study)
    )


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, prepared):
    """Content of an ensemble that was made in one go, by name."""
    folder = tmp_path_factory.mktemp("whole") / "ensemble"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "CHUNK", 12)
        patch.setattr(making, "image", lambda chart, kind: kind.encode())
        patch.setattr(making, "prepare", lambda loaded, bootstrap: prepared(STUDY))
        made = ensemble(load_study(STUDY), Plan(DRAWS, folder))
    assert made.folder == folder
    return contents(folder)


def table(whole, name, tmp_path):
    (tmp_path / name).write_bytes(whole[name])
    return pd.read_csv(tmp_path / name, dtype={"code": str, "other": str})


def test_the_folder(whole):
    draws = ["draws/000000000-000000011.parquet", "draws/000000012-000000019.parquet"]
    drivers = ["drivers/000000000-000000000.parquet", "drivers/000000001-000000001.parquet"]
    tables = ["quantiles.csv", "probabilities.csv", "same_group.csv", "drivers.csv"]
    pictures = ["quota_mt.svg", "quota_mt.png"]
    assert sorted(whole) == sorted([*draws, *drivers, *tables, *pictures, "study.toml", "manifest.json"])
    manifest = json.loads(whole["manifest.json"])
    assert manifest["draws"] == {"asked": DRAWS, "solved": DRAWS, "without_solution": {}}
    assert manifest["seed"] == 2021
    assert set(manifest["files"]) == set(whole) - {"manifest.json"}
    assert "pyarrow" in manifest["versions"]


def test_the_tables_say_what_the_draws_say(whole, tmp_path):
    frames = []
    for name in sorted(name for name in whole if name.startswith("draws/")):
        (tmp_path / "chunk").write_bytes(whole[name])
        frames.append(pq.read_table(tmp_path / "chunk").to_pandas())
    draws = pd.concat(frames)
    assert len(draws) == DRAWS * 30
    assert draws.groupby("draw")["quota_mt"].sum().to_numpy() == pytest.approx(13_490.0)
    quantiles = table(whole, "quantiles.csv", tmp_path).set_index(["figure", "code"])
    shanxi = draws[draws["code"] == "140000"]
    assert quantiles.loc[("quota_mt", "140000"), "p50"] == pytest.approx(shanxi["quota_mt"].median())
    assert (quantiles["p05"] <= quantiles["p95"]).all()
    first = draws[draws["block"] == "I"].drop_duplicates("draw")["price_yuan_per_t"]
    assert quantiles.loc[("price_yuan_per_t", "I"), "p50"] == pytest.approx(first.median())
    chances = table(whole, "probabilities.csv", tmp_path).set_index(["event", "code"])["probability"]
    assert chances["deficit", "140000"] == (shanxi["balance_mt"] <= -1e-6).mean()
    classes = chances[[event.endswith(("surplus", " deficit", "balanced")) for event, _ in chances.index]]
    assert classes.groupby("code").sum().to_numpy() == pytest.approx(1)
    first = draws.loc[draws["potential_rank"] == 1, "code"].astype(str)
    ranked = (first.value_counts() / DRAWS).to_dict()
    assert chances["potential rank 1"].to_dict() == pytest.approx(ranked)
    assert chances.loc[["group I"]].max() <= 1
    same = table(whole, "same_group.csv", tmp_path).set_index(["code", "other"])["probability"]
    assert len(same) == 30 * 29 / 2
    by_draw = draws.pivot(index="draw", columns="code", values="group")
    assert same["140000", "150000"] == (by_draw["140000"] == by_draw["150000"]).mean()


def test_drivers_are_of_all_inputs(whole, tmp_path):
    drivers = table(whole, "drivers.csv", tmp_path)
    assert set(drivers["figure"]) == {"quota_mt", "cut_pct", "balance_mt"}
    assert {"weights", "inventory", "costs", "groups.k", "columns.gdp_1e8yuan"} <= set(drivers["input"])
    assert (drivers["low"] <= drivers["high"]).all()


def test_an_ensemble_that_was_stopped_goes_on_to_the_same_bytes(whole, tmp_path, monkeypatch):
    own, made = workers.make, []

    def stopped(pickled, task):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(task.file)
        return own(pickled, task)

    folder = tmp_path / "ensemble"
    with monkeypatch.context() as patch:
        patch.setattr(workers, "make", stopped)
        with pytest.raises(KeyboardInterrupt):
            ensemble(load_study(STUDY), Plan(DRAWS, folder))
    place = Unfinished(folder).path
    assert not folder.exists()
    assert {path.name for path in place.glob("draws/*")} == {name.rpartition("/")[2] for name in made}
    with pytest.raises(CapshareError, match=r"one that was not finished\. Go on with --resume"):
        ensemble(load_study(STUDY), Plan(DRAWS, folder))
    # A chunk that was being written when the power failed.
    (place / "draws" / "000000012-000000019.parquet.part").write_bytes(b"half")
    monkeypatch.setattr(workers, "make", lambda pickled, task: made.append(task.file) or own(pickled, task))
    ensemble(load_study(STUDY), Plan(DRAWS, folder, resume=True))
    assert len(made) == len(set(made)), "a finished chunk is made again"
    assert contents(folder) == whole
    assert not place.exists()


def test_a_changed_study_is_not_resumed(tmp_path, monkeypatch):
    folder = tmp_path / "ensemble"
    with monkeypatch.context() as patch:
        patch.setattr(making, "_draw", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ensemble(load_study(STUDY), Plan(DRAWS, folder))
    changed = load_study(STUDY, ["allocation.trade_limit=0.2", "study.seed=7"])
    with pytest.raises(CapshareError, match=r"allocation\.trade_limit: expected 'inf', as when") as told:
        ensemble(changed, Plan(DRAWS, folder, resume=True))
    assert "study.study.seed: expected 2021" in str(told.value)
    # Begun anew, it is the changed study's.
    made = ensemble(changed, Plan(2, folder, force=True))
    assert made.tables.pairs == 0
    assert made.tables.drivers.empty


def test_other_files_are_never_thrown_away(tmp_path):
    place = Unfinished(tmp_path / "ensemble").path
    place.mkdir()
    (place / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CapshareError, match=r"what an earlier ensemble left; found other files"):
        ensemble(load_study(STUDY), Plan(DRAWS, tmp_path / "ensemble", force=True))
    with pytest.raises(CapshareError, match=r"plan\.json: expected what the ensemble is of"):
        ensemble(load_study(STUDY), Plan(DRAWS, tmp_path / "ensemble", resume=True))
    assert (place / "thesis.txt").exists()


def test_a_larger_ensemble_begins_with_the_smaller(whole, tmp_path):
    made = ensemble(load_study(STUDY), Plan(12, tmp_path / "small"))
    first = "draws/000000000-000000011.parquet"
    assert (made.folder / first).read_bytes() == whole[first]


def test_a_full_disk_keeps_what_is_there(tmp_path, monkeypatch):
    own, kept = Unfinished.keep, []

    def full(self, name, data):
        if len(kept) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        kept.append(name)
        own(self, name, data)

    monkeypatch.setattr(Unfinished, "keep", full)
    with pytest.raises(CapshareError, match=r"No space left on device. Make room .* go on with --resume"):
        ensemble(load_study(STUDY), Plan(DRAWS, tmp_path / "ensemble"))
    assert (Unfinished(tmp_path / "ensemble").path / kept[0]).exists()


def caps_drawn(low, high):
    """The study with floors of 30 % of all emissions, 4 047 Mt; a cap below leaves no room."""
    study = load_study(STUDY, ["allocation.floor=0.3"])
    spread = {"key": "cap.mt.2017", "low": low, "high": high, "reason": "assumed"}
    asked = study.study.uncertainty.model_validate({"settings": (spread,)})
    return replace(study, study=study.study.model_copy(update={"uncertainty": asked}))


@pytest.mark.slow
def test_draws_without_a_solution_are_counted_by_their_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "prepare", prepare)
    made = ensemble(caps_drawn(2_000.0, 6_000.0), Plan(DRAWS, tmp_path / "ensemble"))
    failed = sum(made.tables.failed.values())
    assert 0 < failed < DRAWS
    assert made.tables.solved == DRAWS - failed
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["draws"] == {"asked": DRAWS, "solved": DRAWS - failed,
                                 "without_solution": made.tables.failed}  # fmt: skip
    assert any("floors" in reason for reason in made.tables.failed)


def test_where_no_draw_has_a_solution_for_its_rules_that_is_the_exit_code_of_rules(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "prepare", prepare)
    rule = 'allocation.constraint=[{name="none", provinces=["Beijing"], max_mt=0.001}]'
    with pytest.raises(InfeasibleError, match=r"none \(2 times: the rules contradict each other\)"):
        ensemble(load_study(STUDY, [rule]), Plan(2, tmp_path / "ensemble"))


def test_where_no_draw_has_numbers_that_can_be_solved_the_input_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "prepare", prepare)
    with pytest.raises(CapshareError, match=r"none \(2 times: floors: expected floors that add up") as caught:
        ensemble(caps_drawn(2_000.0, 3_000.0), Plan(2, tmp_path / "ensemble"))
    assert caught.value.exit_code == 2


def test_a_damaged_chunk_is_named(tmp_path, monkeypatch):
    own = Unfinished.keep
    monkeypatch.setattr(Unfinished, "keep", lambda self, name, data: own(self, name, data[:100]))
    with pytest.raises(CapshareError, match=r"parquet: expected a chunk of draws.*Delete the file"):
        ensemble(load_study(STUDY), Plan(DRAWS, tmp_path / "ensemble"))


REASON = {"reason": "assumed"}
NO_INVENTORY = {"probability": 0.5, "emissions": {"method": "column", "column": "no"}, **REASON}


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"settings": ({"key": "allocation.max_deviation", "sd": 0.1, **REASON},)},
         "greater than or equal to 0; found allocation.max_deviation=-0.3"),
        ({"settings": ({"key": "allocation.trade_limit", "low": -0.1, "high": 0.1, **REASON},)},
         "greater than or equal to 0; found allocation.trade_limit=-0.1"),
        ({"settings": ({"key": "groups.k", "low": 4.0, "high": 6.0, **REASON},)}, "`values`"),
        ({"settings": ({"key": "groups.kk", "sd": 1.0, **REASON},)}, "Did you mean groups.k"),
        ({"settings": ({"key": "cap.cut_pct", "sd": 1.0, **REASON},)}, "which it lacks"),
        ({"columns": ({"column": "gpd_1e8yuan", "relative_sd": 0.1, **REASON},)}, "gdp_1e8yuan"),
        ({"growth": {"sd_points": 0.5, **REASON}}, r"a \[baseline\]"),
        ({"inventories": (NO_INVENTORY,)}, "found 'no'"),
    ],
)  # fmt: skip
def test_what_a_study_does_not_allow_is_told_before_a_draw(sections, message, tmp_path):
    study = load_study(STUDY)
    asked = study.study.uncertainty.model_validate(sections)
    study = replace(study, study=study.study.model_copy(update={"uncertainty": asked}))
    with pytest.raises(CapshareError, match=message):
        ensemble(study, Plan(DRAWS, tmp_path / "ensemble"))
    assert not any(tmp_path.iterdir())


def test_a_study_without_uncertainty_is_told_what_is_missing(tmp_path, prepared):
    study = load_study(STUDY)
    study = replace(study, study=study.study.model_copy(update={"uncertainty": None}))
    with pytest.raises(CapshareError, match=r"a section that says what is drawn"):
        ensemble(study, Plan(DRAWS, tmp_path / "ensemble"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"draws": 0}, "-n: expected a number of draws"), ({"workers": 0}, "--workers: expected at least one")],
)
def test_a_wrong_plan_is_refused(changes, message, tmp_path):
    with pytest.raises(CapshareError, match=message):
        ensemble(load_study(STUDY), replace(Plan(DRAWS, tmp_path / "ensemble"), **changes))


def test_what_can_be_drawn_is_a_key_of_a_study():
    keys = [key.replace("YEAR", "2017").replace("RULE.PARAMETER", "score-cut.spread") for key in known_keys()]
    assert all(is_known(key.split(".")) for key in keys)


def test_a_negative_spread_is_refused_with_the_study(tmp_path):
    text = capshare.load_study(STUDY).data.decode().replace("relative_sd = 0.05", "relative_sd = -0.05", 1)
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CapshareError, match=r"greater than or equal to 0; found -0\.05"):
        load_study(tmp_path / "study.toml")
