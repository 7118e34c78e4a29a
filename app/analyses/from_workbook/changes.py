"""Edits of a workbook as changes of a study and of the files that it reads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.chain.national_growth import growth_scenario
from capshare.indicators.dataset.cell_places import KEY
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.edited_cells import NewFigure, dataset_with, scenario_with
from capshare.indicators.dataset.scenarios import SCENARIO
from capshare.reports.workbook.edits.found_edits import Edit
from capshare.study.reading import LoadedStudy, with_changes
from capshare.study.setting import OPTION, Setting

_SCENARIO = f"{KEY}.{SCENARIO}."


def edited_study(
    loaded: LoadedStudy,
    edits: Sequence[Edit],
    settings: Sequence[Setting],
    file: str,
    implied: Sequence[Setting] = (),
) -> LoadedStudy:
    """The study with its edited numbers, which reads its dataset with the edited figures.

    Parameters
    ----------
    loaded : the study as it was
    edits : of the workbook
    settings : that were given beside it
    file : name of the workbook, for messages
    implied : settings of the study that its file states otherwise, and that hold unless they are changed

    Raises
    ------
    CapshareError
        with every edit that the study or the dataset does not allow, each named by its cell.
    """
    of_study = [edit for edit in edits if not edit.cell.key.startswith(f"{KEY}.")]
    of_files = [edit for edit in edits if edit.cell.key.startswith(f"{KEY}.")]
    problems = _twice(of_study, settings)
    changes = [Setting(edit.cell.key, _plain(edit.after), "") for edit in of_study]
    places = {edit.cell.key: edit.cell.place for edit in of_study}
    changed, replaced = loaded, dict[str, bytes]()
    try:
        # The file is read anew, so what is implied must be said again.
        changed = with_changes(loaded, [*implied, *changes, *settings])
    except CapshareError as error:
        problems += [_at_cell(problem, places, file) for problem in error.problems]
    try:
        replaced = _replaced(loaded, of_files, file)
    except CapshareError as error:
        problems += error.problems
    if problems:
        raise CapshareError(problems)
    return replace(changed, replaced=replaced)


def edit_rows(
    edits: Iterable[Edit], settings: Iterable[Setting], before: LoadedStudy, file: str
) -> pd.DataFrame:
    """The table of what was changed; see :class:`~capshare.model.outcome.edits.Edits`.

    Parameters
    ----------
    edits, settings, file : as of :func:`edited_study`
    before : the study as it was
    """
    rows = [
        {
            "source": file,
            "sheet": edit.cell.sheet,
            "cell": edit.cell.cell,
            "column": edit.cell.column,
            "row_name": edit.cell.row_name,
            "study_key": edit.cell.key,
            "unit": edit.cell.unit,
            "value_before": _written(edit.before),
            "value_after": _written(edit.after),
        }
        for edit in edits
    ]
    rows += [
        {
            "source": OPTION,
            **dict.fromkeys(("sheet", "cell", "column", "row_name", "unit"), ""),
            "study_key": setting.key,
            "value_before": _written(_said(before.study.settings(), setting.place)),
            "value_after": setting.text,
        }
        for setting in settings
    ]
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="edit"))


def _replaced(loaded: LoadedStudy, edits: Sequence[Edit], file: str) -> dict[str, bytes]:
    """Files that the edits change, by their names in a run's folder."""
    figures = [NewFigure(edit.cell.key, edit.after, file, edit.cell.place) for edit in edits]
    of_scenario = [figure for figure in figures if figure.key.startswith(_SCENARIO)]
    of_dataset = [figure for figure in figures if figure not in of_scenario]
    replaced: dict[str, bytes] = {}
    problems: list[Problem] = []
    if of_dataset:
        dataset = load_dataset(loaded.study.study.dataset, loaded.path.parent)
        try:
            replaced |= dataset_with(dataset.files, dataset.regions, of_dataset)
        except CapshareError as error:
            problems += error.problems
    if of_scenario:
        scenario = growth_scenario(loaded.study, loaded.path.parent)
        try:
            name = f"{SCENARIO}/{scenario.file}"
            replaced[name] = scenario_with(scenario.data, scenario.file, of_scenario)
        except CapshareError as error:
            problems += error.problems
    if problems:
        raise CapshareError(problems)
    return replaced


def _twice(edits: Iterable[Edit], settings: Iterable[Setting]) -> list[Problem]:
    given = {setting.key for setting in settings}
    return [
        Problem(OPTION, edit.cell.key, "a value once", f"another in {edit.cell.place}", "Leave one out.")
        for edit in edits
        if edit.cell.key in given
    ]


def _at_cell(problem: Problem, places: Mapping[str, str], file: str) -> Problem:
    """A problem of an edited key, told as of its cell."""
    if problem.source != OPTION or problem.place not in places:
        return problem
    return replace(problem, source=file, place=f"{places[problem.place]}, {problem.place}")


def _plain(value: float | str | None) -> float | int | str | None:
    """A number as a study file would say it: whole numbers without a point."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value


def _written(value: Any) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _said(whole: Any, place: Sequence[str]) -> Any:
    """What the settings say at a key; None where they say nothing."""
    for part in place:
        if isinstance(whole, tuple | list):
            called = [
                str(entry.get("id", entry.get("name"))) if isinstance(entry, Mapping) else ""
                for entry in whole
            ]
            if part in called:
                whole = whole[called.index(part)]
            else:
                whole = whole[int(part) - 1] if part.isdigit() and 0 < int(part) <= len(whole) else None
        else:
            whole = whole.get(part) if isinstance(whole, Mapping) else None
    return whole
