"""What an ensemble's folder says of itself: what its chunks are of, and its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from capshare.analyses.ensemble.tables import EnsembleTables
from capshare.analyses.ensemble.uncertain_study import UncertainStudy
from capshare.analyses.ensemble.unfinished import PLAN
from capshare.chain.prepared import PreparedStudy
from capshare.reports.folder.manifest import json_text, sha256, versions
from capshare.reports.folder.manifest_checks import MANIFEST


def identity(uncertain: UncertainStudy, prepared: PreparedStudy, pairs: int) -> dict[str, Any]:
    """What has to be the same for chunks of two calls to be of one ensemble.

    Parameters
    ----------
    uncertain, prepared : the study
    pairs : of draws that tell what drives the spread
    """
    return {
        "study": _plain(prepared.study.settings()),
        "inputs": {
            name: digest
            for name, digest in sha256(prepared.inputs.files).items()
            # Of the study what it says counts, which is there already.
            if name != prepared.path.name
        },
        "year": uncertain.year,
        "pairs": pairs,
        "versions": _versions(),
    }


def manifest(
    uncertain: UncertainStudy,
    prepared: PreparedStudy,
    tables: EnsembleTables,
    asked: int,
    lang: str,
    folder: Path,
) -> bytes:
    """The manifest of an ensemble, from which nothing tells how many workers made it, or when.

    Parameters
    ----------
    uncertain, prepared : the study
    tables : what the draws say
    asked : draws that were asked for
    lang : of the chart
    folder : with every other file
    """
    study = prepared.study.study
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): _digest(path) for path in written}
    return json_text(
        {
            "study": study.name,
            "year": uncertain.year,
            "seed": study.seed,
            "lang": lang,
            "draws": {"asked": asked, "solved": tables.solved, "without_solution": tables.failed},
            "driver_pairs": tables.pairs,
            "inputs": sha256(prepared.inputs.files),
            "files": {name: digest for name, digest in digests.items() if name not in (PLAN, MANIFEST)},
            "versions": _versions(),
        }
    ).encode()


def _versions() -> dict[str, str]:
    return {**versions(), "pyarrow": metadata.version("pyarrow")}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _plain(value: Any) -> Any:
    """As JSON can have it: infinite limits as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, float) and value in (float("inf"), float("-inf")) else value
