"""How two plans of an ensemble differ: key by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of a key that one of the two lacks.
NOTHING = "nothing"


def differences(then: Any, now: Any) -> dict[str, tuple[Any, Any]]:
    """Dotted key → its value on either side, of the keys that differ.

    Parameters
    ----------
    then, now : plain data; "nothing" stands for a key that one of them lacks
    """
    before, after = _flat(then), _flat(now)
    pairs = {key: (before.get(key, NOTHING), after.get(key, NOTHING)) for key in {**before, **after}}
    return {key: values for key, values in pairs.items() if values[0] != values[1]}


def _flat(value: Any, before: str = "") -> dict[str, Any]:
    """Plain data without levels: the keys with dots between them."""
    if isinstance(value, Mapping):
        items = [(str(key), item) for key, item in value.items()]
    elif isinstance(value, list):
        items = [(str(place + 1), item) for place, item in enumerate(value)]
    else:
        return {before: value}
    flat: dict[str, Any] = {}
    for key, item in items:
        flat |= _flat(item, f"{before}.{key}" if before else key)
    return flat
