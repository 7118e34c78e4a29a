"""The tables of a run that was made from an edited workbook: its edits, and what they changed."""

from __future__ import annotations

from capshare.base.years import YEAR
from capshare.reports.folder.table import Table

_CELLS = ("source", "sheet", "cell", "column", "row_name", "study_key", "unit", "value_before", "value_after")

EDITS = (
    Table(
        "edits",
        "study.edits.cells",
        ("edit",),
        "Edited cells",
        "One row per cell that was changed in the workbook, or setting that was given beside it.",
        _CELLS,
        words=_CELLS,
    ),
    Table(
        "before_after",
        "study.edits.provinces",
        (YEAR, "code"),
        "Before and after the edits",
        "One row per province: quota and cut before and after the edits, and what decided each.",
        words=("decided_before", "decided_after"),
    ),
    Table(
        "before_after_years",
        "study.edits.years",
        (YEAR,),
        "The nation before and after the edits",
        "One row per year: cap, price, cost and abatement before and after the edits.",
    ),
)
