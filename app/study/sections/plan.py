"""Sections on a plan's target: who should do more, and the cuts that provinces may be given."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from capshare.study.sections.base import Percent, Section
from capshare.study.sections.source import Indicator


def _points(points: float) -> float:
    if not 0 <= points <= 100 and points != float("inf"):
        raise ValueError("0 to 100 percentage points, or inf")
    return points


Points = Annotated[float, Field(ge=0, le=100)]
PointsOrInf = Annotated[float, Field(ge=0), AfterValidator(_points)]


class BurdenIndicator(Indicator):
    """One indicator of who should do more."""

    direction: Literal["more", "less"] = "more"
    """Whether more or less of it asks for a larger cut."""
    principle: Literal["equality", "responsibility", "capability", "efficiency", "need", "ecology"] = (
        "capability"
    )
    """The principle it stands for."""


class Burden(Section):
    """Who should do more: an index that moves a province's cut from the national one."""

    weights: Literal["entropy", "equal", "critic"] = "entropy"
    """How the weights of the indicators are found."""
    spread_points: Points = 8.5
    """Points between the cuts of the least and the most burdened in the last year, before the band."""
    indicators: Annotated[tuple[BurdenIndicator, ...], Field(min_length=1)]
    """The indicators of the index."""

    @model_validator(mode="after")
    def _distinct(self) -> Burden:
        ids = [indicator.id for indicator in self.indicators]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"indicators with ids of their own, not {', '.join(twice)} more than once")
        return self


class Targets(Section):
    """The cuts that provinces may be given, against emissions at constant carbon intensity."""

    band_pct: Annotated[tuple[Percent, ...], Field(min_length=2, max_length=2)] = (10.0, 20.5)
    """Least and most that a province may be asked to cut by the last year, %; less in earlier years, as
    the national cut is."""
    distance_points: PointsOrInf = 1.5
    """How far a cut may lie from the entitled one in the last year, points; inf for any distance."""
    tiers: Literal["guide", "bind", "none"] = "guide"
    """"guide" shows tiers beside the cuts, "bind" gives all members of a tier one cut, "none": no tiers."""
    tiers_k: Annotated[int, Field(ge=2, le=100)] = 5
    """Number of tiers, by k-means on the indicators of the burden."""
    round_to_points: Annotated[float, Field(ge=0.01, le=10)] = 0.5
    """Steps in which the published cuts come, points."""

    @model_validator(mode="after")
    def _ordered(self) -> Targets:
        if self.band_pct[0] > self.band_pct[1]:
            raise ValueError("a band from the least to the most, `band_pct` = [least, most]")
        return self
