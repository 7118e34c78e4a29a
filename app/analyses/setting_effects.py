"""What each setting that differs between runs does alone: the first run solved again with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from capshare.analyses.parts.sensitivity import solved_year
from capshare.analyses.verify import study_of_run
from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note, caution
from capshare.base.progress import counted
from capshare.chain.from_inputs import solver_limits
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.chain.varied import varied
from capshare.reports.comparison.compared_run import ComparedRun
from capshare.reports.comparison.setting_effects import (
    COLUMNS,
    INTERACTION,
    SOLVED,
    UNSOLVED,
    SettingEffects,
    changed_mt,
)
from capshare.solvers.guard import within
from capshare.study.reading import LoadedStudy
from capshare.study.setting import Setting, with_settings
from capshare.study.study import Study

# What a study says beside the split: it moves no quota.
_BESIDE = (
    *("study.name", "study.purpose", "study.purpose_zh", "study.date"),
    *("balance", "potential", "published", "sensitivity", "uncertainty"),
)
_FILES = ("dataset", "scenario")
# More would take longer than a reader waits.
MOST = 40


def setting_effects(runs: Sequence[ComparedRun], year: int) -> SettingEffects:
    """Solve the first run with each setting of another that differs, and see what moves.

    Parameters
    ----------
    runs : read from folders; the first is the one that is changed
    year : whose quotas are compared; where rules tie the years, the last alone can be

    Returns
    -------
    SettingEffects; a run that cannot be prepared again has none, and a note that says why
    """
    first, *others = runs
    if any(run.folder is None for run in runs):
        return SettingEffects()
    try:
        loaded = [study_of_run(run.folder) for run in runs if run.folder is not None]
        with within(solver_limits(loaded[0].study)):
            found = prepare(loaded[0], bootstrap=False)
    except CapshareError as error:
        return SettingEffects(notes=(caution("no_effects", reason=next(error.lines())),))
    frames, notes = {}, list[Note]()
    for run, own in zip(others, loaded[1:], strict=True):
        keys = {key: value for key, value in _differences(loaded[0], own) if not key.startswith(_BESIDE)}
        if len(keys) > MOST:
            notes.append(caution("too_many_effects", run=run.label, count=len(keys), most=MOST))
            continue
        with within(solver_limits(loaded[0].study)):
            if keys:
                frames[run.label] = _effects(found, first, run, keys, year)
    table = pd.concat(frames, names=["run"]) if frames else SettingEffects().table
    return SettingEffects(table, tuple(notes))


def _differences(first: LoadedStudy, other: LoadedStudy) -> Iterator[tuple[str, Any]]:
    """Keys at which another study differs, with its values; lists are whole."""
    before, after = _with_places(first), _with_places(other)
    yield from _leaves(before, after, "")


def _with_places(loaded: LoadedStudy) -> dict[str, Any]:
    """Settings whose files can be found from anywhere."""
    said: dict[str, Any] = loaded.study.settings()
    folder, study = Path(loaded.path).resolve().parent, dict(said["study"])
    for key in _FILES:
        place = study.get(key)
        if place is not None and (folder / place).exists():
            study[key] = str(folder / place)
    return {**said, "study": study}


def _leaves(before: Any, after: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            inner = f"{place}.{key}" if place else str(key)
            yield from _leaves(before.get(key), after.get(key), inner)
    elif _same_files(before, after) if place in ("study.dataset", "study.scenario") else before == after:
        return
    else:
        yield place, after


def _same_files(before: object, after: object) -> bool:
    """Whether two places hold the same files, as copies in the folders of two runs do."""
    if before == after or not (isinstance(before, str) and isinstance(after, str)):
        return before == after
    contents = [_contents(Path(place)) for place in (before, after)]
    return bool(contents[0]) and contents[0] == contents[1]


def _contents(place: Path) -> dict[str, bytes]:
    """Files of a dataset or a scenario by name; in a run's folder its study and scenario lie beside."""
    if place.is_file():
        return {"": place.read_bytes()}
    files = {file.relative_to(place): file for file in place.rglob("*") if file.is_file()}
    return {
        str(name): file.read_bytes()
        for name, file in files.items()
        if name.suffix != ".toml" and name.parts[0] != "scenario"
    }


def _effects(
    found: PreparedStudy, first: ComparedRun, other: ComparedRun, keys: Mapping[str, Any], year: int
) -> pd.DataFrame:
    """A row per key, the largest effect first, then what they do together beyond their sum."""
    base, after = (run.outcome.in_year(year).provinces["quota_mt"] for run in (first, other))
    rows: dict[str, dict[str, object]] = {}
    moved: dict[str, pd.Series] = {}
    for key, value in counted("effects", keys.items()):
        try:
            moved[key] = _quotas(found, key, value, year) - base
        except CapshareError as error:
            rows[key] = {"status": UNSOLVED, "reason": next(error.lines())}
            continue
        rows[key] = _row(moved[key], SOLVED)
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("setting").reindex(columns=list(COLUMNS))
    table = table.sort_values("moved_mt", ascending=False, kind="stable")
    if len(moved) > 1 and (table["status"] == SOLVED).all():
        rest = after - base - sum(moved.values())
        table.loc[INTERACTION] = pd.Series(_row(rest, SOLVED))
    return table


def _row(moved: pd.Series, status: str) -> dict[str, object]:
    largest = str(moved.abs().idxmax())
    return {
        "status": status,
        "moved_mt": changed_mt(moved),
        # Sums of equal gains and losses leave rounding.
        "sum_mt": round(float(moved.sum()), 9) + 0.0,
        "most": largest,
        "most_mt": float(moved[largest]),
        "reason": "",
    }


def _quotas(found: PreparedStudy, key: str, value: Any, year: int) -> pd.Series:
    """Quotas of the first study with one setting of the other."""
    said = with_settings(found.study.settings(), (Setting(key, value, str(value)),))
    try:
        study = Study.model_validate(said)
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"])
        expected = "a setting that fits the first run's others"
        raise CapshareError(Problem(key, "", expected, reason, "It differs together with others.")) from None
    variant = varied(found, study)
    if year not in variant.inputs.years:
        problem = Problem(key, "", f"a study of {year}", "another year", "Compare another year.")
        raise CapshareError(problem)
    return solved_year(variant, year)[0]["quota_mt"]
