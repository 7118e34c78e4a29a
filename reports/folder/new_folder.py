"""A new folder of files: it appears whole or not at all, and replaces only what capshare wrote."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.reports.folder.atomic import LONGEST_NAME, put_in_place
from capshare.reports.folder.files import folder_files, listed
from capshare.reports.folder.run_folder import written_files


def write_files(files: Mapping[str, bytes], folder: Path, force: bool = False) -> Path:
    """Write files into a new folder, atomically: it appears whole or not at all.

    Parameters
    ----------
    files : name to bytes; a ``manifest.json`` that lists versions, and under ``files`` all the others, lets a
        later call replace the folder
    folder : the folder to make; folders above it are made where they are missing
    force : replace an existing folder, if it is empty or one that capshare wrote

    Returns
    -------
    Path of the folder, resolved

    Raises
    ------
    CapshareError
        if the folder exists and may not be replaced, or cannot be written; nothing is left behind then
    """
    require_replaceable(folder, force)
    with refusals_told(folder):
        target = _resolved(folder)
        put_in_place(files, target, force)
    return target


def require_replaceable(folder: Path, force: bool = False) -> None:
    """Refuse a folder that a run may not take, before the work is done.

    Parameters
    ----------
    folder : where the run shall go
    force : whether an earlier run there may be replaced

    Raises
    ------
    CapshareError
        where something is there that may not be replaced, which includes files that an earlier run did not
        write; or nothing can be written there
    """
    with refusals_told(folder):
        target = _resolved(folder)
        _require_writable(target)
        if os.path.lexists(target):
            _require_own(target, force)


def _require_own(target: Path, force: bool) -> None:
    if not target.is_dir():
        expected, found = "a folder that does not exist yet", "a file of that name"
        remedy = "Name a folder with -o."
    elif not force:
        expected, found = "a folder that does not exist yet", "an existing folder"
        remedy = "Name another, or replace it with --force."
    elif not any(target.iterdir()):
        return
    elif (written := written_files(target)) is None:
        expected = "an empty folder or that of an earlier run, to be replaced by --force"
        found = "other files and no manifest of a run"
        remedy = "Name another folder, or empty this one yourself."
    elif foreign := tuple(name for name in folder_files(target).names if name not in written):
        expected = "only files that an earlier run wrote, to be replaced by --force"
        found = f"also {listed(foreign)}"
        remedy = "Move them elsewhere, or name another folder with -o."
    else:
        return
    raise CapshareError(Problem("output folder", str(target), expected, found, remedy))


def _require_writable(target: Path) -> None:
    if len(os.fsencode(target.name)) > LONGEST_NAME:
        expected = f"a name of at most {LONGEST_NAME} bytes"
        found = f"one of {len(os.fsencode(target.name))}"
        raise CapshareError(Problem("output folder", target.name, expected, found, "Name another with -o."))
    above = next((folder for folder in target.parents if folder.exists()), target)
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(above, os.W_OK | os.X_OK):
        raise CapshareError(
            Problem("output folder", str(target), f"a place in {above} to write to",
                    "a folder that cannot be written", "Choose another with -o.")
        )  # fmt: skip


def _resolved(folder: Path) -> Path:
    try:
        return Path(folder).resolve()
    except RuntimeError as error:  # what Python 3.11 and 3.12 make of a loop of links
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


@contextmanager
def refusals_told(output: Path) -> Iterator[None]:
    """Tell in a sentence what the system says of the output.

    Parameters
    ----------
    output : folder or file that is written
    """
    try:
        yield
    except OSError as error:
        # Removing a folder, Python may close a file twice on its way out of an interrupt and raise that.
        if isinstance(error.__context__, KeyboardInterrupt):
            raise error.__context__ from None
        found = error.strerror or str(error)
        remedy = "Choose another folder with -o, or make room and permission for this one."
        problem = Problem("output folder", str(output), "a writable place", found, remedy)
        raise CapshareError(problem) from error
