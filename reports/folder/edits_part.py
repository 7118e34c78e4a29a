"""The part of a run folder that is of an edited workbook: what was changed, and what the run before found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pandas as pd

from capshare.base.years import YEAR
from capshare.model.outcome.edits import Edits
from capshare.model.outcome.study_record import StudyRecord
from capshare.reports.folder.edits_tables import EDITS
from capshare.reports.folder.files import folder_files
from capshare.reports.folder.read_table import read_frame
from capshare.reports.folder.run_folder import INPUTS, RunFolder
from capshare.reports.folder.table import Table
from capshare.reports.folder.tables import csv_bytes

# Of the inputs of a run: what was read of the edited workbook.
FOLDER = "edits"
# The same as they are kept among the inputs, from which the run is made again.
_KEPT = (
    EDITS[0],
    Table("before", "", (YEAR, "code"), "", ""),
    Table("before_years", "", (YEAR,), "", ""),
)


def kept_files(edits: Edits) -> dict[str, bytes]:
    """What a run keeps of an edited workbook among its inputs, by name.

    Parameters
    ----------
    edits : of the run
    """
    frames = (edits.cells, *edits.before)
    return {
        f"{FOLDER}/{table.file}": csv_bytes(frame, table.file)
        for table, frame in zip(_KEPT, frames, strict=True)
    }


def with_edits_in(study: StudyRecord, frame: Callable[[str], pd.DataFrame | None]) -> StudyRecord:
    """The study of a folder with the edits that its tables hold, where it has them.

    Parameters
    ----------
    study : of the folder
    frame : name of a table → the table, None where the run has none of this name
    """
    cells, provinces, years = (frame(table.name) for table in EDITS)
    if cells is None or provinces is None or years is None:
        return study
    return replace(study, edits=Edits(cells, provinces, years))


def has_edits(folder: RunFolder) -> bool:
    """Whether a run was made from an edited workbook.

    Parameters
    ----------
    folder : of the run
    """
    return f"{FOLDER}/{_KEPT[0].file}" in folder.manifest["inputs"]


def read_kept(folder: RunFolder) -> tuple[pd.DataFrame, tuple[pd.DataFrame, pd.DataFrame]]:
    """What a run kept of an edited workbook: its cells, and what the run before found.

    Parameters
    ----------
    folder : of a run that has edits

    Raises
    ------
    CapshareError
        where a file is gone or cannot be read
    """
    path = folder.path / INPUTS / FOLDER
    inside = RunFolder(path, folder.manifest, folder_files(path))
    cells, provinces, years = (cast(pd.DataFrame, read_frame(inside, table, 0)) for table in _KEPT)
    return cells, (provinces, years)
