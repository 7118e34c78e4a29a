"""The folder a run leaves behind: it appears whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from capshare.errors import CapshareError, CapshareWarning, Problem
from capshare.model.result import Result
from capshare.reports.manifest import manifest
from capshare.reports.tables import csv_text, tables
from capshare.reports.workbook import workbook_bytes


def write(result: Result, folder: Path, force: bool = False) -> Path:
    """Write everything a run leaves behind into a new folder, atomically.

    Parameters
    ----------
    result : a finished run
    folder : the folder to make; folders above it are made where they are missing
    force : replace an existing folder, if it is empty or the folder of an earlier run

    Returns
    -------
    Path of the folder, resolved

    Raises
    ------
    CapshareError
        if the folder exists and may not be replaced, or cannot be written; nothing is left behind then
    """
    target = Path(folder).resolve()
    try:
        require_replaceable(target, force)
        _put_in_place(contents(result), target, force)
    except OSError as error:
        found = error.strerror or str(error)
        remedy = "Choose another folder with -o, or make room and permission for this one."
        raise CapshareError(
            Problem("output folder", str(target), "a writable place", found, remedy)
        ) from error
    return target


def contents(result: Result) -> dict[str, bytes]:
    """Every file of a run's folder by name; text is UTF-8 and ends with a newline.

    Parameters
    ----------
    result : a finished run

    Returns
    -------
    dict of file name to bytes
    """
    texts = {table.file: csv_text(frame, table.file) for table, frame in tables(result).items()}
    texts["study.toml"] = tomli_w.dumps(_without_none(result.settings))
    texts["manifest.json"] = json.dumps(manifest(result), ensure_ascii=False, indent=2, allow_nan=False)
    texts["allocation.mps"] = result.mps
    ended = {name: text if text.endswith("\n") else f"{text}\n" for name, text in texts.items()}
    return {name: text.encode() for name, text in ended.items()} | {"study.xlsx": workbook_bytes(result)}


def _without_none(value: Any) -> Any:
    # TOML has no null: a setting that is absent is left out. Its keys are text, so years become text.
    if isinstance(value, Mapping):
        return {str(key): _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value


def require_replaceable(folder: Path, force: bool = False) -> None:
    """Refuse a folder that a run may not take, before the work is done.

    Parameters
    ----------
    folder : where the run shall go
    force : whether an earlier run there may be replaced

    Raises
    ------
    CapshareError
        where something is there that may not be replaced
    """
    target = Path(folder).resolve()
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        expected, remedy = "a folder that does not exist yet", "Name a folder with -o."
        found = "a file of that name"
    elif not force:
        expected, remedy = "a folder that does not exist yet", "Name another, or replace it with --force."
        found = "an existing folder"
    elif any(target.iterdir()) and not _is_run(target):
        expected = "an empty folder or that of an earlier run, to be replaced by --force"
        found, remedy = (
            "other files and no manifest of a run",
            "Name another folder, or empty this one yourself.",
        )
    else:
        return
    raise CapshareError(Problem("output folder", str(target), expected, found, remedy))


def _is_run(folder: Path) -> bool:
    # Other software writes files of this name too (browser extensions do): only ours lists its versions.
    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    versions = found.get("versions") if isinstance(found, dict) else None
    return isinstance(versions, dict) and "capshare" in versions


def _put_in_place(files: Mapping[str, bytes], target: Path, force: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # Within the same parent, so that the renames stay on one file system and are atomic.
    holder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        _write_files(files, holder / "new")
        # Asked again: without force, a folder that appeared in the meantime must make the rename fail.
        if force and target.exists():
            _swap(holder / "new", target, holder / "old")
        else:
            (holder / "new").rename(target)
        _sync(target.parent)
    finally:
        _remove(holder, target)


def _remove(holder: Path, target: Path) -> None:
    # Should putting the old run back have failed as well, this is its only copy.
    if target.exists() or not (holder / "old").exists():
        shutil.rmtree(holder, ignore_errors=True)
    if holder.exists():
        warnings.warn(
            f"{holder} could not be removed; look into it and delete it.", CapshareWarning, stacklevel=5
        )


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir()
    for name, data in files.items():
        with (folder / name).open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    _sync(folder)


def _swap(new: Path, target: Path, aside: Path) -> None:
    target.rename(aside)
    try:
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder, and needs no sync of it after a rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
