"""What a study says under a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capshare.study.study import Study


def value_of(study: Study, key: str) -> Any:
    """The study's own value of a key.

    Parameters
    ----------
    study : any
    key : of a turnable; entries of lists are called by their ids

    Returns
    -------
    None where the study leaves it to a default of another part
    """
    value: Any = study
    for part in key.split("."):
        if isinstance(value, tuple):
            value = next((entry for entry in value if entry.id == part), None)
        elif isinstance(value, Mapping):
            value = value.get(part)
        else:
            value = getattr(value, part, None)
    return value
