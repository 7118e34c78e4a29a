"""What the folder of ``capshare benchmark`` says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder, read_bytes
from capshare.reports.folder.files import folder_files
from capshare.reports.folder.manifest_checks import BENCHMARK, MANIFEST, is_digests, is_ours, read_manifest
from capshare.reports.folder.run_folder import MANIFEST_BYTES, RunFolder

# Facilities are given six times as many letters as the largest table of them has.
_LARGEST_BYTES = 3_000_000_000


def is_benchmark(folder: Path) -> bool:
    """Whether a folder is one that ``capshare benchmark`` wrote; its manifest may have been changed.

    Parameters
    ----------
    folder : any
    """
    try:
        return is_folder(folder) and (folder / MANIFEST).exists() and BENCHMARK in _manifest(folder)
    except (CapshareError, OSError):
        return False


def read_benchmark(folder: Path) -> RunFolder:
    """The folder of a benchmark.

    Parameters
    ----------
    folder : that ``capshare benchmark`` wrote

    Raises
    ------
    CapshareError
        where its manifest is gone, or says what no benchmark says
    """
    manifest = _manifest(folder)
    digests = is_digests(manifest.get("files")) and is_digests(manifest.get("inputs"))
    asked = manifest.get(BENCHMARK)
    if not (is_ours(manifest) and digests and _is_asked(asked)):
        found, remedy = json.dumps(asked)[:60], "Put the file back as it was."
        raise CapshareError(Problem(MANIFEST, BENCHMARK, "what capshare benchmark wrote", found, remedy))
    return RunFolder(folder, manifest, folder_files(folder), _LARGEST_BYTES)


def _manifest(folder: Path) -> dict[str, Any]:
    return read_manifest(read_bytes(folder / MANIFEST, MANIFEST_BYTES, MANIFEST))


def _is_asked(asked: object) -> bool:
    kinds = {"table": str, "shipped": bool, "year": int}
    if not isinstance(asked, dict) or not _is_of_kinds(asked, kinds):
        return False
    against = asked.get("against")
    return against is None or _is_of_kinds(against, {"study": str, "year": int})


def _is_of_kinds(value: object, kinds: Mapping[str, type]) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), kind) for key, kind in kinds.items())
