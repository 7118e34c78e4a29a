"""Runs that a study's constraints refer to: where a run's folder keeps their quotas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FOLDER = "reference"
# Keys of a planner's constraint that name a run.
OF_A_RUN = ("min_share_of", "max_share_of")


def reference_files(settings: Mapping[str, Any]) -> dict[str, str]:
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
    """The settings with other places of the runs that constraints refer to.

    Parameters
    ----------
    settings : of a study
    place : run as it is named → what takes its place
    """
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


def _constraints(settings: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple(settings.get("allocation", {}).get("constraint", ()))
