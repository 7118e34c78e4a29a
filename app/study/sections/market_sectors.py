"""Section on the sectors of the national market: which emissions a province does not answer for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.indicators.market_sectors import Sector
from capshare.study.sections.base import Location, Name, Section, Text, YearNumber

Part = Annotated[float, Field(ge=0, le=1)]
# Keys that a source needs one of, and those of the other sources that it has no use for.
_NEEDS = {"inventory": (), "share": ("share", "shares"), "facilities": ("file",)}


class MarketSector(Section):
    """One sector of the national market, and where its emissions are known from."""

    sector: Sector
    """The sector; power is power and heat. Each once."""
    source: Literal["inventory", "share", "facilities"]
    """"inventory": the dataset's own column, of power; "share": stated; "facilities": sums of a table."""
    share: Part | None = None
    """Share of each province's emissions, from 0 to 1, with source "share"."""
    shares: Mapping[Name, Part] = {}
    """Province → its share, where it has another than `share`, or where there is none for all."""
    file: Location | None = None
    """Table of facilities as `capshare benchmark` takes it, CSV or Excel, relative to the study file; or the
    folder of a `capshare benchmark`, whose facilities.csv is taken."""
    year: YearNumber | None = None
    """Year of the facilities' emissions; without it the last that the table has."""
    reason: Text = ""
    """Where a share is from."""

    @model_validator(mode="after")
    def _complete(self) -> MarketSector:
        if self.source == "inventory" and self.sector != "power":
            raise ValueError('source "inventory" for power alone, as no inventory has the other sectors')
        needed = _NEEDS[self.source]
        if needed and not any(getattr(self, key) for key in needed) and self.share is None:
            raise ValueError(f'{" or ".join(f"`{key}`" for key in needed)} with source "{self.source}"')
        stray = [
            key
            for keys in _NEEDS.values()
            for key in keys
            if key not in needed and getattr(self, key) not in (None, {})
        ]
        if stray or (self.year is not None and self.source != "facilities"):
            raise ValueError(
                f'no {", ".join(f"`{key}`" for key in stray) or "`year`"} with source "{self.source}"'
            )
        return self


class MarketSectors(Section):
    """Sectors of the national market, which allocates from below: the province answers for the rest."""

    quota: Literal["proportional", "benchmark"] = "proportional"
    """How a province's quota divides: "proportional" by emissions of the base year; "benchmark": the market's
    part changes from them by `yearly_change_pct`, as its benchmarks and output do, and the rest is left."""
    yearly_change_pct: Annotated[float, Field(gt=-100, le=100)] | None = None
    """Change a year of what the market allocates, %, with "benchmark"."""
    sectors: Annotated[tuple[MarketSector, ...], Field(min_length=1)]
    """The sectors."""

    @model_validator(mode="after")
    def _consistent(self) -> MarketSectors:
        named = [one.sector for one in self.sectors]
        twice = sorted({sector for sector in named if named.count(sector) > 1})
        if twice:
            raise ValueError(f"each sector once, not {', '.join(twice)} more than once")
        if (self.quota == "benchmark") != (self.yearly_change_pct is not None):
            raise ValueError('`yearly_change_pct` with quota = "benchmark", and with no other')
        return self
