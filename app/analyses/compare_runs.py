"""Finished runs side by side: their folders read, nothing run again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.outcome.outcome import Outcome
from capshare.reports.comparison.comparable import MOST
from capshare.reports.comparison.compared_run import SIDES, ComparedRun
from capshare.reports.folder.read_outcome import read_outcome
from capshare.reports.folder.run_folder import RunFolder, read_run
from capshare.reports.folder.table_list import NAMED

# What is compared of each table: a run of an older version need not have more.
_COMPARED = {
    "cap": ("cap_mt",),
    "provinces": (
        *("name_en", "name_zh", "group", "balance_class"),
        *("emissions_mt", "quota_mt", "balance_mt", "abatement_mt", "purchase_mt", "uncovered_mt"),
        *("cost_1e8yuan", "penalty_1e8yuan"),
    ),
    "groups": ("members", "cap_mt", "cap_share", "price_yuan_per_t"),
    "prices": ("price_yuan_per_t",),
}
# What a run has all of, or nothing where it was not asked for.
_TOGETHER = {"groups": SIDES}
_REMEDY = "Put the file back as the run left it, or run the study again."


def read_compared(folders: Sequence[str | Path]) -> tuple[ComparedRun, ...]:
    """Read the runs that shall stand side by side.

    Parameters
    ----------
    folders : of at least two runs; differences are taken against the first

    Returns
    -------
    tuple of ComparedRun, in the order asked for, each labelled by its folder's name, with folders above it
    where two have one name

    Raises
    ------
    CapshareError
        where there are too few or too many, or a folder holds no run or one that cannot be compared
    """
    paths = [Path(folder) for folder in folders]
    _require_several(paths)
    runs: list[ComparedRun] = []
    problems: list[Problem] = []
    for label, path in zip(_labels(paths), paths, strict=True):
        try:
            folder = read_run(path)
            runs.append(ComparedRun(label, _whole(folder, read_outcome(folder)), folder))
        except CapshareError as error:
            problems += error.problems
    if problems:
        raise CapshareError(problems)
    _require_one_currency(runs)
    return tuple(runs)


def _require_one_currency(runs: Sequence[ComparedRun]) -> None:
    """Refuse runs whose money cannot be set side by side: no rate of exchange is known."""
    said = {run.label: run.outcome.study.conventions.currency for run in runs}
    if len(set(said.values())) > 1:
        found = ", ".join(f"{label} in {currency}" for label, currency in said.items())
        remedy = "Compare runs of datasets in the same currency."
        raise CapshareError(Problem("runs to compare", "", "runs in one currency", found, remedy))


def _require_several(folders: Sequence[Path]) -> None:
    places = [Path(os.path.realpath(folder)) for folder in folders]
    twice = sorted({str(place) for place in places if places.count(place) > 1})
    problems = []
    if not 2 <= len(folders) <= MOST:
        problems.append(
            Problem("runs to compare", "", f"2 to {MOST} folders of runs", str(len(folders)),
                    "Name two runs or more, the one to compare with first.")
        )  # fmt: skip
    if twice:
        found = f"{', '.join(twice)} twice"
        problems.append(Problem("runs to compare", "", "different folders", found, "Name each once."))
    if problems:
        raise CapshareError(problems)


def _labels(folders: Sequence[Path]) -> list[str]:
    """The shortest ends of the paths that tell them apart."""
    parts = [Path(os.path.realpath(folder)).parts for folder in folders]
    longest = max(map(len, parts))
    for depth in range(1, longest + 1):
        labels = ["/".join(part[-depth:]) for part in parts]
        if len(set(labels)) == len(labels):
            break
    return labels


def _whole(folder: RunFolder, outcome: Outcome) -> Outcome:
    """The outcome, once everything that is compared is known to be there."""
    _ = outcome.study.settings, outcome.notes
    frames = {
        "cap": outcome.cap.path,
        "provinces": outcome.allocation.provinces,
        "groups": outcome.allocation.blocks,
        "prices": outcome.prices,
    }
    problems = [problem for name, frame in frames.items() for problem in _lacking(folder, name, frame)]
    if not problems:
        problems = [
            problem
            for name, frame in frames.items()
            for problem in _other_years(folder, name, frame, set(outcome.years))
        ]
        if "market" not in outcome.prices.index.get_level_values("constraint"):
            place = str(folder.path / NAMED["prices"].file)
            problems.append(Problem(place, "", "a row market", "none", "Put the file back."))
    if problems:
        raise CapshareError(problems)
    return outcome


def _lacking(folder: RunFolder, name: str, frame: pd.DataFrame) -> list[Problem]:
    """What a table lacks to be compared: columns, or any row."""
    together = _TOGETHER.get(name, ())
    wanted = (*_COMPARED[name], *(together if set(together) & set(frame.columns) else ()))
    lacking = [column for column in wanted if column not in frame.columns]
    if not lacking and not frame.empty:
        return []
    table = NAMED[name]
    index = table.index[1:] if table.yearly else table.index
    found = f"none called {', '.join(lacking)}" if lacking else "no row"
    expected = f"columns {', '.join((*index, *wanted))}, and rows"
    return [Problem(str(folder.path / table.file), "", expected, found, _REMEDY)]


def _other_years(folder: RunFolder, name: str, frame: pd.DataFrame, wanted: set[int]) -> list[Problem]:
    """Years of a table that are not those of the cap."""
    found = {int(year) for year in frame.index.get_level_values("year")}
    if found == wanted:
        return []
    said, told = (", ".join(map(str, sorted(years))) for years in (wanted, found))
    place = str(folder.path / NAMED[name].file)
    remedy = "Put the file back, or run the study again."
    return [Problem(place, "", f"rows of the years {said}", f"rows of {told}", remedy)]
