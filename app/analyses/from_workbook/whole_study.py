"""The study that an edited workbook asks for: each edit allowed by itself, and all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from capshare.analyses.from_workbook.at_cells import told_at_cells
from capshare.analyses.from_workbook.changes import edited_study
from capshare.analyses.from_workbook.original_run import OriginalRun
from capshare.base.errors import CapshareError, Problem
from capshare.chain.read_inputs import read_inputs
from capshare.reports.folder.manifest import versions
from capshare.reports.workbook.edits.found_edits import FoundEdits
from capshare.study.reading import LoadedStudy
from capshare.study.setting import Setting


def whole_study(
    file: str, version: str, original: OriginalRun, found: FoundEdits, settings: Sequence[Setting]
) -> LoadedStudy:
    """The study with the edits of a workbook, or all that is wrong with them at once.

    Parameters
    ----------
    file : name of the workbook
    version : of capshare that wrote it
    original : the run before
    found : what was edited
    settings : that were given beside it

    Raises
    ------
    CapshareError
        with every cell that holds what it may not, and what cells ask for together that the study does not
        allow; or where nothing was edited.
    """
    loaded, of_edits = _with_allowed(original, found, settings, file)
    problems = [*found.problems, *of_edits]
    if loaded is not None and (found.edits or settings):
        told = replace(found, problems=problems)
        problems += told_at_cells(_of_the_whole(loaded), told, [loaded.path.name], file)
    if found.problems and version != versions()["capshare"]:
        own = versions()["capshare"]
        remedy = "Run the study again with this version, and make the edits there."
        problems.append(Problem(file, "", f"a workbook of capshare {own}", version, remedy))
    if not problems and not found.edits and not settings:
        remedy = "Change a yellow cell and save the workbook."
        problems.append(Problem(file, "", "an edited cell", "every cell as the run wrote it", remedy))
    if problems or loaded is None:
        raise CapshareError(problems)
    return loaded


def _with_allowed(
    original: OriginalRun, found: FoundEdits, settings: Sequence[Setting], file: str
) -> tuple[LoadedStudy | None, list[Problem]]:
    """The study with those edits that are allowed each by itself, and the problems of the others."""
    edits, problems = list(found.edits), list[Problem]()
    sources = [original.loaded.path.name]
    while True:
        try:
            return edited_study(original.loaded, edits, settings, file, original.implied), problems
        except CapshareError as error:
            told = told_at_cells(error.problems, replace(found, edits=edits), sources, file)
            problems += told
            left = [edit for edit in edits if not any(edit.cell.place in one.place for one in told)]
            if len(left) == len(edits):
                return None, problems
            edits = left


def _of_the_whole(loaded: LoadedStudy) -> tuple[Problem, ...]:
    """What is wrong with a study and its dataset together."""
    try:
        read_inputs(loaded)
    except CapshareError as error:
        return error.problems
    return ()
