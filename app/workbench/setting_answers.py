"""What the workbench tells of a study before anything is turned: its places, its settings, its own split."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from capshare.workbench.answers import Amount, Answer, Labelled


class Square(BaseModel):
    """A place of the map of squares, counted from the north-west."""

    name_en: str
    name_zh: str
    column: int
    row: int


class Region(Square):
    """A province of the study."""

    code: str
    short_en: str
    """A few letters for its square."""


class Choice(Labelled):
    """One of the values that a setting may have."""

    value: str


Kind = Literal["number", "integer", "choice", "flag", "numbers", "constraints"]


class Setting(Labelled):
    """A key of the study that may be turned."""

    key: str
    section: str
    kind: Kind
    value: Any
    """The run's own; "inf" where there is no limit."""
    minimum: Amount = None
    maximum: Amount = None
    step: Amount = None
    unit: str = ""
    unit_en: str = ""
    unit_zh: str = ""
    choices: list[Choice] | None = None
    help_en: str
    help_zh: str
    valid: tuple[float, float] | None = None
    """Between these the price of the target stays what it is."""
    may_be_unlimited: bool = False
    """Whether "inf" is a value too."""
    year: int | None = None
    """The one year that it is about."""


class Section(Labelled):
    """A group of settings, in the order in which they are shown."""

    key: str


class Settings(BaseModel):
    """The study, what may be turned in it, and its own answer."""

    study: str
    version: str
    base_year: int
    years: list[int]
    year: int
    quantity: Literal["cut", "quota"]
    money: dict[str, str]
    regions: list[Region]
    absent: list[Square]
    sections: list[Section]
    settings: list[Setting]
    base: Answer
