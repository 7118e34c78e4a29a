"""What is found from a value once and asked for by several sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Owner = TypeVar("Owner")
Found = TypeVar("Found")


def kept(function: Callable[[Owner], Found]) -> Callable[[Owner], Found]:
    """A function whose result is kept with its argument, as a cached property of it would be.

    For what belongs to one sheet but is read by others; nobody may change what it returns.

    Parameters
    ----------
    function : of one argument, an object that does not change any more in what the function reads
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def once(owner: Owner) -> Found:
        held = vars(owner)
        if name not in held:
            held[name] = function(owner)
        found: Found = held[name]
        return found

    return once
