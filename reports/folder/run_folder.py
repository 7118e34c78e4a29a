"""What a run folder says of itself: its manifest, and which of its files were changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE

INPUTS = "inputs"
MANIFEST = "manifest.json"
STUDY = "study.toml"


@dataclass(frozen=True)
class RunFolder:
    """The folder of a run.

    Attributes
    ----------
    path : of the folder
    manifest : what the run wrote of itself
    """

    path: Path
    manifest: Mapping[str, Any]

    @property
    def recorded(self) -> dict[str, str]:
        """SHA-256 of every file as the run left it, by its name in the folder, the manifest's own apart.

        Runs of versions before 0.2 recorded only their inputs, and kept no copies of them.
        """
        files = dict(self.manifest.get("files", {}))
        if not (self.path / INPUTS).exists() and not files:
            return {}
        return files | {f"{INPUTS}/{name}": digest for name, digest in self.manifest["inputs"].items()}

    @property
    def lang(self) -> str:
        """Language that the workbook and the page were written in."""
        return str(self.manifest.get("lang", DEFAULT_LANGUAGE))

    def changed(self) -> dict[str, str]:
        """Files that are no longer as the run left them, by name: ``edited`` or ``missing``."""
        found = {}
        for name, digest in self.recorded.items():
            now = digest_of(self.path / name)
            if now != digest:
                found[name] = "missing" if now is None else "edited"
        return found

    def names(self) -> tuple[str, ...]:
        """Every file in the folder, also those that are not of the run, sorted."""
        inside = (path for path in self.path.rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(self.path).as_posix() for path in inside))


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file; None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CapshareError(
            Problem(
                str(path), "", "a file that can be read", error.strerror or str(error), "Check its rights."
            )
        ) from None


def is_written(folder: Path) -> bool:
    """Whether a folder is one that this program wrote, and may therefore replace."""
    return _manifest(folder) is not None


def is_run(folder: Path) -> bool:
    """Whether a folder is that of a run, not of another command."""
    return _is_of_run(_manifest(folder))


def read_run(folder: Path) -> RunFolder:
    """The run in a folder.

    Parameters
    ----------
    folder : what ``capshare run`` has written

    Raises
    ------
    CapshareError
        where it is not the folder of a run
    """
    manifest = _manifest(folder)
    if manifest is None or not _is_of_run(manifest):
        found = "none that capshare wrote" if folder.is_dir() else "no such folder"
        raise CapshareError(
            Problem("run folder", str(folder), f"a folder with the {MANIFEST} of a run", found,
                    "Name a folder that `capshare run` has written; `capshare runs` lists them.")
        )  # fmt: skip
    return RunFolder(folder, manifest)


def runs_in(folder: Path) -> tuple[RunFolder, ...]:
    """The runs in a folder: itself, or the folders in it, sorted by name.

    Parameters
    ----------
    folder : a run's folder, or one that holds runs

    Raises
    ------
    CapshareError
        where there is no such folder
    """
    if not folder.is_dir():
        raise CapshareError(
            Problem("folder of runs", str(folder), "a folder", "none", "Name the folder that holds the runs.")
        )
    places = [folder] if is_run(folder) else sorted(path for path in folder.iterdir() if path.is_dir())
    # Hidden folders are what a run in progress, or one that was killed, keeps beside its target.
    return tuple(read_run(place) for place in places if is_run(place) and not place.name.startswith("."))


def _manifest(folder: Path) -> dict[str, Any] | None:
    # Other software writes files of this name too (browser extensions do): only ours lists its versions.
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    versions = found.get("versions") if isinstance(found, dict) else None
    return found if isinstance(versions, dict) and "capshare" in versions else None


def _is_of_run(manifest: Mapping[str, Any] | None) -> bool:
    return manifest is not None and isinstance(manifest.get("inputs"), dict) and "allocation" in manifest
