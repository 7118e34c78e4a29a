"""The study as a file: its settings, with the version that ran it and the digests of what it read."""

from __future__ import annotations

from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.edits.carried_study import carried_lines
from capshare.reports.workbook.grid import Field

SHEET = "study_file"


def study_file_sheet(builder: WorkbookBuilder) -> None:
    """One row per line of the file.

    Parameters
    ----------
    builder : takes the place of ``study_file``
    """
    lines = dict(enumerate(carried_lines(builder.data.outcome.study), start=1))
    builder.open(SHEET)
    builder.grid(SHEET, SHEET, tuple(lines), ("line",), HEADING_ROW)
    builder.write(SHEET, [Field("line", lines, unit="", widens=False)], frozen=0)
