"""The folder a command is about to write: refused before the work, and watched for an interrupt's message."""

from __future__ import annotations

from pathlib import Path

MANIFEST = "manifest.json"
# Inode and time of a file: another one lies there once it has been written or replaced.
Mark = tuple[int, int] | None
_claimed: dict[Path, Mark] = {}
_keeps: list[Path] = []


def claim(folder: Path, force: bool) -> Path:
    """Refuse a folder that a command may not write, and remember it for :func:`written`.

    Parameters
    ----------
    folder : the command's output
    force : whether an earlier output may be replaced

    Returns
    -------
    Path, the folder

    Raises
    ------
    CapshareError
        where something is there that may not be replaced, or nothing can be written there
    """
    from capshare.reports.folder.new_folder import require_replaceable

    require_replaceable(folder, force)
    expect(folder / MANIFEST)
    return folder


def expect(file: Path) -> None:
    """Remember a file that the command is about to write, as it is before.

    Parameters
    ----------
    file : to be written; need not exist
    """
    # Links are not followed: one that leads back to itself is for the command to refuse.
    path = file.absolute()
    _claimed[path] = _mark(path)


def written() -> list[Path]:
    """The folders that the command has written since it claimed them."""
    return [path.parent for path, before in _claimed.items() if _mark(path) not in (None, before)]


def keeps(folder: Path) -> None:
    """Remember a folder that keeps what the command has finished when it is stopped.

    Parameters
    ----------
    folder : need not exist
    """
    _keeps.append(folder)


def kept() -> list[Path]:
    """The folders with what the command has finished, of those that there are."""
    return [folder for folder in _keeps if folder.exists()]


def forget() -> None:
    """Begin another command in the same process."""
    _claimed.clear()
    _keeps.clear()


def _mark(path: Path) -> Mark:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
