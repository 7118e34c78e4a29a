"""What the workbench tells of a province, and of what staying close to entitlements costs."""

from __future__ import annotations

from pydantic import BaseModel

from capshare.workbench.answers import Amount, Labelled


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
