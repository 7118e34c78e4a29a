"""A finished run read back: its outcome, without running anything."""

from __future__ import annotations

from pathlib import Path

from capshare.analyses.verify import study_of_run
from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.study_record import StudyRecord
from capshare.reports.folder import run_folder
from capshare.reports.folder.read_outcome import read_outcome
from capshare.reports.folder.run_folder import INPUTS, RunFolder


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
        where it is not the folder of a run, or its files cannot be read
    """
    found = run_folder.read_run(Path(folder))
    return read_outcome(found, recorded_study(found))


def recorded_study(found: RunFolder) -> StudyRecord:
    """The study of a run as it ran, its inputs named as the run named them.

    Parameters
    ----------
    found : folder of the run
    """
    settings = study_of_run(found).study.settings()
    settings["study"] = {**settings["study"], **found.manifest.get("sources", {})}
    return StudyRecord(
        name=found.manifest["study"],
        seed=found.manifest["seed"],
        settings=settings,
        files={name: found.read(f"{INPUTS}/{name}") for name in found.manifest["inputs"]},
    )
