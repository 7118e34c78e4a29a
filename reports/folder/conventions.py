"""The conventions that a run was written in, as its manifest says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from capshare.base.conventions import AMOUNTS, GASES, REGION_WORDS, Conventions
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown

_KNOWN = {"currency": tuple(AMOUNTS), "regions": REGION_WORDS, "gas": GASES}


def conventions_of(manifest: Mapping[str, Any], source: str) -> Conventions:
    """Conventions of a run; those of a manifest that says none are the usual ones.

    Parameters
    ----------
    manifest : of the run
    source : its file, named in messages

    Raises
    ------
    CapshareError
        where it says others than a run writes.
    """
    said = manifest.get("conventions", {})
    if not isinstance(said, Mapping) or not _sound(said):
        expected, remedy = "conventions as a run writes them", "Put the file back as the run left it."
        raise CapshareError(Problem(source, "conventions", expected, shown(said), remedy))
    return Conventions(**said)


def _sound(said: Mapping[str, Any]) -> bool:
    names = {field.name for field in fields(Conventions)}
    return set(said) <= names and all(
        isinstance(value, str) and value in _KNOWN.get(name, (value,)) for name, value in said.items()
    )
