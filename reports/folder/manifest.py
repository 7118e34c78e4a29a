"""The manifest of a run: what went in, which versions ran, how the allocation ended, what was checked."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from types import MappingProxyType
from typing import Any

import numpy as np

from capshare.base.conventions import USUAL, Conventions, conventions
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.ensemble_part import KEY, counts_said
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.references import reference_files
from capshare.reports.words.shown_units import DEFAULT_UNIT

RUNTIME_DEPENDENCIES = (
    "altair",
    "click",
    "defusedxml",
    "highspy",
    "jinja2",
    "numpy",
    "openpyxl",
    "pandas",
    "pydantic",
    "pyomo",
    "rich",
    "scikit-learn",
    "scipy",
    "tomli-w",
    "vl-convert-python",
    "xlsxwriter",
)

# Settings that name an input, and that the run's own study file replaces by the place of its copy.
SOURCES = ("dataset", "scenario")
# What was computed beyond the split, where that is not everything.
ANALYSES = "analyses"


def json_text(value: object) -> str:
    """Plain data as the JSON of a run's files: indented, in UTF-8, ended by a newline.

    Parameters
    ----------
    value : without NaN and infinities, which JSON lacks
    """
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def sha256(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by name and in the order of the names.

    Parameters
    ----------
    files : name → content
    """
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def with_manifest(files: Mapping[str, bytes], **said: object) -> dict[str, bytes]:
    """The files of a command with the manifest that says what they are of.

    Parameters
    ----------
    files : name to bytes
    said : what went in, in the order in which it is told; the digests of the files and the versions follow
    """
    manifest = {**said, "files": sha256(files), "versions": versions()}
    return {**files, MANIFEST: json_text(manifest).encode()}


def manifest(
    outcome: Outcome,
    inputs: Mapping[str, str],
    files: Mapping[str, str],
    lang: str,
    unit: str = DEFAULT_UNIT,
) -> dict[str, Any]:
    """The content of ``manifest.json``, without times and machine names, so that two runs agree.

    Parameters
    ----------
    outcome : of a run
    inputs, files : SHA-256 of every input, and of every other file of the folder, by name
    lang : language of what is for people
    unit : in which the workbook shows its summary

    Returns
    -------
    dict of ``study, seed, conventions`` (where they are not the usual ones), ``lang, unit`` (where it is not
    Mt), ``sources, inputs, files, versions, allocation, checks``, ``analyses`` where not all were asked for,
    ``grouping`` where k-means made groups, and ``ensemble`` where one was given; plain data, ready for JSON.
    ``sources`` are the dataset and the scenario as the study named them; the run's own ``study.toml`` names
    its copies. ``references`` are the runs that its constraints refer to, where there are any, in the order
    of their copies
    """
    study, checks = outcome.study, outcome.allocation.checks.reset_index()
    return {
        "study": study.name,
        "seed": study.seed,
        **_conventions(study.conventions),
        "lang": lang,
        **({} if unit == DEFAULT_UNIT else {"unit": unit}),
        "sources": {key: study.settings["study"][key] for key in SOURCES if key in study.settings["study"]},
        **({"references": list(references)} if (references := reference_files(study.settings)) else {}),
        "inputs": dict(inputs),
        "files": dict(files),
        "versions": versions(),
        "allocation": _allocation(outcome),
        "checks": [
            {"name": str(row["name"]), "figure": _plain(row["figure"]), "passed": bool(row["passed"])}
            for row in checks.to_dict("records")
        ],
        **({} if study.analyses is None else {ANALYSES: list(study.analyses)}),
        **_grouping(outcome),
        **_ensemble(outcome),
    }


def _conventions(those: Conventions) -> dict[str, Any]:
    """Where they differ from those that everything is called by inside."""
    return {} if those == USUAL else {"conventions": dataclasses.asdict(those)}


def _grouping(outcome: Outcome) -> dict[str, Any]:
    """How near the groups are to the best, where k-means made them; no check, as no gap is a failure."""
    found = outcome.groups.firmness
    return {} if found is None else {"grouping": dataclasses.asdict(found.certificate)}


def _ensemble(outcome: Outcome) -> dict[str, Any]:
    """What was drawn, where an ensemble was given to the run."""
    found = outcome.drivers.ensemble
    return {} if found is None else {KEY: counts_said(found.counts)}


def versions() -> dict[str, str]:
    """The versions of capshare, Python and every runtime dependency."""
    return {"capshare": _own_version(), "python": platform.python_version(), **_of_dependencies()}


@cache
def _of_dependencies() -> Mapping[str, str]:
    # A run tells them in three places; each look at them opens fifteen files.
    return MappingProxyType({name: metadata.version(name) for name in RUNTIME_DEPENDENCIES})


def _own_version() -> str:
    try:
        return metadata.version("capshare")
    except metadata.PackageNotFoundError:
        return "source tree, not installed"


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def _allocation(outcome: Outcome) -> dict[str, Any] | list[dict[str, Any]]:
    """One entry, or one per year where a study has several that nothing ties."""
    endings = [dataclasses.asdict(ending) for ending in outcome.allocation.endings]
    if len(endings) == 1:
        return _without_years(endings[0])
    return [{"year": ending["years"][0], **_without_years(ending)} for ending in endings]


def _without_years(ending: dict[str, Any]) -> dict[str, Any]:
    return {conventions().outward(name): value for name, value in ending.items() if name != "years"}
