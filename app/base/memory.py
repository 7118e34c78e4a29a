"""Memory that is free again, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back_memory() -> None:
    """Give back what the columns of a long table left behind; where the system's library cannot, nothing.

    The library of most Linux systems keeps freed arrays of up to 32 MB for later ones. After a million rows
    these are hundreds of megabytes, which what is made of the rows would come on top of.
    """
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
