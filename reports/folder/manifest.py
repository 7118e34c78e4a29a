"""The manifest of a run: what went in, which versions ran, how the allocation ended, what was checked."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Mapping
from importlib import metadata
from typing import Any

import numpy as np

from capshare.model.outcome.result import Result

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
    "threadpoolctl",
    "tomli-w",
    "vl-convert-python",
)

# Settings that name an input, and that the run's own study file replaces by the place of its copy.
SOURCES = ("dataset", "scenario")


def manifest(
    result: Result, inputs: Mapping[str, str], files: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """The content of ``manifest.json``, without times and machine names, so that two runs agree.

    Parameters
    ----------
    result : a finished run
    inputs, files : SHA-256 of every input, and of every other file of the folder, by name
    lang : language of what is for people

    Returns
    -------
    dict of ``study, seed, lang, sources, inputs, files, versions, allocation, checks``, and
    ``grouping`` where k-means made groups; plain data, ready for JSON. ``sources`` are the dataset and the
    scenario as the study named them; the run's own ``study.toml`` names its copies
    """
    checks = result.checks.reset_index()
    return {
        "study": result.name,
        "seed": result.seed,
        "lang": lang,
        "sources": {key: result.settings["study"][key] for key in SOURCES if key in result.settings["study"]},
        "inputs": dict(inputs),
        "files": dict(files),
        "versions": versions(),
        "allocation": _allocation(result),
        "checks": [
            {"name": str(row["name"]), "figure": _plain(row["figure"]), "passed": bool(row["passed"])}
            for row in checks.to_dict("records")
        ],
        **_grouping(result),
    }


def _grouping(result: Result) -> dict[str, Any]:
    """How near the groups are to the best, where k-means made them; no check, as no gap is a failure."""
    found = result.group_certificate
    return {} if found is None else {"grouping": dataclasses.asdict(found)}


def versions() -> dict[str, str]:
    """The versions of capshare, Python and every runtime dependency."""
    found = {name: metadata.version(name) for name in RUNTIME_DEPENDENCIES}
    return {"capshare": _own_version(), "python": platform.python_version(), **found}


def _own_version() -> str:
    try:
        return metadata.version("capshare")
    except metadata.PackageNotFoundError:
        return "source tree, not installed"


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def _allocation(result: Result) -> dict[str, Any] | list[dict[str, Any]]:
    """One entry, or one per year where a study has several."""
    if not result.allocations:
        return dataclasses.asdict(result.allocation)
    return [{"year": year, **dataclasses.asdict(end)} for year, end in result.allocations.items()]
