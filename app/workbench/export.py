"""Export: the study with its changes as a file, or run and written into the one folder for it."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capshare.analyses.run import run
from capshare.indicators.dataset.catalogue import shipped_datasets
from capshare.indicators.dataset.scenarios import shipped_scenarios
from capshare.reports.folder.new_folder import require_replaceable
from capshare.reports.folder.references import with_references
from capshare.reports.folder.study_file import study_toml
from capshare.reports.folder.write import write
from capshare.workbench.session import BusyError, Session


class TakenError(Exception):
    """Something of that name is in the export folder already; only the command line replaces it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


# A run with all its files takes a processor for seconds: one after another.
_RUNNING = threading.Lock()


def study_file(session: Session, changes: Mapping[str, Any]) -> bytes:
    """The study with its changes, which ``capshare run`` repeats from wherever the file lies.

    Parameters
    ----------
    session : holds the study
    changes : key as of ``--set`` → value

    Raises
    ------
    CapshareError
        where a setting is wrong.
    """
    with session.prepared(changes) as found:
        said, folder = found.study.own_settings(), session.loaded.path.parent
        names = {"dataset": shipped_datasets(), "scenario": shipped_scenarios()}
        places = {
            key: said["study"][key] if said["study"][key] in shipped else _from(folder, said["study"][key])
            for key, shipped in names.items()
        }
        moved = with_references(said, lambda run: _from(folder, run))
        return study_toml({**moved, "study": {**said["study"], **places}}, session.conventions)


def run_folder(session: Session, changes: Mapping[str, Any], name: str, folder: Path, lang: str) -> Path:
    """Run the study with its changes, and write all that a run leaves behind.

    Parameters
    ----------
    session : holds the study
    changes : as of :func:`study_file`
    name : of the run's folder, one plain word
    folder : where it goes; nothing is written elsewhere
    lang : language of the workbook and the page

    Raises
    ------
    CapshareError
        where a setting is wrong, nothing can be written there, or the study cannot be run.
    TakenError
        where something of the name is there already.
    BusyError
        where another run is being written.
    """
    changed = session.changed(changes)
    target = folder / name
    if os.path.lexists(target):
        raise TakenError(name)
    require_replaceable(target)
    if not _RUNNING.acquire(blocking=False):
        raise BusyError
    try:
        return write(run(changed), target, lang=lang)
    finally:
        _RUNNING.release()


def _from(folder: Path, place: str) -> str:
    return str((folder / place).resolve())
