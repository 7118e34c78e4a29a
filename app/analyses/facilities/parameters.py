"""Parameters of a market for facilities: its terms, and the rules of each sector by year."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from capshare.model.facilities.rules import Form
from capshare.study.sections.base import Name, Section, Text, YearNumber

Status = Literal["as published", "secondary", "assumption", "own"]
_SHARE = Annotated[float, Field(ge=0, le=1)]
_BENCHMARK = Annotated[float, Field(gt=0, le=1e6)]
OWN = "own"


class Stated(Section):
    """A figure, where it is from, and how well it is known."""

    value: Annotated[float, Field(ge=0, le=1e6)]
    """The figure, in the unit of its key."""
    source: Text = ""
    """Where it is from."""
    status: Status = "own"
    """How well it is known."""


def _stated(value: Any) -> Any:
    """A bare number is a figure of the user's own."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"value": float(value)} if is_number else value


def _share(stated: Stated) -> Stated:
    if stated.value > 1:
        raise ValueError("a share from 0 to 1")
    return stated


Figure = Annotated[Stated, BeforeValidator(_stated)]
Share = Annotated[Figure, AfterValidator(_share)]


class TermsSection(Section):
    """Terms that hold for every sector."""

    advance_share: Share
    """Of the emissions of the year before, issued in advance."""
    offset_share: Share
    """Of verified emissions, which offsets may cover."""
    carry_over_share: Share
    """Of the quotas carried from earlier years, which may be used."""
    price_yuan_per_t: Figure
    """Price of a quota."""
    penalty_multiple: Figure
    """Fine for a tonne that is not covered, in prices of a quota."""


class ClassSection(Section):
    """Benchmarks of one class of units."""

    name: Name
    """As a table says it in its column unit_class."""
    benchmark: _BENCHMARK
    """t CO2 per unit of output."""
    heat_benchmark: Annotated[float, Field(ge=0, le=1e6)] = 0.0
    """t CO2 per GJ of heat."""
    source: Text = ""
    """Where they are from."""
    status: Text = OWN
    """How well they are known."""


class RuleSection(Section):
    """How a sector gets its quotas, from one year to another."""

    first_year: YearNumber
    """First year that it holds for."""
    last_year: YearNumber = 2999
    """Last year that it holds for."""
    form: Form
    """"emissions": the quota equals verified emissions. "band": it follows the deviation from the
    benchmark. "output": it is the benchmark times output, and heat."""
    slope: _SHARE = 0.0
    """Change of the quota, as a share of emissions, for a deviation of 1; for "band"."""
    band: _SHARE = 0.0
    """Largest deviation that counts, on both sides; for "band"."""
    benchmark: _BENCHMARK | None = None
    """t CO2 per unit of output, where neither the table nor a class states one."""
    published: Text = ""
    """Period of the shipped benchmarks for power whose classes it has."""
    class_: tuple[ClassSection, ...] = Field(default=(), alias="class")
    """Classes of units with benchmarks of their own."""
    source: Text = ""
    """Where the rule is from."""
    status: Status = "own"
    """How well it is known."""

    @model_validator(mode="after")
    def _consistent(self) -> RuleSection:
        if self.last_year < self.first_year:
            raise ValueError("a last_year that is not before first_year")
        if (self.form == "band") != (self.slope > 0 and self.band > 0):
            raise ValueError('slope and band above 0 where form is "band", and neither where it is not')
        return self


class SectorSection(Section):
    """A sector of the market."""

    name: Name
    """As the results call it."""
    also: tuple[Name, ...] = ()
    """Further spellings in tables."""
    output_unit: Name
    """What its output is counted in."""
    classes: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    """Class of units to further spellings in tables."""
    rule: Annotated[tuple[RuleSection, ...], Field(min_length=1)]
    """Its rules, each for some years."""

    @model_validator(mode="after")
    def _one_rule_a_year(self) -> SectorSection:
        ordered = sorted(self.rule, key=lambda rule: rule.first_year)
        for rule, following in pairwise(ordered):
            if rule.last_year >= following.first_year:
                raise ValueError(f"one rule for {self.name} in {following.first_year}, not two")
        return self


class Parameters(Section):
    """Everything that a market for facilities is computed with besides their table."""

    terms: TermsSection
    """Terms that hold for every sector."""
    sector: Annotated[tuple[SectorSection, ...], Field(min_length=1)]
    """The sectors of the market."""

    @model_validator(mode="after")
    def _distinct(self) -> Parameters:
        spellings = [name for sector in self.sector for name in (sector.name, *sector.also)]
        twice = sorted({name for name in spellings if spellings.count(name) > 1})
        if twice:
            raise ValueError(f"each sector under names of its own, and not {', '.join(twice)} twice")
        return self
