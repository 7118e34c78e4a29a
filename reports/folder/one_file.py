"""A single file that a command writes: there whole or not at all, and never over another by mistake."""

from __future__ import annotations

from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.reports.folder.atomic import write_whole
from capshare.reports.folder.new_folder import refusals_told


def require_free(path: Path, force: bool = False) -> None:
    """Refuse a file that a command may not write, before the work is done.

    Parameters
    ----------
    path : of the file
    force : whether a file that is there may be replaced

    Raises
    ------
    CapshareError
        where a folder or, without force, a file is there
    """
    with refusals_told(path):
        if path.is_dir():
            found, remedy = "a folder of that name", "Name a file with -o."
        elif path.exists() and not force:
            found, remedy = "an existing file", "Name another with -o, or replace it with --force."
        else:
            return
    raise CapshareError(Problem("output file", str(path), "a file that does not exist yet", found, remedy))


def write_file(data: bytes, path: Path, force: bool = False) -> Path:
    """Write a file, and the folders above it where they are missing.

    Parameters
    ----------
    data : its content
    path : of the file
    force : replace a file that is there

    Returns
    -------
    Path of the file, resolved

    Raises
    ------
    CapshareError
        where it may not be replaced, or cannot be written; nothing is left behind then
    """
    require_free(path, force)
    with refusals_told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        return path.resolve()
