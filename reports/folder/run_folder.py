"""What a run folder says of itself: its manifest, and which of its files were changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capshare.base.conventions import Conventions
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder, read_bytes, readable_size
from capshare.reports.folder.conventions import conventions_of
from capshare.reports.folder.files import FolderFiles, folder_files
from capshare.reports.folder.manifest_checks import (
    BENCHMARK,
    MANIFEST,
    is_digests,
    is_of_run,
    is_ours,
    manifest_problems,
    read_manifest,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE

INPUTS = "inputs"
STUDY = "study.toml"
# Many times what the largest runs write; more could fill the memory.
FILE_BYTES = 200_000_000
RUN_BYTES = 1_000_000_000
MANIFEST_BYTES = 10_000_000
TABLE_BYTES = 20_000_000
_OF_BENCHMARK = (
    "`capshare verify` repeats it and `capshare benchmark` takes its facilities; here name a folder that "
    "`capshare run` has written."
)


@dataclass(frozen=True)
class RunFolder:
    """The folder of a run.

    Attributes
    ----------
    path : of the folder
    manifest : what the run wrote of itself
    files : what stands in the folder
    largest : size of a file that is read, bytes
    """

    path: Path
    manifest: Mapping[str, Any]
    files: FolderFiles
    largest: int = FILE_BYTES

    @property
    def recorded(self) -> dict[str, str]:
        """SHA-256 of every file as the run left it, by its name in the folder, the manifest's own apart.
        Runs of versions before 0.2 recorded only their inputs, and kept no copies of them.
        """
        files = dict(self.manifest.get("files", {}))
        if not self.has_copies and not files:
            return {}
        return files | {f"{INPUTS}/{name}": digest for name, digest in self.manifest["inputs"].items()}

    @property
    def has_copies(self) -> bool:
        """Whether what the run read was kept."""
        return any(name == INPUTS or name.startswith(f"{INPUTS}/") for name in self.files.names)

    @property
    def conventions(self) -> Conventions:
        """In which its results are written."""
        return conventions_of(self.manifest, str(self.path / MANIFEST))

    @property
    def lang(self) -> str:
        """Language of the workbook and the page."""
        return str(self.manifest.get("lang", DEFAULT_LANGUAGE))

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Content of one of its files.

        Parameters
        ----------
        name : in the folder
        limit : largest size that is read, bytes; None for that of the folder

        Raises
        ------
        CapshareError
            where it is not there, no regular file, too large, or cannot be read
        """
        if (kind := self._odd(name)) is not None:
            remedy = "Put the file back as the run left it."
            raise CapshareError(Problem("run folder", name, "a regular file", kind, remedy))
        most = self.largest if limit is None else limit
        return read_bytes(self.path / name, most, str(self.path / name), "Put the file back.")

    def changed(self) -> dict[str, str]:
        """Files not as the run left them, by name: ``edited``, ``missing`` or ``unreadable``."""
        found = {}
        for name, digest in self.recorded.items():
            if name not in self.files.sizes:
                found[name] = "missing" if self._odd(name) is None else "edited"
            elif (now := self._digest(name)) != digest:
                found[name] = "unreadable" if now is None else "edited"
        return found

    def _digest(self, name: str) -> str | None:
        try:
            return hashlib.sha256(self.read(name)).hexdigest()
        except CapshareError:
            return None

    def _odd(self, name: str) -> str | None:
        """What stands in the place of a file or of a folder above it, where that is no file or folder."""
        above = name.split("/")
        places = ["/".join(above[:depth]) for depth in range(1, len(above) + 1)]
        return next((self.files.odd[place] for place in places if place in self.files.odd), None)


def is_run(folder: Path) -> bool:
    """Whether a folder is that of a run, not of another command; its manifest may be damaged.

    Parameters
    ----------
    folder : any
    """
    try:
        return is_of_run(_manifest(folder))
    except CapshareError:
        # A manifest that cannot be read may be another program's; a study beside it is of a run.
        return (folder / STUDY).exists()


def read_run(folder: Path) -> RunFolder:
    """The run in a folder.

    Parameters
    ----------
    folder : what ``capshare run`` has written

    Raises
    ------
    CapshareError
        where it is not the folder of a run, or holds what no run writes
    """
    found = "no such folder"
    remedy = "Name a folder that `capshare run` has written; `capshare runs` lists them."
    try:
        if is_folder(folder):
            found = "a folder without one"
            manifest = _manifest(folder)
            if is_of_run(manifest):
                return _sound(RunFolder(folder, manifest, folder_files(folder)))
            if BENCHMARK in manifest:
                found, remedy = "the folder of a benchmark", _OF_BENCHMARK
    except OSError as error:
        found = error.strerror or str(error)
    raise CapshareError(
        Problem("run folder", str(folder), f"a folder with the {MANIFEST} of a run", found, remedy)
    )


def written_files(folder: Path) -> tuple[str, ...] | None:
    """Names of the files that this program wrote into a folder; None where it is no folder of ours.

    Parameters
    ----------
    folder : of a run or of another command
    """
    try:
        manifest = _manifest(folder)
    except CapshareError:
        return None
    files, inputs = manifest.get("files", {}), manifest.get("inputs", {})
    if not is_ours(manifest) or not is_digests(files):
        return None
    copies = inputs if is_of_run(manifest) and is_digests(inputs) else {}
    return (MANIFEST, *files, *(f"{INPUTS}/{name}" for name in copies))


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest in a folder; an empty one where there is none."""
    if not (folder / MANIFEST).exists():
        return {}
    return read_manifest(read_bytes(folder / MANIFEST, MANIFEST_BYTES, MANIFEST))


def _sound(run: RunFolder) -> RunFolder:
    problems = manifest_problems(run.manifest)
    if MANIFEST in run.files.odd:
        remedy = "Put the file back as the run left it."
        problems.append(Problem("run folder", MANIFEST, "a regular file", run.files.odd[MANIFEST], remedy))
    if not problems:
        problems = _too_large({name: run.files.sizes.get(name, 0) for name in run.recorded}, run.path)
    if problems:
        raise CapshareError(problems)
    return run


def _too_large(sizes: Mapping[str, int], path: Path) -> list[Problem]:
    remedy = "Put the files back as they were."
    problems = [
        Problem(
            "run folder", name, f"a file of at most {readable_size(FILE_BYTES)}", readable_size(size), remedy
        )
        for name, size in sizes.items()
        if size > FILE_BYTES
    ]
    if not problems and sum(sizes.values()) > RUN_BYTES:
        expected, found = f"files of at most {readable_size(RUN_BYTES)}", readable_size(sum(sizes.values()))
        problems.append(Problem("run folder", str(path), expected, found, remedy))
    return problems
