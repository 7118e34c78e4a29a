"""Changes asked for over the wire, as settings of a study: typed by its own model, told in its own words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.study.setting import OPTION, Setting, read_value, unknown_key
from capshare.study.toml_text import frozen
from capshare.workbench.wire import from_json


def settings_of(changes: Mapping[str, Any]) -> tuple[Setting, ...]:
    """Settings as of ``--set``; a text is read as the command line reads it.

    Parameters
    ----------
    changes : key → value of any type that JSON has, but for null

    Raises
    ------
    CapshareError
        with every key that no study has, and every value that no study file can hold.
    """
    problems = [problem for key, value in changes.items() for problem in _problems(key, value)]
    if problems:
        raise CapshareError(problems)
    return tuple(_setting(key, value) for key, value in changes.items())


def _problems(key: str, value: Any) -> Iterator[Problem]:
    yield from unknown_key(key, OPTION)
    if _has_no_number(value):
        remedy = 'Give a number; "inf" in quotes where there shall be no limit.'
        yield Problem(OPTION, key, "a value that a study file can hold", shown(value), remedy)


def _has_no_number(value: Any) -> bool:
    """Whether there is something in it that TOML lacks, at any depth."""
    if isinstance(value, Mapping):
        return any(map(_has_no_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_no_number, value))
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def _setting(key: str, value: Any) -> Setting:
    if isinstance(value, str):
        text = value.strip()
        return Setting(key, read_value(key, text), text)
    return Setting(key, frozen(from_json(value), (key,), OPTION), str(value))
