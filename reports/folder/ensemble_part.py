"""The part of an ensemble that its folder and the folder of a run hold alike: four tables, and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.model.outcome.ensemble import DrawCounts, Ensemble
from capshare.reports.folder.ensemble_tables import ENSEMBLE
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.read_table import read_frame
from capshare.reports.folder.run_folder import RunFolder

# Of the manifest of a run.
KEY = "ensemble"
# Of the inputs of a run: what was read of the ensemble.
FOLDER = "ensemble"
_REMEDY = "Put the file back as it was written."


def ensemble_in(folder: RunFolder, said: Mapping[str, Any]) -> Ensemble:
    """The ensemble whose tables stand in a folder.

    Parameters
    ----------
    folder : of a run, or of an ensemble
    said : of a manifest: ``draws``, ``driver_pairs`` and ``seed``

    Raises
    ------
    CapshareError
        where a table is gone or cannot be read, or the counts are none: all of those
    """
    problems: list[Problem] = []
    frames: dict[str, Any] = {}
    for table in ENSEMBLE:
        try:
            # No table of an ensemble has rows per year.
            frames[table.name] = read_frame(folder, table, 0)
        except CapshareError as error:
            problems += error.problems
            continue
        if frames[table.name] is None:
            place = str(folder.path / table.file)
            problems.append(Problem(place, "", "a table of an ensemble", "no file", _REMEDY))
    try:
        counts = _counts(said)
    except CapshareError as error:
        problems += error.problems
    if problems:
        raise CapshareError(problems)
    return Ensemble(**frames, counts=counts)


def counts_said(counts: DrawCounts) -> dict[str, Any]:
    """What a run's manifest says of its ensemble, in the words of the ensemble's own.

    Parameters
    ----------
    counts : of the ensemble
    """
    said = asdict(counts)
    draws = {key: said[key] for key in ("asked", "solved", "without_solution")}
    year = {} if counts.year is None else {"year": counts.year}
    return {**year, "seed": counts.seed, "draws": draws, "driver_pairs": counts.driver_pairs}


def _counts(said: Mapping[str, Any]) -> DrawCounts:
    try:
        draws = said["draws"]
        failed = {str(reason): int(count) for reason, count in draws["without_solution"].items()}
        numbers = [int(value) for value in (draws["asked"], draws["solved"], said["driver_pairs"])]
        if min(*numbers, *failed.values()) < 0 or numbers[1] + sum(failed.values()) != numbers[0]:
            raise ValueError(f"{numbers[0]} draws, of which {numbers[1]} solved, {sum(failed.values())} not")
        year = None if said.get("year") is None else int(said["year"])
        return DrawCounts(numbers[0], numbers[1], failed, numbers[2], int(said["seed"]), year)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = f"none, or one without {error}" if isinstance(error, KeyError) else str(error)
        expected = "how many draws were asked for and solved"
        raise CapshareError(Problem(MANIFEST, "draws", expected, found, _REMEDY)) from None
