"""A finished run read back: its outcome, without running anything where its files are as it left them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capshare.analyses.verify import run_again, study_of_run
from capshare.base.later import make_all
from capshare.base.notes import Note, caution
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder import run_folder
from capshare.reports.folder.read_outcome import read_outcome
from capshare.reports.folder.run_folder import RunFolder


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


def _outcome(folder: RunFolder) -> Outcome:
    def settings() -> Mapping[str, Any]:
        return study_of_run(folder).study.settings()

    return read_outcome(folder, settings)
