"""One writer at a time for each folder; the lock ends with its process, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from capshare.base.errors import CapshareError, Problem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# File systems of some clusters know no locks; the rename still keeps folders whole there.
_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK)
_HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


@contextmanager
def only_writer(target: Path) -> Iterator[bool]:
    """Hold the right to write a folder, or refuse at once where another process holds it.

    Parameters
    ----------
    target : the folder that is to be written; its parent exists

    Yields
    ------
    whether that is certain; it is not on a file system without locks

    Raises
    ------
    CapshareError
        while another process, or another call of this one, writes the same folder
    """
    path = target.parent / f".{target.name}.lock"
    descriptor, certain = _locked(path, target)
    try:
        yield certain
    finally:
        if sys.platform == "win32":
            # An open file cannot be removed there, nor one that the next writer has opened.
            os.close(descriptor)
            with suppress(OSError):
                path.unlink()
        else:
            path.unlink(missing_ok=True)
            os.close(descriptor)


def _locked(path: Path, target: Path) -> tuple[int, bool]:
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        try:
            _lock(descriptor)
            # The writer before may have removed the file between its opening and its locking.
            if _is_at(path, descriptor):
                return descriptor, True
            os.close(descriptor)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return descriptor, False
            os.close(descriptor)
            if error.errno in _HELD:
                raise _busy(target) from None
            raise


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _busy(target: Path) -> CapshareError:
    return CapshareError(
        Problem("output folder", str(target), "a folder that nobody else is writing",
                "another run that is writing it", "Let that one finish, or name another folder with -o.")
    )  # fmt: skip
