"""Section on what abatement costs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.indicators.emissions import SINGLE_COUNT_FUELS
from capshare.study.sections.base import Name, PositivePrice, Section, YearNumber


class Anchor(Section):
    """A named price that the median of the provinces' prices is scaled to."""

    series: Name
    """Variable of the dataset's national table, in yuan/t."""
    year: YearNumber
    """Its year."""


class Prices(Section):
    """What abatement costs."""

    method: Literal["power", "logarithmic", "distance-function", "productivity", "given"] = "power"
    """Curve of marginal cost. Estimated over province-years: "power" rises as carbon intensity falls,
    "logarithmic" starts at 0, "distance-function" is of the frontier. "productivity": GDP per tonne,
    naive. "given": a column with sources."""
    anchor: Literal["none"] | PositivePrice | Anchor = "none"
    """Scale the prices so that their median at zero cut, provinces counted by emissions, is a price in
    yuan/t: a number, or a series of the national table; "none": as found. In "levels" provinces
    count alike. The logarithmic curve, whose first tonne is free, is scaled with the power curve it meets."""
    meeting_cut: Annotated[float, Field(gt=0, lt=1)] = 0.1
    """Cut, as a share, at which "logarithmic" costs as much as "power"."""
    technology: Literal["per-worker", "levels"] = "per-worker"
    """What the frontier is of: GDP, capital, energy and CO2 of each worker, or amounts of whole provinces.
    "levels" measures the size of the labour force; it is there to repeat older runs."""
    emissions: Literal["inventory", "fuels"] = "inventory"
    """CO2 that the estimate sees: the dataset's inventory by year, or `fuels` times factors."""
    null_joint: bool = True
    """Whether the frontier rules out GDP without emissions; both are reported."""
    time_trend: Literal["auto", "on", "off"] = "auto"
    """Whether the frontier may move outwards from year to year; "auto": where that takes at least 1 % off the
    sum of distances."""
    disposability: Literal["weak", "strong"] = "weak"
    """Whether emissions fall together with output alone, in the non-parametric check."""
    years: Annotated[tuple[YearNumber, ...], Field(min_length=2, max_length=2)] = (2005, 2017)
    """First and last year of the estimate; the last one is priced."""
    accounts_from: YearNumber = 2000
    """First year of investment in the capital stock."""
    depreciation: Annotated[float, Field(gt=0, lt=1)] = 0.096
    """Yearly depreciation of capital (Zhang, Wu & Zhang 2004)."""
    fuels: tuple[Name, ...] = SINGLE_COUNT_FUELS
    """With emissions "fuels": which are counted; by default those that count no carbon twice."""
    absent_as_zero: tuple[Name, ...] = ()
    """Fuels whose absent cells mean that none was burnt; else the province-year is dropped, with a note."""
    bootstrap_draws: Annotated[int, Field(ge=2, le=10_000)] = 50
    """Resampled panels that show how firm each province's rank is."""
    gdp_column: Name = "gdp_1e8yuan"
    """GDP of the base year, for "productivity"."""
    table: Name | None = None
    """With "given": published table of the dataset that has `column`, and in its column `source` where each
    price comes from; without it the provinces' own table, whose description names the column's source."""
    column: Name | None = None
    """Column with the price in yuan/t, for "given"."""
    compare: tuple[Name, ...] | None = None
    """Curves to split under as well, names of methods or "distance-function-null-joint"; by default all."""
    steps: Annotated[int, Field(ge=1, le=1000)] = 12
    """Number of equal cost steps, each at the cost in its middle."""
    max_abatement: Annotated[float, Field(gt=0, le=1)] = 0.6
    """Largest cut, as a share of own emissions."""

    @model_validator(mode="after")
    def _complete(self) -> Prices:
        if self.method == "given" and self.column is None:
            raise ValueError('a `column` with method "given"')
        if self.years[0] >= self.years[1]:
            raise ValueError("years in order, the first before the last")
        return self

    @property
    def is_estimated(self) -> bool:
        """Whether the curve is made of an estimate over province-years."""
        return self.method in ("power", "logarithmic", "distance-function")
