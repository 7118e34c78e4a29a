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
