"""Where the platform keeps what a program may make again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_cache() -> Path:
    """The folder of capshare in the user's cache; perhaps not there yet.

    ``XDG_CACHE_HOME`` decides on every platform where it is an absolute path, as its specification asks.

    Returns
    -------
    Path

    Raises
    ------
    RuntimeError
        where the user has no home folder.

    References
    ----------
    XDG Base Directory Specification 0.8,
    https://specifications.freedesktop.org/basedir-spec/0.8/
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "capshare"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "capshare" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "capshare"
    return Path.home() / ".cache" / "capshare"
