"""What the workbench answers: every amount with its unit in its name, every word in both languages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator

from capshare.base.notes import Severity


def finite(value: Any) -> float | None:
    """A number as JSON has it; None where it is missing or not finite.

    Parameters
    ----------
    value : a number of any kind, or None
    """
    if value is None:
        return None
    number = float(value)
    # NaN is the one number that is not itself; no bound is farther away than infinity.
    return number if abs(number) < float("inf") else None


Amount = Annotated[float | None, BeforeValidator(finite)]


class Labelled(BaseModel):
    """Something with a name in both languages."""

    label_en: str
    label_zh: str


class Said(BaseModel):
    """A sentence in both languages."""

    text_en: str
    text_zh: str


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


class Price(Labelled):
    """A price of the whole nation or of a group."""

    constraint: str
    name: str
    price_yuan_per_t: Amount
    kind: Literal["target", "trade", "market", "planner"]


class SaidNote(Said):
    """A note of the run."""

    key: str
    severity: Severity


class Mend(Said):
    """The smallest change of one kind that lets the rules be met; applied, it solves."""

    changes: dict[str, Any]


class Conflict(BaseModel):
    """Rules that contradict each other, and what would mend it."""

    rules: list[Labelled]
    mends: list[Mend]
    searched: bool = True
    """Whether the search came to its end; without it neither rules nor mends are told."""


class Province(BaseModel):
    """What a province gets in the year; a cut is null where quotas are no cuts."""

    group: str
    emissions_mt: Amount
    entitlement_mt: Amount
    quota_mt: Amount
    cut_pct: Amount
    entitled_cut_pct: Amount
    rounded_cut_pct: Amount
    decided_by: str
    decided_by_en: str
    decided_by_zh: str
    balance_mt: Amount
    balance_class: str
    balance_class_en: str
    balance_class_zh: str
    abatement_mt: Amount
    purchase_mt: Amount
    sale_mt: Amount
    uncovered_mt: Amount
    cost_1e8yuan: Amount


class Figure(Labelled):
    """One figure of the whole split."""

    key: str
    value: Amount
    unit: str
    unit_en: str
    unit_zh: str


class Binding(Labelled):
    """A rule that holds with equality."""

    constraint: str
    name: str


class Answer(BaseModel):
    """A split, or why there is none."""

    status: Literal["solved", "infeasible"]
    year: int
    objective_1e8yuan: Amount = None
    quota_mt: dict[str, Amount] = {}
    cut_pct: dict[str, Amount] = {}
    prices: list[Price] = []
    uncovered_mt: Amount = None
    notes: list[SaidNote] = []
    conflict: Conflict | None = None
    provinces: dict[str, Province] = {}
    figures: list[Figure] = []
    binding: list[Binding] = []
    elapsed_ms: float = 0.0


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


class Problem(BaseModel):
    """One thing wrong with what was asked, in the words of the command line."""

    source: str
    place: str
    expected: str
    found: str
    remedy: str
    said_en: str
    said_zh: str


class Refusal(BaseModel):
    """Why there is no answer."""

    problems: list[Problem]


class Exported(BaseModel):
    """Where a run was written."""

    folder: str


class Axis(Labelled):
    """What stands on an axis, and its unit."""

    unit: str
    unit_en: str
    unit_zh: str


class FrontierPoint(BaseModel):
    """What a distance to the entitlements costs, and how equal the quotas are under it."""

    value: Amount
    """T as a share, or points of a cut."""
    cost_1e8yuan: Amount
    gini: Amount
    price_yuan_per_t: Amount


class Frontier(BaseModel):
    """Cost against fairness, by the distance that is allowed."""

    key: str
    """Of the setting that the points differ in."""
    x: Axis
    y: Axis
    fairness: Axis
    points: list[FrontierPoint]
    here: FrontierPoint
    """That of the settings asked about; its value is null where there is no limit."""


class RuleRow(Labelled):
    """A rule that binds the province, and its price."""

    constraint: str
    name: str
    price_yuan_per_t: Amount


class IndicatorRow(Labelled):
    """What an indicator contributes to the score, in points of a hundred."""

    value: Amount
    rank: Amount
    weight: Amount
    points: Amount
    mean_points: Amount


class ChangeRow(BaseModel):
    """What would change the quota, in words of one language."""

    label: str
    quota: str
    change: str


class Story(BaseModel):
    """Why a province gets what it gets."""

    code: str
    name_en: str
    name_zh: str
    year: int
    lines_en: list[str]
    lines_zh: list[str]
    rules: list[RuleRow]
    indicators: list[IndicatorRow]
    changes_en: list[ChangeRow]
    changes_zh: list[ChangeRow]
    """Told of the province itself alone, not of its peers."""
    peers: list[Story] = []
