"""Verification: a run's folder against the same run made again, file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capshare.base.errors import CapshareError
from capshare.reports.folder.difference import (
    Difference,
    json_difference,
    table_difference,
    text_difference,
)
from capshare.reports.folder.files import listed, printable
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.run_folder import INPUTS, RunFolder
from capshare.reports.folder.workbook_difference import workbook_difference

if TYPE_CHECKING:
    from rich.console import Console

IDENTICAL, SAME, DIFFERS, MISSING = "identical", "same content", "differs", "missing"
NEW, FOREIGN = "not in this run", "not of this run"
# Files that are not of the run are named one by one up to this number.
_MOST_FOREIGN = 20
# Of the manifest, what is compared in another way: the versions are named, the digests are checked, and
# the notes, which it held before they had a file of their own, are in that file.
_APART = ("versions", "files", "inputs", "notes")


@dataclass(frozen=True)
class FileVerdict:
    """What became of one file.

    Attributes
    ----------
    name : in the folder
    verdict : ``identical``; ``same content`` (other bytes, every cell the same); ``differs``; ``missing``;
        ``not in this run`` (only this version writes it); ``not of this run`` (somebody put it there)
    edited : whether it was changed since the run wrote it
    difference : where it differs, and by how much
    """

    name: str
    verdict: str
    edited: bool = False
    difference: Difference | None = None

    @property
    def agrees(self) -> bool:
        """Whether the file holds what the run holds when made again."""
        return self.verdict not in (DIFFERS, MISSING)


@dataclass(frozen=True)
class Verification:
    """A run's folder against the run made again from it.

    Attributes
    ----------
    folder : of the run
    files : one verdict per file, sorted by name
    versions : package to its version then and now, where they differ
    """

    folder: Path
    files: tuple[FileVerdict, ...]
    versions: Mapping[str, tuple[str, str]]

    @property
    def agrees(self) -> bool:
        """Whether every file of the run holds what the run holds when made again."""
        return all(file.agrees for file in self.files)


def verification(
    run: RunFolder, again: Mapping[str, bytes], keys: Mapping[str, Sequence[str]]
) -> Verification:
    """Compare a run's folder with the same run made again.

    Parameters
    ----------
    run : the folder
    again : every file of the run made again, by name
    keys : for each CSV file, the columns that name its rows
    """
    changed, manifest = run.changed(), json.loads(again[MANIFEST])
    verdicts = []
    for name in sorted({*again, *run.files.names, *run.recorded}):
        edited = changed.get(name) == "edited"
        verdict, difference = _verdict(name, run, again, keys)
        if name.startswith(f"{INPUTS}/") and edited and name in run.files.sizes:
            difference = _file_differs("edited since the run", "as it was then")
            verdict = DIFFERS
        verdicts.append(FileVerdict(name, verdict, edited, difference))
    differing = {verdict.name for verdict in verdicts if verdict.verdict != IDENTICAL}
    verdicts = [
        _manifest_verdict(run, manifest, differing) if verdict.name == MANIFEST else verdict
        for verdict in verdicts
    ]
    return Verification(run.path, tuple(verdicts), _other_versions(run.manifest, manifest))


def _verdict(
    name: str, run: RunFolder, again: Mapping[str, bytes], keys: Mapping[str, Sequence[str]]
) -> tuple[str, Difference | None]:
    recorded = name in run.recorded
    if name in run.files.odd:
        return DIFFERS, _file_differs(run.files.odd[name], "a file" if name in again else "nothing")
    if name not in run.files.sizes:
        return (MISSING if recorded or name == MANIFEST else NEW), None
    if name not in again:
        only_there = _file_differs("written then", "not written by this version")
        return (DIFFERS, only_there) if recorded else (FOREIGN, None)
    try:
        # Of a file so much larger nothing needs to be read to know that it is another.
        here = run.read(name, 10 * len(again[name]) + 1_000_000)
    except CapshareError as error:
        return DIFFERS, _file_differs(error.problems[0].found, "a file that can be read")
    if here == again[name]:
        return IDENTICAL, None
    difference = _difference(name, here, again[name], keys)
    return (DIFFERS if difference else SAME), difference


def _file_differs(here: str, again: str) -> Difference:
    return Difference(1, None, None, "the file", here, again)


def _difference(name: str, here: bytes, again: bytes, keys: Mapping[str, Sequence[str]]) -> Difference | None:
    if name in keys:
        return table_difference(here, again, keys[name])
    if name.endswith(".xlsx"):
        return workbook_difference(here, again)
    return text_difference(here, again)


def _manifest_verdict(run: RunFolder, again: Mapping[str, Any], differing: set[str]) -> FileVerdict:
    """The manifest: its figures against those of the run made again, its digests against the files."""
    here = {key: value for key, value in run.manifest.items() if key not in _APART}
    difference = json_difference(here, {key: again[key] for key in again if key not in _APART})
    # A file that differs is named by itself; its digest says nothing more.
    wrong = {name for name, became in run.changed().items() if became == "edited" and name not in differing}
    if difference is None and wrong:
        name = min(wrong)
        recorded = run.recorded[name]
        difference = Difference(len(wrong), None, None, f"the SHA-256 of {name}", recorded, "another")
    if difference is not None:
        return FileVerdict(MANIFEST, DIFFERS, difference=difference)
    same = run.manifest == again
    return FileVerdict(MANIFEST, IDENTICAL if same else SAME)


def _other_versions(here: Mapping[str, Any], again: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    then, now = here["versions"], again["versions"]
    return {
        name: (str(then.get(name, "none")), str(now.get(name, "none")))
        for name in dict.fromkeys([*then, *now])
        if then.get(name) != now.get(name)
    }


def print_verification(found: Verification, console: Console) -> None:
    """Print one line per file, the versions that differ, and whether the run verifies.

    Parameters
    ----------
    found : what to print
    console : where to print
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("file", "made again", "where and by how much"):
        table.add_column(heading, overflow="fold")
    foreign = tuple(file.name for file in found.files if file.verdict == FOREIGN)
    for file in found.files:
        if len(foreign) > _MOST_FOREIGN and file.verdict == FOREIGN:
            continue
        said = f"{file.verdict}, edited since" if file.edited else file.verdict
        cells = (printable(file.name), said, str(file.difference or ""))
        table.add_row(*(Text(cell, style="" if file.agrees else "bold red") for cell in cells))
    console.print(table)
    console.print()
    if len(foreign) > _MOST_FOREIGN:
        console.print(f"Not of this run: {listed(foreign)}.", markup=False, highlight=False)
    for line in (*_version_lines(found), _conclusion(found)):
        console.print(line, markup=False, highlight=False)


def _version_lines(found: Verification) -> list[str]:
    if not found.versions:
        return ["Written and made again by the same versions."]
    listed = "; ".join(f"{name} {then}, now {now}" for name, (then, now) in found.versions.items())
    return [f"The run was written by other versions: {listed}."]


def _conclusion(found: Verification) -> str:
    bad = tuple(file.name for file in found.files if not file.agrees)
    of_run = [file for file in found.files if file.verdict not in (NEW, FOREIGN)]
    if not bad:
        return f"Verified: all {len(of_run)} files hold what the run gives when made again."
    return f"NOT verified: {len(bad)} of {len(of_run)} files do not agree: {listed(bad)}."
