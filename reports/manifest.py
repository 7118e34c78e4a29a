"""The manifest of a run: what went in, which versions ran, how the allocation ended, what was checked."""

from __future__ import annotations

import dataclasses
import hashlib
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from capshare.errors import CapshareError, Problem
from capshare.model.result import Result

RUNTIME_DEPENDENCIES = (
    "click",
    "highspy",
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
)


def manifest(result: Result) -> dict[str, Any]:
    """The content of ``manifest.json``, without times and machine names, so that two runs agree.

    Parameters
    ----------
    result : a finished run; ``inputs`` still exist where they were read

    Returns
    -------
    dict of ``study, seed, inputs, versions, allocation, checks, notes``; plain data, ready for JSON

    Raises
    ------
    CapshareError
        naming every input that can no longer be read
    """
    checks = result.checks.reset_index()
    return {
        "study": result.name,
        "seed": result.seed,
        "inputs": sha256(result.inputs),
        "versions": versions(),
        "allocation": dataclasses.asdict(result.allocation),
        "checks": [
            {"name": str(row["name"]), "figure": _plain(row["figure"]), "passed": bool(row["passed"])}
            for row in checks.to_dict("records")
        ],
        "notes": list(result.notes),
    }


def sha256(files: Mapping[str, Path]) -> dict[str, str]:
    """The SHA-256 of each file, by name and in the order of the names.

    Raises
    ------
    CapshareError
        naming every file that cannot be read
    """
    digests: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in sorted(files.items()):
        try:
            digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            found = error.strerror or str(error)
            remedy = "Leave the inputs in place until the run has been written."
            problems.append(Problem(f"inputs, {name}", str(path), "a readable file", found, remedy))
    if problems:
        raise CapshareError(problems)
    return digests


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
