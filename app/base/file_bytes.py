"""File bytes: a regular file of bounded size read once, so that what is parsed can also be kept."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from capshare.base.errors import CapshareError, Problem

# Of a table, a workbook or their description: hundreds of times the largest shipped one.
TABLE_BYTES = 20_000_000
# Of a file that a person writes: a study, with every province named in it many times over.
STUDY_BYTES = 1_000_000

_UNITS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
# Opening a pipe that nobody writes to would wait for ever; Windows has neither such pipes nor the flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def read_bytes(path: Path, limit: int, source: str, remedy: str = "") -> bytes:
    """Content of a regular file, whose size is looked at before any of it is read.

    Symbolic links are followed, but only to regular files: a pipe never answers and a device never ends.

    Parameters
    ----------
    path : of the file
    limit : largest size that is read, bytes
    source : what to call the file in a message
    remedy : what to do where the file is not there; by default to correct its name

    Returns
    -------
    bytes of the file, at most `limit`

    Raises
    ------
    CapshareError
        where there is none, it cannot be read, is no regular file, or is larger.
    """
    try:
        _require_regular(path.stat(), source)
        with open(path, "rb", opener=_open) as stream:
            # What stands there may have changed since: only what is open counts.
            found = os.fstat(stream.fileno())
            _require_regular(found, source)
            _require_small(found.st_size, limit, source)
            # Memory is taken for all that is asked for, there or not; and a file may grow meanwhile.
            data = stream.read(found.st_size + 1)
            if len(data) > found.st_size:
                data += stream.read(limit + 1)
            _require_small(len(data), limit, source)
            return data
    except FileNotFoundError:
        advice = remedy or "Put the file there or correct its name."
        problem = Problem(source, "", "a file", f"none at {path}", advice)
    except OSError as error:
        advice = "Check its rights, the length of its name, and that no link leads back to itself."
        problem = Problem(source, "", "a file that can be read", error.strerror or str(error), advice)
    except ValueError as error:  # a name that no file can have, one with a NUL for instance
        problem = Problem(source, "", "the name of a file", f"{str(path)!r}: {error}", "Correct the name.")
    raise CapshareError(problem)


def is_folder(path: Path) -> bool:
    """Whether a path is that of a folder; no name is too long or too odd to ask.

    Parameters
    ----------
    path : of anything, or of nothing
    """
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether anything stands at a path, be it unreadable or a link that leads nowhere.

    Parameters
    ----------
    path : of anything, or of nothing
    """
    try:
        path.lstat()
    except OSError as error:
        return error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)
    except ValueError:  # a NUL in it
        return False
    return True


def readable_size(size: int) -> str:
    """A number of bytes as a person says it: ``12 MB``.

    Parameters
    ----------
    size : in bytes
    """
    factor, unit = next(((f, unit) for f, unit in _UNITS if size >= f), (1, "bytes"))
    return f"{size / factor:.3g} {unit}"


def _open(path: str, _: int) -> int:
    return os.open(path, _FLAGS)


def _require_regular(found: os.stat_result, source: str) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    kind = next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "something else")
    raise CapshareError(Problem(source, "", "a regular file", kind, "Name a file with data in it."))


def _require_small(size: int, limit: int, source: str) -> None:
    if size > limit:
        remedy = "Keep only what is needed in it, or split it."
        expected = f"a file of at most {readable_size(limit)}"
        raise CapshareError(Problem(source, "", expected, readable_size(size), remedy))
