"""Shown: what a user wrote, as a message repeats it: short, on one line, and whatever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# What a message repeats fills at most a few lines: the rest is at hand where it was written.
_LETTERS, _ENTRIES, _DEPTH = 200, 4, 3


def shown(value: object, depth: int = _DEPTH) -> str:
    """Short form of a value: a text in quotes, the first entries of a list or of a table.

    Parameters
    ----------
    value : of a study file, a data package or a cell
    depth : how many lists or tables inside one another are opened
    """
    if isinstance(value, str):
        return repr(value if len(value) <= _LETTERS else f"{value[:_LETTERS]}…")
    if isinstance(value, int) and abs(value) >= 10**_LETTERS:
        # Python refuses to write out one of more than 4300 digits.
        return f"a whole number of more than {_LETTERS} digits"
    if isinstance(value, Mapping):
        entries = [f"{key} = {shown(value[key], depth - 1)}" for key in _first(value, depth)]
        return f"{{ {_listed(entries, len(value))} }}"
    if isinstance(value, Sequence):
        return f"[{_listed([shown(entry, depth - 1) for entry in _first(value, depth)], len(value))}]"
    return repr(value)[:_LETTERS]


def _first(values: Mapping[str, object] | Sequence[object], depth: int) -> list[object]:
    return list(values)[:_ENTRIES] if depth > 0 else []


def _listed(entries: list[str], count: int) -> str:
    return ", ".join([*entries, "…"] if len(entries) < count else entries)
