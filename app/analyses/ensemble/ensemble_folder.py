"""The folder of an ensemble, read: refused where it is not as the ensemble was written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capshare.analyses.ensemble.tasks import DRAWS, DRIVERS
from capshare.analyses.ensemble.unfinished import ENDING, PLAN
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder, read_bytes
from capshare.model.outcome.ensemble import Ensemble
from capshare.reports.folder.ensemble_part import FOLDER, ensemble_in
from capshare.reports.folder.ensemble_tables import ENSEMBLE
from capshare.reports.folder.files import folder_files
from capshare.reports.folder.manifest_checks import MANIFEST, is_digests, is_of_run, is_ours, read_manifest
from capshare.reports.folder.run_folder import MANIFEST_BYTES, STUDY, RunFolder, is_run

SOURCE = "ensemble folder"
# What a run takes over; the draws themselves may be gone, as they may be large.
KEPT = (MANIFEST, STUDY, *(table.file for table in ENSEMBLE))
_DRAWN = (f"{DRAWS}/", f"{DRIVERS}/")


@dataclass(frozen=True)
class EnsembleFolder:
    """An ensemble that was read from its folder.

    Attributes
    ----------
    path : of the folder
    ensemble : what its tables say
    settings : of the study that was drawn
    inputs : SHA-256 of every file that it read
    files : content of what a run takes over, by the names it has among the inputs of a run
    """

    path: Path
    ensemble: Ensemble
    settings: Mapping[str, Any]
    inputs: Mapping[str, str]
    files: Mapping[str, bytes]


def read_ensemble(path: Path) -> EnsembleFolder:
    """Read the ensemble in a folder.

    Parameters
    ----------
    path : what ``capshare ensemble`` has written

    Raises
    ------
    CapshareError
        where it is no such folder, the ensemble is not finished, or files are not as it left them: all of
        those
    """
    folder = _folder(path)
    changed = _changed(folder)
    if changed:
        raise CapshareError(
            Problem(SOURCE, f"{path}: {name}", "the file as the ensemble left it", became,
                    "Put it back, or draw the ensemble anew.")
            for name, became in changed.items()
        )  # fmt: skip
    return EnsembleFolder(
        path=path,
        ensemble=ensemble_in(folder, folder.manifest),
        settings=_settings(folder),
        inputs=folder.manifest["inputs"],
        files={f"{FOLDER}/{name}": folder.read(name) for name in KEPT},
    )


def _folder(path: Path) -> RunFolder:
    try:
        manifest = _manifest(path)
        if manifest is not None:
            return RunFolder(path, manifest, folder_files(path))
        found, remedy = _instead(path)
    except OSError as error:
        found, remedy = error.strerror or str(error), "Name another folder."
    raise CapshareError(
        Problem(SOURCE, str(path), f"a folder with the {MANIFEST} of an ensemble", found, remedy)
    )


def _manifest(path: Path) -> Mapping[str, Any] | None:
    """The manifest in a folder; None where there is none of an ensemble."""
    if not (is_folder(path) and (path / MANIFEST).exists()):
        return None
    try:
        manifest = read_manifest(read_bytes(path / MANIFEST, MANIFEST_BYTES, MANIFEST))
    except CapshareError as error:
        raise CapshareError(
            Problem(SOURCE, str(path / MANIFEST), problem.expected, problem.found, "Draw the ensemble anew.")
            for problem in error.problems
        ) from None
    digests = is_digests(manifest.get("files")) and is_digests(manifest.get("inputs"))
    if not is_ours(manifest) or is_of_run(manifest) or "draws" not in manifest or not digests:
        return None
    return manifest


def _instead(path: Path) -> tuple[str, str]:
    """What is there where an ensemble should be, and what to do."""
    unfinished = path if (path / PLAN).exists() else path.with_name(path.name + ENDING)
    if unfinished.exists() and (unfinished / PLAN).exists():
        return f"one that is not finished, {unfinished}", "Finish it with `capshare ensemble … --resume`."
    make = "Name a folder that `capshare ensemble` has written."
    if not is_folder(path):
        return "no such folder", make
    return ("the folder of a run" if is_run(path) else "no ensemble that capshare wrote"), make


def _changed(folder: RunFolder) -> dict[str, str]:
    """Files not as the ensemble left them: ``missing`` or ``edited``; draws that are gone are no matter."""
    recorded = folder.manifest["files"]
    needed = {name: "missing" for name in KEPT if name != MANIFEST and name not in recorded}
    # It has no inputs of its own: they are the study's.
    alone = RunFolder(folder.path, {"files": recorded, "inputs": {}}, folder.files)
    return needed | {
        name: became
        for name, became in alone.changed().items()
        if not (became == "missing" and name not in KEPT)
    }


def _settings(folder: RunFolder) -> Mapping[str, Any]:
    try:
        return tomllib.loads(folder.read(STUDY).decode())
    except ValueError as error:
        place = str(folder.path / STUDY)
        raise CapshareError(
            Problem(place, "", "the study that was drawn", str(error), "Put it back.")
        ) from None
