"""What a study holds as JSON has it, and back: JSON knows no number without limit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

UNLIMITED = "inf"


def as_json(value: Any) -> Any:
    """A value of a study as JSON has it; no limit is "inf".

    Parameters
    ----------
    value : of any type that TOML has
    """
    if isinstance(value, Mapping):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return UNLIMITED
    return value


def from_json(value: Any) -> Any:
    """A list or table that JSON had, as a study file has it: inside it "inf" is no limit.

    Parameters
    ----------
    value : of any type that JSON has
    """
    if isinstance(value, Mapping):
        return {key: math.inf if one == UNLIMITED and key != "name" else from_json(one)
                for key, one in value.items()}  # fmt: skip
    return [from_json(one) for one in value] if isinstance(value, list) else value
