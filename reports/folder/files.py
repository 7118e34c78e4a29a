"""What stands in a folder, by kind: links, pipes and devices are named, never followed and never opened."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# A run has some thirty files, a dataset perhaps a hundred; whoever has more keeps something else there.
MOST_FILES = 10_000
# Folders inside one another; a run has two.
MOST_DEEP = 20


@dataclass(frozen=True)
class FolderFiles:
    """What stands in a folder and the folders in it.

    Attributes
    ----------
    sizes : regular files by name, ``/`` between folders → size, bytes
    odd : everything else but folders, by name → what it is, for example ``a link``
    """

    sizes: Mapping[str, int]
    odd: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything but folders, sorted."""
        return tuple(sorted([*self.sizes, *self.odd]))


def folder_files(folder: Path) -> FolderFiles:
    """Everything in a folder, as far as it is not deeper or more than a run could be.

    Parameters
    ----------
    folder : to look into

    Returns
    -------
    FolderFiles; what was not looked into is among the odd

    Raises
    ------
    OSError
        where the folder itself cannot be listed
    """
    sizes: dict[str, int] = {}
    odd: dict[str, str] = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        for name, entry in _entries(folder, above, odd):
            if len(sizes) + len(odd) + len(waiting) >= MOST_FILES:
                odd[name] = f"one of more than {MOST_FILES} files; the others were not looked at"
                return FolderFiles(sizes, odd)
            kind = _kind(entry)
            if kind == "a folder" and name.count("/") < MOST_DEEP:
                waiting.append(name)
            elif kind == "":
                sizes[name] = entry.stat(follow_symlinks=False).st_size
            else:
                odd[name] = kind if kind != "a folder" else f"a folder more than {MOST_DEEP} folders down"
    return FolderFiles(sizes, odd)


def is_plain(name: str) -> bool:
    """Whether a name is free of control characters and of bytes that are no text.

    Parameters
    ----------
    name : of a file, as the system has it
    """
    return not any(unicodedata.category(c) in ("Cc", "Cs") for c in name)


def printable(name: str) -> str:
    """A name for a line of text: what cannot be printed, or would move the cursor, as its number.

    Parameters
    ----------
    name : of a file, as the system has it
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def listed(names: tuple[str, ...], most: int = 20) -> str:
    """Names in one line, the first of them where there are many.

    Parameters
    ----------
    names : of files
    most : how many are named
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(printable, names[:most])) + more


def _entries(folder: Path, above: str, odd: dict[str, str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder / above) as entries:
            for entry in entries:
                yield (f"{above}/{entry.name}" if above else entry.name), entry
    except OSError as error:
        if not above:
            raise
        odd[above] = f"a folder that cannot be listed ({error.strerror})"


def _kind(entry: os.DirEntry[str]) -> str:
    """What an entry is, in words; nothing for a regular file."""
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a link" if stat.S_ISLNK(mode) else "a pipe, a socket or a device"
