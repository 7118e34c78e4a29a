"""A commented study file to start from: a shipped study under a name of its own."""

from __future__ import annotations

import os
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_there
from capshare.base.interrupts import held_back
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.study.reading import DEFAULT, shipped_studies, study_path
from capshare.study.sections.base import LONGEST_NAME

FILE_NAME = "study.toml"


def write_new_study(folder: Path, force: bool = False, origin: str = DEFAULT) -> Path:
    """Write a study file into a folder, which is made where it is missing.

    Parameters
    ----------
    folder : where ``study.toml`` goes
    force : replace a file that is there
    origin : name of the shipped study to start from

    Returns
    -------
    Path of the file

    Raises
    ------
    CapshareError
        where no study of this name is shipped, the file exists and is not to be replaced, or the folder
        cannot be written.
    """
    path, known = folder / FILE_NAME, shipped_studies()
    # A file of one's own may name a dataset that lies beside it; what is shipped is found from everywhere.
    if origin not in known:
        expected = f"a shipped study ({', '.join(known)})"
        raise CapshareError(Problem("--from", "", expected, shown(origin), suggestion(origin, known)))
    if is_there(path) and not force:
        raise CapshareError(
            Problem(str(path), "", "no file yet", "a file", "Give another folder, or --force to replace it.")
        )
    text = study_path(origin).read_text(encoding="utf-8")
    mine = text.replace(f'\nname = "{origin}"\n', f'\nname = "{folder_name(folder)}"\n', 1)
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
