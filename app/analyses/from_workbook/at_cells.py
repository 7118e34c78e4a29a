"""Problems of an edited study, told as of the cells that a reviewer sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from capshare.base.errors import Problem
from capshare.reports.workbook.edits.found_edits import FoundEdits
from capshare.reports.workbook.edits.input_cells import InputCell
from capshare.study.setting import OPTION

# Cells that a message names one by one.
_NAMED = 3


def told_at_cells(
    problems: Iterable[Problem], found: FoundEdits, sources: Sequence[str], file: str
) -> list[Problem]:
    """The problems of a study as a whole, each with the cells that it is about.

    A problem of a key that no cell has, or of the dataset, is told with the cells that were edited: the run
    before them had none.

    Parameters
    ----------
    problems : of the edited study
    found : what was edited
    sources : what the study's own file is called in problems
    file : name of the workbook
    """
    edited = [edit.cell for edit in found.edits]
    refused = {problem.place for problem in found.problems}
    told = []
    for problem in problems:
        if any(cell.place in problem.place for cell in edited):
            told.append(problem)
            continue
        own = problem.source in (*sources, OPTION)
        about = _about(problem.place, edited) or _of_key(problem.place, found.inputs) if own else []
        if any(cell.place in refused for cell in about):
            # What is wrong with the cell itself is told already.
            continue
        if about:
            problem = replace(problem, source=file, place=f"{listed(about)}, {problem.place}")
        if edited and not any(cell in edited for cell in about):
            problem = replace(problem, remedy=f"{problem.remedy} Edited were: {listed(edited)}.")
        told.append(problem)
    return told


def listed(cells: Sequence[InputCell]) -> str:
    """Places of cells, of many the first ones.

    Parameters
    ----------
    cells : at least one
    """
    more = len(cells) - _NAMED
    places = [cell.place for cell in cells[:_NAMED]] + ([f"{more} more"] if more > 0 else [])
    return "; ".join(places)


def _about(place: str, edited: Sequence[InputCell]) -> list[InputCell]:
    """Edited cells of a place in a study file, or else of the province that it names."""
    _, comma, province = place.rpartition(", ")
    of_province = [cell for cell in edited if comma and province in cell.key.split(".")]
    return _of_key(place, edited) or of_province


def _of_key(place: str, cells: Sequence[InputCell]) -> list[InputCell]:
    """Cells whose key is that of a place in a study file, lies inside it or holds it."""
    # A list's entry is a number behind a space there.
    wanted = f"{place.replace(' ', '.')}."
    return [
        cell
        for cell in cells
        if place and (f"{cell.key}.".startswith(wanted) or wanted.startswith(f"{cell.key}."))
    ]
