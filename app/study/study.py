"""The study file: one TOML file, validated into a frozen object that refuses unknown keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from capshare.study.sections.allocation import AllocationSection, Solver
from capshare.study.sections.base import Name, Section
from capshare.study.sections.groups import Groups
from capshare.study.sections.outcome import Balance, PotentialSection
from capshare.study.sections.prices import Prices
from capshare.study.sections.rules import ComparisonSection, RuleSettings
from capshare.study.sections.source import Emissions, Published, QuotaIndicator, StudySection, Weights
from capshare.study.sections.years import Baseline, Cap, CarryOver, Market, NowcastSection, Smoothing


class Study(Section):
    """A study: everything a run depends on besides the dataset."""

    study: StudySection
    emissions: Emissions
    nowcast: NowcastSection | None = None
    cap: Cap
    baseline: Baseline | None = None
    indicators: Annotated[tuple[QuotaIndicator, ...], Field(min_length=1)]
    weights: Weights = Weights()
    groups: Groups = Groups()
    prices: Prices = Prices()
    allocation: AllocationSection = AllocationSection()
    rules: Mapping[Name, RuleSettings] = {}
    """Rule → its parameters, as `capshare rules` lists them; defaults for the others."""
    comparison: ComparisonSection = ComparisonSection()
    smoothing: Smoothing | None = None
    carry_over: CarryOver | None = None
    market: Market = Market()
    balance: Balance = Balance()
    potential: PotentialSection | None = None
    published: Published | None = None
    solver: Solver = Solver()

    @model_validator(mode="after")
    def _consistent(self) -> Study:
        for where, indicators in (
            ("indicators", self.indicators),
            ("potential.indicators", self.potential.indicators if self.potential else ()),
        ):
            ids = [indicator.id for indicator in indicators]
            twice = sorted({name for name in ids if ids.count(name) > 1})
            if twice:
                raise ValueError(f"{where} with ids of their own, not {', '.join(twice)} more than once")
        return self

    def allocation_years(self) -> tuple[int, ...]:
        """Years to allocate, in order: those asked for, else those of the cap table, else the base year."""
        years = self.study.years or tuple(int(year) for year in self.cap.mt) or (self.study.base_year,)
        return tuple(sorted(set(years)))

    def settings(self) -> dict[str, Any]:
        """The study as plain data for TOML, every default filled in."""
        return self.model_dump(mode="python", exclude_none=True, by_alias=True)
