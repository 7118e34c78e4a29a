"""A folder of files that appears whole or not at all, whenever its writer is stopped."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.reports.folder.writer_lock import only_writer

_SUFFIX = ".part"
# A name has 255 bytes on most systems, and the hidden folder beside the target has 15 more than the target.
LONGEST_NAME = 240
# Of Linux: the folder of relative paths, and the flag that makes a rename an exchange.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def put_in_place(files: Mapping[str, bytes], target: Path, force: bool) -> None:
    """Write files beside a folder, and make them that folder by one rename.

    A writer that is killed leaves at most a hidden folder beside the target, which the next writer of the
    same target removes.

    Parameters
    ----------
    files : name to bytes; a name may hold folders, separated by ``/``
    target : the folder to make
    force : replace a folder that is there

    Raises
    ------
    CapshareError
        where another process writes the same folder, or has written it in the meantime
    OSError
        where the system refuses; nothing but folders above the target is left behind then
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(target) as certain:
        if certain:
            _remove_leftovers(target)
        # Within the same parent, so that the renames stay on one file system and are atomic.
        holder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent))
        try:
            _write_files(files, holder / "new")
            _move(holder / "new", holder / "old", target, force)
            _sync(target.parent)
        finally:
            _remove(holder, target)


def rename_in_place(made: Path, target: Path, force: bool) -> None:
    """Make a folder that was written beside another that one.

    Parameters
    ----------
    made : in the same parent as the target
    target : the folder it becomes
    force : replace a folder that is there

    Raises
    ------
    CapshareError
        where another process writes the target, or has written it in the meantime
    OSError
        where the system refuses
    """
    with only_writer(target):
        aside = made.with_name(f"{made.name}.old")
        _move(made, aside, target, force)
        _sync(target.parent)
        # Of two that were exchanged the old one has the name of the new.
        for old in (made, aside):
            shutil.rmtree(old, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all.

    Parameters
    ----------
    path : of the file; its folder exists
    data : its content

    Raises
    ------
    OSError
        where the system refuses
    """
    part = path.with_name(f"{path.name}{_SUFFIX}")
    try:
        _write(part, data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _move(new: Path, aside: Path, target: Path, force: bool) -> None:
    # Asked again: without force, a folder that appeared in the meantime must make the rename fail.
    if force and target.exists():
        if not _exchanged(new, target):
            _swap(new, target, aside)
        return
    try:
        new.rename(target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        raise CapshareError(
            Problem("output folder", str(target), "a folder that does not exist yet",
                    "one that appeared during this run, from another run perhaps",
                    "It was left as it is; run again and name another with -o.")
        ) from None  # fmt: skip


def _exchanged(new: Path, target: Path) -> bool:
    """Whether the system could exchange two folders in one step, so that no moment is without one."""
    rename = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    )
    if rename is None:
        return False
    ended = rename(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE)
    if ended == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(target))


def _swap(new: Path, target: Path, aside: Path) -> None:
    target.rename(aside)
    try:
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise


def _remove_leftovers(target: Path) -> None:
    """Remove what killed writers of the same folder left beside it; by the lock, none of them is alive."""
    name = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]{{8}}{re.escape(_SUFFIX)}")
    for path in target.parent.iterdir():
        if name.fullmatch(path.name) and path.is_dir():
            _remove(path, target)


def _remove(holder: Path, target: Path) -> None:
    # Where putting an old run aside was the last thing that happened, this is its only copy.
    if target.exists() or not (holder / "old").exists():
        shutil.rmtree(holder, ignore_errors=True)
    if holder.exists():
        logging.getLogger(__name__).warning("%s could not be removed; look into it and delete it.", holder)


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    for inner in {folder, *((folder / name).parent for name in files)}:
        _sync(inner)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder, and needs no sync of it after a rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
