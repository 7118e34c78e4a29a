"""Temporary files: what the system refuses about them is told in a sentence, with the place they go to.

This module lies beneath all layers but the errors: solvers and reports write such files.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capshare.base.errors import CapshareError, Problem


@contextmanager
def temporary_files() -> Iterator[None]:
    """Tell as wrong input what the system refuses inside the block, which only writes temporary files.

    Raises
    ------
    CapshareError
        where the system refuses one: no room is left, or there is no such folder
    """
    try:
        yield
    except OSError as error:
        if error.errno is None:  # not the system's: Pyomo says so that it could not start a solver
            raise
        place = tempfile.tempdir or os.environ.get("TMPDIR", "")
        raise CapshareError(
            Problem("temporary folder", place, "room for temporary files", error.strerror or str(error),
                    "Make room there, or name another folder in the environment variable TMPDIR.")
        ) from error  # fmt: skip


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder, removed at the end of the block; a refusal is told as by :func:`temporary_files`."""
    with temporary_files(), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
