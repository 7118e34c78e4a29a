"""Sections on the years ahead: national cap, baseline of emissions, rules between years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.study.sections.base import (
    Amount,
    Name,
    Percent,
    PositiveAmount,
    PositivePrice,
    Price,
    Ratio,
    Section,
    Share,
    Year,
    YearNumber,
)


class NowcastSection(Section):
    """Emissions of a base year that the dataset does not reach: carried forward, every factor stated."""

    from_year: Annotated[YearNumber, Field(alias="from")]
    """Year of the dataset that emissions are carried forward from, to the base year."""
    provincial: Literal["national", "second-inventory"] = "national"
    """Change of each province: the nation's, or its own in the second inventory, rescaled to that total."""


class Then(Section):
    """What follows the last pledge on intensity: a fall to a stated cut below the peak."""

    target_year: YearNumber = 2035
    """Year the cut is reached."""
    cut_pct: Annotated[float, Field(gt=0, lt=100)]
    """Cut of net greenhouse gases below their peak, %."""
    net_ghg_per_co2: Ratio
    """Net greenhouse gases at the peak as a multiple of CO2: an assumption, the pledge does not say."""
    co2_share_of_cut: Ratio
    """Part of the cut that CO2 takes: an assumption likewise."""


class Cap(Section):
    """The national cap."""

    method: Literal["table", "intensity", "intensity-plan", "absolute", "budget"]
    """"table" states it, "intensity" follows pledged cuts, "intensity-plan" a plan's cut from the base year,
    "absolute" a peak, "budget" a cumulative sum."""
    mt: Mapping[Year, PositiveAmount] = {}
    """Year → cap in Mt CO2, for "table"."""
    cuts_pct: Mapping[Year, Percent] = {}
    """Year → pledged cut of intensity against 2005, %, for "intensity"."""
    start: Literal["official", "inventory"] = "official"
    """Cut achieved by the base year: the official figure, or what the study's own emissions show."""
    then: Then | None = None
    """What follows the last pledge, for "intensity", or the plan, for "intensity-plan"."""
    peak_year: YearNumber | None = None
    """Year of the CO2 peak, for "absolute"."""
    peak_mt: PositiveAmount | None = None
    """CO2 at the peak, Mt, for "absolute"."""
    net_ghg_per_co2: Ratio = 1.0
    """Net greenhouse gases at the peak as a multiple of CO2, for "absolute"."""
    cut_pct: Annotated[float, Field(gt=0, lt=100)] | None = None
    """Cut of net greenhouse gases below their peak, %, for "absolute"; of carbon intensity from the base year
    to the plan's last, %, for "intensity-plan"."""
    plan_year: YearNumber | None = None
    """Last year of the plan, for "intensity-plan"; by default the last year to allocate."""
    first_year_cut_pct: Percent | None = None
    """Cut of carbon intensity in the first year after the base year, %, for "intensity-plan"; without it
    intensity falls by the same percentage every year."""
    co2_share_of_cut: Ratio = 1.0
    """Part of that cut that CO2 takes, for "absolute"."""
    target_year: YearNumber = 2035
    """Year the cut is reached, for "absolute"."""
    before_peak: Literal["linear", "geometric"] = "linear"
    """Shape from the base year to the peak, for "absolute"."""
    budget_mt: PositiveAmount | None = None
    """Cumulative emissions, Mt CO2, from the first to the last year with both; for "budget"."""
    shape: Literal["constant", "linear", "exponential"] = "linear"
    """How a budget is spread; a decline starts at the emissions of the base year."""

    @model_validator(mode="after")
    def _complete(self) -> Cap:
        needed: dict[str, dict[str, object]] = {
            "table": {"mt": self.mt},
            "intensity": {"cuts_pct": self.cuts_pct},
            "intensity-plan": {"cut_pct": self.cut_pct},
            "absolute": {"peak_year": self.peak_year, "peak_mt": self.peak_mt, "cut_pct": self.cut_pct},
            "budget": {"budget_mt": self.budget_mt},
        }
        absent = [name for name, value in needed[self.method].items() if not value]
        if absent:
            raise ValueError(f'{", ".join(absent)} with method "{self.method}"')
        if self.then is not None and self.method not in ("intensity", "intensity-plan"):
            raise ValueError('`then` after pledges or a plan alone, methods "intensity" and "intensity-plan"')
        if self.plan_year is not None and self.method != "intensity-plan":
            raise ValueError('`plan_year` with method "intensity-plan" alone')
        return self


class Baseline(Section):
    """Emissions before abatement in the years after the base year."""

    method: Literal["base-year", "growth", "table"]
    """"base-year" keeps them, "growth" follows provincial GDP, "table" states them."""
    autonomous_change: Annotated[float, Field(gt=-1, lt=1)] | None = None
    """a: yearly fall of carbon intensity that needs no abatement, share; explicit with "growth"."""
    growth_window: Annotated[tuple[YearNumber, ...], Field(min_length=2, max_length=2)] | tuple[()] = (
        2012,
        2017,
    )
    """Years whose growth tells provinces apart; `[]`: every province grows as the nation does."""
    persistence: Annotated[float, Field(ge=0, le=1)] = 0.8
    """Part of a province's lead in growth that is left after a year."""
    gdp_column: Name = "gdp_1e8yuan"
    """GDP of the base year."""
    mt: Mapping[Name, Mapping[Year, Amount]] = {}
    """Province → year → Mt CO2, for "table"."""

    @model_validator(mode="after")
    def _complete(self) -> Baseline:
        if self.method == "growth" and self.autonomous_change is None:
            raise ValueError('`autonomous_change` with method "growth"')
        if self.method == "table" and not self.mt:
            raise ValueError('`mt` with method "table"')
        return self


class Smoothing(Section):
    """How fast a province's quota may change."""

    max_yearly_change: Annotated[float, Field(gt=0, lt=1)]
    """Largest change from one year to the next, as a share of the year before; of the first year against
    the emissions of the base year."""


class CarryOver(Section):
    """Unused quota that may be used later."""

    limit: Share
    """Largest amount carried out of a year, as a share of that year's emissions before abatement."""
    expiry_years: Annotated[int, Field(ge=1, le=1000)]
    """Years after which it lapses."""


class Market(Section):
    """The market after the allocation."""

    price_floor_yuan_per_t: Price | None = None
    """Lowest price; allowances are withheld below it."""
    price_ceiling_yuan_per_t: PositivePrice | None = None
    """Highest price; further allowances are sold at it."""
    offsets_share: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Offsets a province may use, as a share of its emissions."""
    offset_price_yuan_per_t: PositivePrice | None = None
    """Price of offsets; needed where they may be used."""
    auctioned_share: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Part of every quota that is auctioned instead of given."""
    reserve_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Part of the cap held back for new entrants, before it is divided."""

    @model_validator(mode="after")
    def _consistent(self) -> Market:
        floor, ceiling = self.price_floor_yuan_per_t, self.price_ceiling_yuan_per_t
        if floor is not None and ceiling is not None and floor >= ceiling:
            raise ValueError("a price floor below the price ceiling")
        if self.offsets_share > 0 and self.offset_price_yuan_per_t is None:
            raise ValueError("`offset_price_yuan_per_t` with offsets")
        return self
