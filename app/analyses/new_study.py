"""A commented study file to start from: the shipped base study under a name of its own."""

from __future__ import annotations

import os
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_there
from capshare.base.interrupts import held_back
from capshare.study.reading import DEFAULT, study_path
from capshare.study.sections.base import LONGEST_NAME

FILE_NAME = "study.toml"


def write_new_study(folder: Path, force: bool = False) -> Path:
    """Write a study file into a folder, which is made where it is missing.

    Parameters
    ----------
    folder : where ``study.toml`` goes
    force : replace a file that is there

    Returns
    -------
    Path of the file

    Raises
    ------
    CapshareError
        where the file exists and is not to be replaced, or the folder cannot be written.
    """
    path = folder / FILE_NAME
    if is_there(path) and not force:
        raise CapshareError(
            Problem(str(path), "", "no file yet", "a file", "Give another folder, or --force to replace it.")
        )
    text = study_path(DEFAULT).read_text(encoding="utf-8")
    name = folder_name(folder)
    mine = text.replace(f'name = "{DEFAULT}"', f'name = "{name}"', 1)
    try:
        with held_back():
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(mine, encoding="utf-8")
    except OSError as error:
        raise CapshareError(
            Problem(str(path), "", "a folder that can be written", str(error.strerror), "Give another.")
        ) from None
    return path


def folder_name(folder: Path) -> str:
    """Name of a folder reduced to what a study may be called.

    Parameters
    ----------
    folder : of the new study; need not exist
    """
    # Unlike resolve() it follows no link, so none can lead back to itself.
    name = Path(os.path.normpath(Path.cwd() / folder)).name
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name).strip("._-")
    return plain[:LONGEST_NAME] or "my-study"
