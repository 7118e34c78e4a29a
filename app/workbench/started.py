"""What a workbench is started with: a study, or the folder of a run."""

from __future__ import annotations

from pathlib import Path

from capshare.analyses.verify import study_of_run
from capshare.base.file_bytes import is_folder
from capshare.reports.folder.run_folder import read_run
from capshare.study.reading import DEFAULT, LoadedStudy, load_study


def loaded_from(study_or_run: str | None) -> LoadedStudy:
    """The study to hold.

    Parameters
    ----------
    study_or_run : a study's name or path, or the folder of a run, whose study reads what stands in it; None:
        the default study

    Raises
    ------
    CapshareError
        where it is neither, or wrong.
    """
    path = Path(study_or_run or DEFAULT)
    if study_or_run and is_folder(path):
        return study_of_run(read_run(path))
    return load_study(study_or_run or DEFAULT)
