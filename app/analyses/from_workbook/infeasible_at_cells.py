"""Why an edited study has no solution, told with the cells that a reviewer may take back or change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from capshare.base.errors import LISTED, InfeasibleError, Problem, StudyChange, Told
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.workbook.edits.found_edits import Edit, FoundEdits
from capshare.reports.workbook.edits.input_cells import InputCell

_INDENT = "    "


def infeasible_at_cells(error: InfeasibleError, found: FoundEdits, file: str) -> InfeasibleError:
    """The same error with the edited cells, and with those in which its repairs can be made.

    Parameters
    ----------
    error : of the edited study
    found : what was edited
    file : name of the workbook
    """
    changes = [change for repair in error.repairs for change in repair.changes]
    told = {
        lang: _with_lines(problem, (*_edited(found.edits, file, lang), *_to_change(changes, found, lang)))
        for lang, problem in error.told.items()
    }
    return InfeasibleError(told.get(DEFAULT_LANGUAGE, error.problems), error.repairs, told)


def _with_lines(problem: Problem, lines: Sequence[str]) -> Problem:
    if not isinstance(problem, Told):
        return problem
    return replace(problem, lines=(*problem.lines, *(f"{_INDENT}{line}" for line in lines)))


def _edited(edits: Sequence[Edit], file: str, lang: str) -> Iterator[str]:
    """Edited cells with their keys, before and after; of many the first ones."""
    if edits:
        yield text("infeasible.edited", lang, file=file)
    for edit in edits[:LISTED]:
        before, after = _said(edit.before, lang), _said(edit.after, lang)
        told = {"cell": _place(edit.cell, lang), "study_key": edit.cell.key, "before": before, "after": after}
        yield f"- {text('infeasible.edited_cell', lang, **told)}"
    if len(edits) > LISTED:
        yield f"- {text('infeasible.more_cells', lang, count=len(edits) - LISTED)}"


def _to_change(changes: Sequence[StudyChange], found: FoundEdits, lang: str) -> Iterator[str]:
    """Cells, not edited so far, that hold a number of the repairs."""
    edited = {edit.cell.key for edit in found.edits}
    wanted = dict.fromkeys(key for change in changes if (key := _key(change)) not in edited)
    cells = [cell for key in wanted for cell in found.inputs if cell.key == key]
    if cells:
        yield text("infeasible.further_cells", lang)
    for cell in cells:
        yield f"- {text('infeasible.further_cell', lang, cell=_place(cell, lang), study_key=cell.key)}"


def _key(change: StudyChange) -> str:
    """The key of a cell that holds this number alone; entries of a list are counted from 1 there."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in change.path)


def _place(cell: InputCell, lang: str) -> str:
    called = text("terms.separator", lang).join(filter(None, (cell.column, cell.row_name)))
    return text("infeasible.cell", lang, sheet=cell.sheet, cell=cell.cell, called=called)


def _said(value: float | str | None, lang: str) -> str:
    if value is None:
        return text("infeasible.blank", lang)
    if isinstance(value, float):
        return text("terms.no_limit", lang) if math.isinf(value) else f"{value:.12g}"
    return value
