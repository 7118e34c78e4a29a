"""A finished run read back: its outcome, without running anything where its files are as it left them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from capshare.analyses.run import run
from capshare.analyses.verify import run_again, study_of_run
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder
from capshare.base.later import make_all
from capshare.base.notes import Note, caution
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder import run_folder
from capshare.reports.folder.read_outcome import read_outcome
from capshare.reports.folder.read_record import study_record
from capshare.reports.folder.run_folder import STUDY, RunFolder
from capshare.study.reading import load_study


def read_run(folder: str | Path) -> Outcome:
    """What a run found, from its folder: the inverse of :func:`capshare.write`.

    Parameters
    ----------
    folder : what ``capshare run`` has written

    Returns
    -------
    Outcome; writing it gives the same files

    Raises
    ------
    CapshareError
        where it is not the folder of a run, or its files cannot be read: all of those
    """
    outcome = _outcome(run_folder.read_run(Path(folder)))
    make_all(outcome)
    return outcome


def read_or_run_again(folder: RunFolder) -> tuple[Outcome, tuple[Note, ...]]:
    """What a run found as its folder holds it; where files were changed since, the run made again.

    Parameters
    ----------
    folder : of the run

    Returns
    -------
    Outcome, and a note where the run was made again

    Raises
    ------
    CapshareError
        where the run has to be made again and cannot be
    """
    changed = folder.changed()
    if changed:
        return run_again(folder), (caution("made_again", files=list(changed.items())),)
    return _outcome(folder), ()


def outcome_from(
    study_or_run: str, settings: Sequence[str] = ()
) -> tuple[str, Callable[[], tuple[Outcome, tuple[Note, ...]]]]:
    """Where an outcome comes from: a study, which is run, or the folder of a run, which is read.

    Parameters
    ----------
    study_or_run : folder of a run, or a study's name or path
    settings : keys of a study that shall have another value, as of ``load_study``

    Returns
    -------
    the study's name, and what gives the outcome with a note where a finished run was made again

    Raises
    ------
    CapshareError
        where it is neither, or the study is wrong; or settings are given for a run that has ended
    """
    path = Path(study_or_run)
    if is_folder(path) and run_folder.is_run(path):
        refuse_settings(path, settings)
        folder = run_folder.read_run(path)
        return study_record(folder).name, lambda: read_or_run_again(folder)
    loaded = load_study(study_or_run, settings)
    return loaded.study.study.name, lambda: (run(loaded), ())


def refuse_settings(folder: Path, settings: Sequence[str]) -> None:
    """A finished run has the settings that it was made with.

    Parameters
    ----------
    folder : of the run
    settings : that were given beside it

    Raises
    ------
    CapshareError
        where there is one
    """
    if settings:
        remedy = f"Give {folder / STUDY} in its place."
        raise CapshareError(Problem("--set", "", "a study", f"the folder of a run, {folder}", remedy))


def _outcome(folder: RunFolder) -> Outcome:
    def settings() -> Mapping[str, Any]:
        return study_of_run(folder).study.settings()

    return read_outcome(folder, settings)
