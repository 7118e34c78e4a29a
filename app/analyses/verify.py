"""Verifying a run: made again from its folder alone, in memory, and compared file by file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from capshare.analyses.ensemble.beside_run import with_ensemble
from capshare.analyses.ensemble.ensemble_folder import read_ensemble
from capshare.analyses.names import ALL
from capshare.analyses.run import run
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.catalogue import shipped_datasets
from capshare.indicators.dataset.scenarios import shipped_scenarios
from capshare.model.outcome.before_after import beside_before
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.edits_part import has_edits, read_kept
from capshare.reports.folder.ensemble_part import FOLDER
from capshare.reports.folder.files import printable
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.read_record import analyses_of, study_record
from capshare.reports.folder.references import reference_files, reference_key
from capshare.reports.folder.run_folder import INPUTS, STUDY, RunFolder, read_run
from capshare.reports.folder.tables import tables
from capshare.reports.folder.verification import Verification, verification
from capshare.reports.folder.write import contents
from capshare.reports.words.shown_units import DEFAULT_UNIT
from capshare.solvers.named import SAFE_TO_NAME
from capshare.study.reading import LoadedStudy, load_study

_REMEDY = "Put the file back as it was."


def verify(folder: str | Path) -> Verification:
    """Run a study again from the folder of its run, and compare every file.

    Parameters
    ----------
    folder : of a run

    Returns
    -------
    Verification

    Raises
    ------
    CapshareError
        where the folder is not that of a run, or can no longer be run: its study or its inputs are gone
        or wrong
    """
    found = read_run(Path(folder))
    try:
        again = run_again(found)
    except CapshareError as error:
        raise type(error)([*_changes(found), *error.problems]) from error
    keys = {table.file: tuple(map(str, frame.index.names)) for table, frame in tables(again).items()}
    unit = str(found.manifest.get("unit", DEFAULT_UNIT))
    return verification(found, contents(again, found.lang, unit), keys)


def _changes(found: RunFolder) -> list[Problem]:
    """What was changed in a folder since its run: the likely reason why it does not run again."""
    return [
        Problem("run folder", name, "the file as the run left it", f"it {became}", _REMEDY)
        for name, became in found.changed().items()
        if name == STUDY or name.startswith(f"{INPUTS}/")
    ]


def run_again(found: RunFolder, analyses: Iterable[str] | None = None) -> Outcome:
    """The outcome of a run, made again from its folder alone.

    Parameters
    ----------
    found : folder of the run
    analyses : as of :func:`capshare.run`; by default those of the run

    Returns
    -------
    Outcome, its inputs and their sources named as the run named them
    """
    asked = analyses_of(found) if analyses is None else tuple(analyses)
    outcome = run(study_of_run(found), ALL if asked is None else asked)
    if not found.has_copies:
        return outcome
    if f"{FOLDER}/{MANIFEST}" in found.manifest["inputs"]:
        outcome = with_ensemble(outcome, read_ensemble(found.path / INPUTS / FOLDER))
    record = study_record(found, lambda: outcome.study.settings)
    study = replace(outcome.study, settings=record.settings, files=record.files)
    if has_edits(found):
        cells, before = read_kept(found)
        study = replace(study, edits=beside_before(cells, before, outcome))
    return replace(outcome, study=study)


def study_of_run(found: RunFolder) -> LoadedStudy:
    """The study that a run left behind, which reads nothing but what stands in the folder.

    Parameters
    ----------
    found : folder of the run

    Raises
    ------
    CapshareError
        where the study or an input is no regular file, or the study reads from elsewhere or names a program
        that is not known to be a solver
    """
    odd = [name for name in found.files.odd if name == STUDY or f"{name}/".startswith(f"{INPUTS}/")]
    if odd:
        raise CapshareError(
            Problem("run folder", printable(name), "a regular file", found.files.odd[name], _REMEDY)
            for name in sorted(odd)
        )
    loaded = load_study(found.path / STUDY)
    own = {INPUTS, *(f"{INPUTS}/{name}" for name in found.manifest["inputs"])} if found.has_copies else set()
    asked = {"dataset": loaded.study.study.dataset, "scenario": loaded.study.study.scenario}
    shipped = {"dataset": shipped_datasets(), "scenario": shipped_scenarios()}
    problems = [
        Problem(STUDY, f"study.{key}", "a place inside the run's folder", repr(place), _REMEDY)
        for key, place in asked.items()
        if place not in own and place not in shipped[key]
    ]
    problems += [
        Problem(STUDY, reference_key(name), "a place inside the run's folder", repr(place), _REMEDY)
        for place, name in reference_files(loaded.study.settings()).items()
        if place not in own
    ]
    problems += unsafe_solver(loaded.study.solver.name, STUDY)
    if problems:
        raise CapshareError(problems)
    return loaded


def unsafe_solver(name: str, source: str) -> list[Problem]:
    """The problem of a solver that a study names: one from elsewhere shall not choose which program starts.

    Parameters
    ----------
    name : of the solver
    source : file that names it
    """
    if name in SAFE_TO_NAME:
        return []
    expected = f"one of {', '.join(SAFE_TO_NAME)}"
    return [Problem(source, "solver.name", expected, shown(name), "Run the study with one of them.")]
