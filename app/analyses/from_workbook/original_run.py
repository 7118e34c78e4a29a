"""The run that a workbook was written by: its folder, a study to run again, or what the workbook carries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from capshare.analyses.read_run import read_run
from capshare.analyses.run import run
from capshare.analyses.verify import run_again, study_of_run, unsafe_solver
from capshare.base.conventions import INSIDE
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder
from capshare.base.notes import Note, caution
from capshare.chain.from_inputs import AUTO_PENALTY
from capshare.indicators.dataset.catalogue import shipped_datasets
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.scenarios import load_scenario, shipped_scenarios
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder import run_folder
from capshare.reports.folder.manifest import sha256, versions
from capshare.reports.folder.references import reference_files
from capshare.reports.folder.run_folder import INPUTS, STUDY, RunFolder
from capshare.reports.workbook.edits.carried_study import CarriedStudy
from capshare.study.price_keys import PriceKey
from capshare.study.reading import LoadedStudy, load_study, study_of_text, with_changes
from capshare.study.setting import Setting

# What a reader may have saved over in the folder of a run.
_FOR_PEOPLE = ("study.xlsx", "report.html")
_PENALTY = PriceKey("allocation", "penalty_yuan_per_t", INSIDE)


@dataclass(frozen=True)
class OriginalRun:
    """A run whose workbook was edited.

    Attributes
    ----------
    loaded : its study
    outcome : what it found
    notes : how it was come by, where a reader should know
    implied : settings of ``loaded`` that its file states otherwise
    """

    loaded: LoadedStudy
    outcome: Outcome
    notes: tuple[Note, ...] = ()
    implied: tuple[Setting, ...] = ()


def original_run(workbook: Path, carried: CarriedStudy, study: str | Path | None) -> OriginalRun:
    """Find the run that wrote a workbook.

    Parameters
    ----------
    workbook : path of the edited workbook
    carried : what it says of its run
    study : folder of the run, or its study; None to look beside the workbook, and else in the workbook

    Returns
    -------
    OriginalRun, of this version of capshare

    Raises
    ------
    CapshareError
        where it is not at hand, was changed since, or is not the one that wrote the workbook.
    """
    place = workbook.parent if study is None else Path(study)
    if is_folder(place) and run_folder.is_run(place):
        found = _of_folder(run_folder.read_run(place))
    elif study is not None:
        loaded = load_study(study)
        found = OriginalRun(loaded, run(loaded))
    else:
        found = _carried(workbook, carried)
    _require_same(workbook, carried, found.outcome, str(place))
    return _with_automatic_penalty(found)


def _of_folder(folder: RunFolder) -> OriginalRun:
    changed = {name: became for name, became in folder.changed().items() if name not in _FOR_PEOPLE}
    remedy = "Put it back, or name another folder of the run."
    problems = [
        Problem("run folder", str(folder.path / name), "the file as the run left it", f"it {became}", remedy)
        for name, became in changed.items()
        if name == STUDY or name.startswith(f"{INPUTS}/")
    ]
    if problems:
        raise CapshareError(problems)
    loaded = study_of_run(folder)
    if changed:
        return OriginalRun(loaded, run_again(folder), (caution("made_again", files=list(changed.items())),))
    if folder.manifest["versions"] != versions():
        return OriginalRun(loaded, run_again(folder))
    return OriginalRun(loaded, read_run(folder.path))


def _carried(workbook: Path, carried: CarriedStudy) -> OriginalRun:
    """A run of shipped data alone, made again from the text in the workbook."""
    loaded = study_of_text(carried.toml.encode(), workbook.parent / STUDY)
    asked = loaded.study.study
    own = [
        f"{key} {name}"
        for key, name, shipped in (
            ("dataset", asked.dataset, shipped_datasets()),
            ("scenario", asked.scenario, shipped_scenarios()),
        )
        if name not in shipped
    ]
    own += [f"run {name}" for name in reference_files(loaded.study.settings())]
    own = own or _other_files(loaded, carried)
    if own:
        remedy = f"Name the folder of the run: capshare run FOLDER --from {workbook.name}"
        raise CapshareError(
            Problem(workbook.name, "", "the run's folder beside it, or a run of shipped data alone",
                    f"a run of {', '.join(own)}, not in its folder", remedy)
        )  # fmt: skip
    problems = unsafe_solver(loaded.study.solver.name, workbook.name)
    if problems:
        raise CapshareError(problems)
    return OriginalRun(loaded, run(loaded))


def _other_files(loaded: LoadedStudy, carried: CarriedStudy) -> list[str]:
    """Shipped files that are not those that the run read."""
    dataset, scenario = load_dataset(loaded.study.study.dataset), load_scenario(loaded.study.study.scenario)
    now = sha256({**dataset.files, f"scenario/{scenario.file}": scenario.data})
    return [
        f"another {name} than this version ships" for name in now if carried.digests.get(name) != now[name]
    ]


def _require_same(workbook: Path, carried: CarriedStudy, outcome: Outcome, place: str) -> None:
    """Refuse a run that read other files than the one that wrote the workbook."""
    ours, theirs = _without_study(sha256(outcome.study.files)), _without_study(carried.digests)
    differing = [name for name in dict.fromkeys((*theirs, *ours)) if ours.get(name) != theirs.get(name)]
    if differing:
        expected = f"the workbook of the run {outcome.study.name} in {place}"
        found = f"one of a run that read another {_listed(differing)}"
        remedy = f"Name the run that wrote it: capshare run FOLDER --from {workbook.name}"
        raise CapshareError(Problem(workbook.name, "", expected, found, remedy))


def _without_study(digests: Mapping[str, str]) -> dict[str, str]:
    # Of a study file what it says counts; the cells of the workbook are compared one by one.
    return {name: digest for name, digest in digests.items() if not name.endswith(".toml")}


def _listed(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _with_automatic_penalty(found: OriginalRun) -> OriginalRun:
    """The study with a penalty that follows its costs, which a run's record states as the number it was."""
    penalty = found.loaded.study.allocation.penalty_yuan_per_t
    steps = found.outcome.allocation.steps["cost_yuan_per_t"]
    if penalty == "auto" or not math.isclose(penalty, AUTO_PENALTY * float(steps.max()), rel_tol=1e-12):
        return found
    # The record says it in the dataset's currency.
    key = next((key for key in found.loaded.price_keys if key.inside == _PENALTY.inside), _PENALTY)
    auto = Setting(key.place, "auto", "auto")
    return replace(found, loaded=with_changes(found.loaded, [auto]), implied=(auto,))
