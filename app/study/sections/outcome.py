"""Sections on how the outcome is read: balance classes and reduction potential."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.study.sections.base import PositiveAmount, Section
from capshare.study.sections.source import Indicator


class Balance(Section):
    """Thresholds of the balance classes and causes."""

    slight_mt: PositiveAmount = 100.0
    """Below it a balance is a slight surplus or a light deficit, Mt."""
    severe_mt: PositiveAmount = 300.0
    """From it on a balance is an ample surplus or a severe deficit, Mt."""
    cause_mt: PositiveAmount = 400.0
    """From it on emissions or a quota count as high, Mt."""

    @model_validator(mode="after")
    def _ordered(self) -> Balance:
        if self.slight_mt >= self.severe_mt:
            raise ValueError("slight_mt below severe_mt")
        return self


class Variance(Section):
    """Keep as many components as explain a share of the variance."""

    variance: Annotated[float, Field(gt=0, le=1)]
    """The share."""


class PotentialSection(Section):
    """How the reduction potential of deficit provinces is scored."""

    components: Literal["kaiser"] | Variance = "kaiser"
    """"kaiser": eigenvalues above 1; or { variance = 0.85 }."""
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    """Indicators of being able to cut."""
