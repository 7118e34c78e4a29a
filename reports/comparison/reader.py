"""Runs read back from their folders to be compared: tables, settings and manifest; nothing is run again."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import STUDY_BYTES
from capshare.base.notes import Note, caution
from capshare.reports.comparison.tables import read_table, with_year
from capshare.reports.folder.notes import NOTES, read_notes
from capshare.reports.folder.run_folder import STUDY, RunFolder, read_run

# More do not fit side by side, and no chart has more shapes that can be told apart.
MOST = 8
_NAMED = 5


@dataclass(frozen=True)
class ComparedRun:
    """A run as its folder tells it.

    Attributes
    ----------
    label : the folder's name, with folders above it where two have one name
    folder : of the run
    settings : the study as it ran
    cap : index ``year``; ``cap_mt``
    provinces : index ``year, code``; the columns that are compared
    groups : index ``year, group``; members, caps and prices
    prices : index ``year, constraint, name``; ``price_yuan_per_t``
    changed : files that are no longer as the run left them, and what became of them
    notes : what a planner should know; None where the run was written by a version that kept none
    """

    label: str
    folder: RunFolder
    settings: Mapping[str, Any]
    cap: pd.DataFrame
    provinces: pd.DataFrame
    groups: pd.DataFrame
    prices: pd.DataFrame
    changed: Mapping[str, str]
    notes: tuple[Note, ...] | None

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the run allocates, in order."""
        return tuple(sorted(int(year) for year in self.cap.index))

    def of_year(self, frame: pd.DataFrame, year: int) -> pd.DataFrame:
        """One year's rows of a table, without the level ``year``.

        Parameters
        ----------
        frame : one of the run's, index year first
        year : one that the run allocates
        """
        return frame.loc[[year]].droplevel("year")


def read_compared(folders: Sequence[Path]) -> tuple[ComparedRun, ...]:
    """Read the runs that shall stand side by side.

    Parameters
    ----------
    folders : of at least two runs; differences are taken against the first

    Returns
    -------
    tuple of ComparedRun, in the order asked for

    Raises
    ------
    CapshareError
        where there are too few or too many, a folder holds no run or one that cannot be read, or the runs
        are of different regions or have no year in common
    """
    _require_several(folders)
    runs: list[ComparedRun] = []
    problems: list[Problem] = []
    for label, folder in zip(_labels(folders), folders, strict=True):
        try:
            runs.append(_read(label, read_run(folder)))
        except CapshareError as error:
            problems += error.problems
    if not problems:
        problems = [*_other_regions(runs), *_no_common_year(runs)]
    if problems:
        raise CapshareError(problems)
    return tuple(runs)


def reading_notes(runs: Sequence[ComparedRun]) -> tuple[Note, ...]:
    """Which runs were changed after they had been written, and which kept no notes.

    Parameters
    ----------
    runs : as read from their folders
    """
    changed = [
        caution("changed", run=run.label, files=list(run.changed.items())) for run in runs if run.changed
    ]
    silent = [caution("no_notes_file", run=run.label, file=NOTES) for run in runs if run.notes is None]
    return *changed, *silent


def common_years(runs: Sequence[ComparedRun]) -> tuple[int, ...]:
    """The years that every run allocates, in order.

    Parameters
    ----------
    runs : at least one
    """
    return tuple(sorted(set.intersection(*(set(run.years) for run in runs))))


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
        problems.append(
            Problem(
                "runs to compare", "", "different folders", f"{', '.join(twice)} twice", "Name each once."
            )
        )
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


def _read(label: str, folder: RunFolder) -> ComparedRun:
    try:
        settings = tomllib.loads(folder.read(STUDY, STUDY_BYTES).decode())
    except (ValueError, RecursionError) as error:
        raise CapshareError(
            Problem(str(folder.path / STUDY), "", "the settings of the run", str(error), "Put the file back.")
        ) from None
    cap, provinces, groups, prices = (
        read_table(folder, name) for name in ("cap", "provinces", "groups", "prices")
    )
    last = int(cap.index.max())
    yearly = {"provinces": provinces, "groups": groups, "prices": prices}
    tables = {name: with_year(frame, last) for name, frame in yearly.items()}
    _require_whole(folder, cap, tables)
    notes = read_notes(folder.path)
    return ComparedRun(label, folder, settings, cap, **tables, changed=folder.changed(), notes=notes)


def _require_whole(folder: RunFolder, cap: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> None:
    wanted = {int(year) for year in cap.index}
    problems = [
        Problem(
            str(folder.path / f"{name}.csv"),
            "",
            f"rows of the years {', '.join(map(str, sorted(wanted)))}",
            f"rows of {', '.join(map(str, sorted(found)))}",
            "Put the file back, or run the study again.",
        )
        for name, frame in tables.items()
        if (found := {int(year) for year in frame.index.get_level_values("year")}) != wanted
    ]
    if "market" not in tables["prices"].index.get_level_values("constraint"):
        problems.append(
            Problem(str(folder.path / "prices.csv"), "", "a row market", "none", "Put the file back.")
        )
    if problems:
        raise CapshareError(problems)


def _other_regions(runs: Sequence[ComparedRun]) -> list[Problem]:
    first = _regions(runs[0])
    problems = []
    for run in runs[1:]:
        own = _regions(run)
        lacking = sorted(set(first) - set(own))
        unknown = sorted(set(own) - set(first))
        # The same code may be another region's in another dataset.
        renamed = [code for code in sorted(set(first) & set(own)) if not set(first[code]) & set(own[code])]
        said = {"without": lacking, "besides": unknown, "with other names for": renamed}
        found = "; ".join(f"{words} {_listed(codes)}" for words, codes in said.items() if codes)
        if found:
            problems.append(
                Problem("runs to compare", run.label, f"the regions of {runs[0].label}", found,
                        "Compare runs of the same regions.")
            )  # fmt: skip
    return problems


def _regions(run: ComparedRun) -> dict[str, tuple[str, str]]:
    frame = run.provinces.reset_index()
    names = zip(frame["name_en"], frame["name_zh"], strict=True)
    return {str(code): (str(en), str(zh)) for code, (en, zh) in zip(frame["code"], names, strict=True)}


def _listed(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
    return ", ".join(codes[:_NAMED]) + more


def _no_common_year(runs: Sequence[ComparedRun]) -> list[Problem]:
    if common_years(runs):
        return []
    found = "; ".join(f"{run.label}: {', '.join(map(str, run.years))}" for run in runs)
    return [
        Problem("runs to compare", "years", "a year that every run allocates", found,
                "Run the studies for a year in common (study.years).")
    ]  # fmt: skip
