"""Section on what abatement costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.indicators.emissions import SINGLE_COUNT_FUELS
from capshare.study.sections.base import Name, Section, YearNumber


class Anchor(Section):
    """A named price that the median of the provinces' prices is scaled to."""

    series: Name
    """Variable of the dataset's national table, in yuan/t."""
    year: YearNumber
    """Its year."""


class Prices(Section):
    """What abatement costs."""

    method: Literal["distance-function", "productivity", "given"] = "distance-function"
    """"distance-function": estimated over the panel; "productivity": GDP per tonne; "given": a column."""
    anchor: Literal["none"] | Anchor = "none"
    """Scale the prices so that their unweighted median at zero cut is a named price; "none": as found."""
    null_joint: bool = False
    """Whether the frontier rules out GDP without emissions; decides the level, so both are reported."""
    years: Annotated[tuple[YearNumber, ...], Field(min_length=2, max_length=2)] = (2005, 2017)
    """First and last year of the panel that the distance function is estimated over."""
    accounts_from: YearNumber = 2000
    """First year of investment in the capital stock."""
    depreciation: Annotated[float, Field(gt=0, lt=1)] = 0.096
    """Yearly depreciation of capital (Zhang, Wu & Zhang 2004)."""
    fuels: tuple[Name, ...] = SINGLE_COUNT_FUELS
    """Fuels whose emissions the distance function sees; by default those that count no carbon twice."""
    absent_as_zero: tuple[Name, ...] = ()
    """Fuels whose absent cells mean that none was burnt; else the province-year is dropped, with a note."""
    bootstrap_draws: Annotated[int, Field(ge=2, le=10_000)] = 50
    """Resampled panels that show how firm each province's rank is."""
    gdp_column: Name = "gdp_1e8yuan"
    """GDP of the base year, for "productivity"."""
    column: Name | None = None
    """Column with the price in yuan/t, for "given"."""
    compare: tuple[Name, ...] | None = None
    """Curves to split under as well, names of methods or "distance-function-null-joint"; by default all."""
    steps: Annotated[int, Field(ge=1, le=1000)] = 12
    """Number of equal cost steps."""
    max_abatement: Annotated[float, Field(gt=0, le=1)] = 0.6
    """Largest cut, as a share of own emissions."""

    @model_validator(mode="after")
    def _complete(self) -> Prices:
        if self.method == "given" and self.column is None:
            raise ValueError('a `column` with method "given"')
        if self.years[0] >= self.years[1]:
            raise ValueError("years in order, the first before the last")
        return self
