"""What a study refers to beside its dataset, and where a run keeps it: quotas, sums of facilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FOLDER, FACILITIES = "reference", "facilities"
# Keys of a planner's constraint that name a run.
OF_A_RUN = ("min_share_of", "max_share_of")


def reference_files(settings: Mapping[str, Any]) -> dict[str, str]:
    """Run, or table of facilities, as a study names it → name of its copy among the files of the study's run.

    Parameters
    ----------
    settings : of a study
    """
    return run_files(settings) | facility_files(settings)


def reference_key(name: str) -> str:
    """Key of the study that names a run or a table, for messages.

    Parameters
    ----------
    name : of its copy
    """
    of_facilities = name.startswith(f"{FACILITIES}/")
    return "market_sectors.sectors, file" if of_facilities else "allocation.constraint, run"


def facility_files(settings: Mapping[str, Any]) -> dict[str, str]:
    """Table of facilities as a study names it → name of its sums among the files that the study's run read.

    Parameters
    ----------
    settings : of a study
    """
    tables = dict.fromkeys(str(sector["file"]) for sector in _sectors(settings) if sector.get("file"))
    return {table: f"{FACILITIES}/{place}.csv" for place, table in enumerate(tables, 1)}


def run_files(settings: Mapping[str, Any]) -> dict[str, str]:
    """Run as a study names it → name of its quotas among the files that the study's run read.

    Parameters
    ----------
    settings : of a study
    """
    runs = dict.fromkeys(
        str(constraint[key]["run"])
        for constraint in _constraints(settings)
        for key in OF_A_RUN
        if constraint.get(key)
    )
    return {run: f"{FOLDER}/{place}.csv" for place, run in enumerate(runs, 1)}


def with_references(settings: Mapping[str, Any], place: Callable[[str], str]) -> dict[str, Any]:
    """The settings with other places of the runs and the tables of facilities that they refer to.

    Parameters
    ----------
    settings : of a study
    place : run or table as it is named → what takes its place
    """
    settings = _with_facilities(settings, place)
    constraints = _constraints(settings)
    if not constraints:
        return dict(settings)
    moved = [
        {
            key: {**value, "run": place(str(value["run"]))} if key in OF_A_RUN and value else value
            for key, value in constraint.items()
        }
        for constraint in constraints
    ]
    return {**settings, "allocation": {**settings["allocation"], "constraint": tuple(moved)}}


def _with_facilities(settings: Mapping[str, Any], place: Callable[[str], str]) -> Mapping[str, Any]:
    sectors = _sectors(settings)
    if not sectors:
        return settings
    moved = [
        {**sector, "file": place(str(sector["file"]))} if sector.get("file") else sector for sector in sectors
    ]
    return {**settings, "market_sectors": {**settings["market_sectors"], "sectors": tuple(moved)}}


def _sectors(settings: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple((settings.get("market_sectors") or {}).get("sectors", ()))


def _constraints(settings: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple(settings.get("allocation", {}).get("constraint", ()))
