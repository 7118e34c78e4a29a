"""An ensemble beside the run of the same study: refused where it is of another one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import tomli_w

from capshare.analyses.ensemble.ensemble_folder import SOURCE, EnsembleFolder
from capshare.analyses.ensemble.plan_difference import NOTHING, differences
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.ensemble_part import FOLDER
from capshare.reports.folder.manifest import SOURCES, sha256
from capshare.reports.folder.references import reference_files, with_references
from capshare.study.study import Study

# Sections that say what is varied, and nothing of what the study itself gives.
_VARIED = ("uncertainty", "sensitivity")
_REMEDY = "Draw one of this study with `capshare ensemble`, or run the study that was drawn."
# Differences that are named one by one.
_NAMED = 12


def require_same_settings(read: EnsembleFolder, study: Study) -> None:
    """Refuse an ensemble of a study with other settings; where its dataset lies is no matter.

    Parameters
    ----------
    read : the ensemble
    study : that is run

    Raises
    ------
    CapshareError
        naming the keys that differ
    """
    own = tomllib.loads(tomli_w.dumps(study.settings()))
    differing = differences(_comparable(read.settings), _comparable(own))
    _refuse(
        read, "keys", [f"{key} = {_said(then)} (here {_said(now)})" for key, (then, now) in differing.items()]
    )


def require_same_inputs(read: EnsembleFolder, files: Mapping[str, bytes]) -> None:
    """Refuse an ensemble that was drawn from other figures.

    Parameters
    ----------
    read : the ensemble
    files : content of what the study reads, by name

    Raises
    ------
    CapshareError
        naming the files that differ
    """
    then, now = (
        # Of a study file what it says counts, not its name, comments and order.
        {name: digest for name, digest in digests.items() if not name.endswith(".toml")}
        for digests in (read.inputs, sha256(files))
    )
    _refuse(read, "input files", [name for name in {**now, **then} if then.get(name) != now.get(name)])


def with_ensemble(outcome: Outcome, read: EnsembleFolder) -> Outcome:
    """The outcome with what an ensemble of its study says; what was read is kept among its inputs.

    Parameters
    ----------
    outcome : of a run
    read : the ensemble

    Raises
    ------
    CapshareError
        where it is of other provinces or another year, or the run reads a file of the same name
    """
    year = read.ensemble.counts.year
    _refuse(read, "years", [str(year)] if year is not None and year not in outcome.years else [])
    codes, drawn = set(outcome.in_year().provinces.index), set(read.ensemble.spread("quota_mt").index)
    _refuse(read, "provinces", sorted(codes ^ drawn))
    taken = [name for name in outcome.study.files if name.split("/")[0] == FOLDER]
    if taken:
        expected = "a name of its own in the folder of the run"
        found = f"a file where the ensemble is kept, {taken[0]}"
        raise CapshareError(Problem("inputs", FOLDER, expected, found, "Rename it in the dataset."))
    return replace(
        outcome,
        study=replace(outcome.study, files={**outcome.study.files, **read.files}),
        drivers=replace(outcome.drivers, ensemble=read.ensemble),
    )


def _comparable(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings without the places of inputs, which are compared by what is in them."""
    kept = reference_files(settings)
    placed = with_references(settings, lambda run: kept[run])
    study = {key: value for key, value in placed.get("study", {}).items() if key not in SOURCES}
    return {**{key: value for key, value in placed.items() if key not in _VARIED}, "study": study}


def _said(value: Any) -> str:
    return str(value) if value == NOTHING else shown(value)


def _refuse(read: EnsembleFolder, of: str, differing: Sequence[str]) -> None:
    """Refuse an ensemble where something differs: in one message, with the first of many by name."""
    if not differing:
        return
    more = f"; and {len(differing) - _NAMED} more" if differing[_NAMED:] else ""
    found = f"one with other {of}: {'; '.join(differing[:_NAMED])}{more}"
    raise CapshareError(
        Problem(SOURCE, str(read.path), "an ensemble of the study that is run", found, _REMEDY)
    )
