"""The settings of a study as the text of a study file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from capshare.base.conventions import Conventions


def study_toml(settings: Mapping[str, Any], those: Conventions) -> bytes:
    """A study file, its prices under keys of the dataset's currency.

    Parameters
    ----------
    settings : of the study, plain data
    those : conventions of its dataset
    """
    return tomli_w.dumps(_without_none(settings, those)).encode()


def _without_none(value: Any, those: Conventions) -> Any:
    # TOML has no null: a setting that is absent is left out. Its keys are text, so years become text.
    if isinstance(value, Mapping):
        known = {those.outward(str(key)): item for key, item in value.items() if item is not None}
        return {key: _without_none(item, those) for key, item in known.items()}
    if isinstance(value, list | tuple):
        return [_without_none(item, those) for item in value]
    return value
