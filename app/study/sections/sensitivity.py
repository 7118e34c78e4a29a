"""Section on how sure a result is: the choices of a study that could as well have been others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from capshare.study.sections.base import Name, Section, Text

SIDES = ("low", "high")

# What TOML can say, from a number to a list of tables.
Value = bool | int | float | str | tuple[Any, ...] | Mapping[str, Any]


class Choice(Section):
    """A choice of the study, and what it could as well have been."""

    choice: Name
    """What it is called in tables and charts."""
    key: Name
    """The key of the study that changes, as of `--set`."""
    low: Value | None = None
    """A value at one end of what could be chosen; leave it out where there is none."""
    high: Value | None = None
    """A value at the other end."""
    low_name: Name | None = None
    """What the lower value is called, where it is no number or word."""
    high_name: Name | None = None
    """What the higher value is called, where it is no number or word."""
    reason: Annotated[Text, Field(min_length=1)]
    """Why these values and no others."""
    reason_zh: Annotated[Text, Field(min_length=1)] | None = None
    """The same in Chinese, for what is written in it; without it the reason stands as it is."""

    @field_validator("key")
    @classmethod
    def _of_no_choice(cls, key: str) -> str:
        if key.partition(".")[0] in ("sensitivity", "study") and key != "study.scenario":
            raise ValueError("a key of the study's rules or data")
        return key

    @model_validator(mode="after")
    def _has_a_side(self) -> Choice:
        if self.low is None and self.high is None:
            raise ValueError("`low`, `high` or both")
        return self

    def sides(self) -> dict[str, tuple[Any, str]]:
        """Side → its value, and what it is called."""
        named = {"low": (self.low, self.low_name), "high": (self.high, self.high_name)}
        return {
            side: (value, name or _said(value)) for side, (value, name) in named.items() if value is not None
        }


def _said(value: Value) -> str:
    """A value as a reader would write it."""
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
