"""``--set KEY=VALUE``: typed by the study's own model, wrong ones answered with the nearest right ones."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.study.known_keys import is_known, nearest_keys
from capshare.study.reading import load_study, shipped_studies
from capshare.study.study import Study

PLAN = "china-15fyp"


def _at(study: Study, key: str) -> Any:
    value: Any = study
    for part in key.split("."):
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    return value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("cap.cut_pct=18", 18.0),
        ("allocation.trade_limit=inf", float("inf")),
        ("targets.tiers=bind", "bind"),
        ('targets.tiers="none"', "none"),
        ("targets.band_pct=[9, 21.5]", (9.0, 21.5)),
        ("study.scenario = plan-15", "plan-15"),
        # Text that looks like a number is text where the study wants text.
        ("study.name=2035", "2035"),
        ("prices.anchor=none", "none"),
        ("study.years=[2030]", (2030,)),
    ],
)
def test_value_is_typed_by_the_study(setting: str, value: object) -> None:
    assert _at(load_study(PLAN, [setting]).study, setting.partition("=")[0].strip()) == value


def test_several_at_once_and_the_rest_stays() -> None:
    plain = load_study(PLAN).study
    changed = load_study(PLAN, ["cap.cut_pct=18", "targets.distance_points=1"]).study
    assert changed.cap == plain.cap.model_copy(update={"cut_pct": 18.0})
    assert plain.targets is not None
    assert changed.targets == plain.targets.model_copy(update={"distance_points": 1.0})
    assert changed.potential == plain.potential


@pytest.mark.parametrize("entry", ["gdp_per_head", "2"])
def test_entry_of_a_list_is_called_by_id_or_number(entry: str) -> None:
    burden = load_study(PLAN, [f"burden.indicators.{entry}.expression=population_1e4"]).study.burden
    assert burden is not None
    assert [indicator.expression for indicator in burden.indicators] == ["gdp_1e8yuan", "population_1e4"]


def test_key_in_a_section_that_the_file_lacks() -> None:
    assert load_study(PLAN, ["balance.slight_mt=50"]).study.balance.slight_mt == 50


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (["cap.cut_pct"], r"--set: expected KEY=VALUE; found 'cap.cut_pct'"),
        (["=18"], "expected KEY=VALUE"),
        (["cap.cut_pct="], "expected KEY=VALUE"),
        (["cap.cut=18"], r"--set, cap.cut: expected a key of a study.*cap.cut_pct"),
        (["trade_limit=0.1"], "Did you mean allocation.trade_limit"),
        (["alocation.trade_limit=0.1"], "Did you mean allocation.trade_limit"),
        (["cap.cut_pct=18", "cap.cut_pct=19"], "--set, cap.cut_pct: expected a value once"),
        (["cap.cut_pct=eighteen"], "--set, cap.cut_pct: expected number; found 'eighteen'"),
        (["cap.cut_pct=180"], "--set, cap.cut_pct: expected"),
        (["targets.tiers=bound"], "--set, targets.tiers: expected 'guide'"),
        (["targets.band_pct=[9"], "--set targets.band_pct, the last line: expected"),
        (
            ["burden.indicators.gdb.expression=1"],
            "--set, burden.indicators.gdb.expression: expected an entry",
        ),
        (["burden.indicators.3.expression=1"], "a number from 1 to 2"),
        (["cap.cut_pct.2030=18"], "--set, cap.cut_pct.2030: expected a key of a study"),
    ],
)
def test_wrong_setting_is_told_as_of_the_command_line(settings: list[str], message: str) -> None:
    with pytest.raises(CapshareError, match=message):
        load_study(PLAN, settings)


def test_all_wrong_settings_at_once() -> None:
    with pytest.raises(CapshareError) as told:
        load_study(PLAN, ["cap.cut=18", "targets.band=1"])
    assert len(told.value.problems) == 2


def test_problem_of_the_file_is_told_as_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[study]\nname = "mine"\n', encoding="utf-8")
    with pytest.raises(CapshareError, match=r"mine\.toml") as told:
        load_study(path, ["balance.slight_mt=-1"])
    sources = {problem.source for problem in told.value.problems}
    assert sources == {"mine.toml", "--set"}


@pytest.mark.parametrize("name", shipped_studies())
def test_every_key_of_a_study_is_known(name: str) -> None:
    def keys(value: Any, before: tuple[str, ...]) -> Any:
        for key, inside in value.items():
            yield (*before, key)
            if isinstance(inside, dict):
                yield from keys(inside, (*before, key))

    unknown = [key for key in keys(load_study(name).study.settings(), ()) if not is_known(key)]
    assert not unknown


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(CapshareError):
        load_study(PLAN, [text])
        assert "=" in text


def test_nearest_keys_are_known() -> None:
    for key in ("floor", "allocation.flor", "expression", "xyz"):
        for name in nearest_keys(key):
            assert is_known(name.split("."))


@pytest.mark.slow
def test_run_folder_holds_the_result(isles: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "capshare"]
    asked = ["--set", "groups.k=3", "--set", "cap.mt.2017=450"]
    run = [*command, "run", str(isles), *asked, "-o", str(tmp_path / "run")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    study = load_study(tmp_path / "run" / "study.toml").study
    assert (study.groups.k, study.cap.mt) == (3, {"2017": 450.0})
    assert json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))["checks"]
    told = [*command, "explain", "甲岛", str(tmp_path / "run"), "--set", "groups.k=2"]
    refused = subprocess.run(told, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "expected a study; found the folder of a run" in refused.stderr
