"""Sections on the rules of the split and the engine that solves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.study.sections.base import (
    Amount,
    Cost,
    Location,
    Name,
    Number,
    PositivePrice,
    Section,
    Share,
    ShareOrInf,
    YearNumber,
)

# Key of a table of floors or ceilings for every province that the table does not name.
EVERY_OTHER = "default"
# A planner's constraint has one of these.
LIMITS = ("min_share", "max_share", "min_mt", "max_mt", "min_share_of", "max_share_of")


class QuotasOfRun(Section):
    """A share of the quotas that provinces have in another run, in the same year."""

    run: Location
    """Folder of the run, relative to the study file; or a CSV file with year, code and quota_mt."""
    share: Share
    """Share of each province's quota there."""


class Constraint(Section):
    """A planner's own rule on the sum of some provinces' quotas, or on each against another run."""

    name: Name
    """Name of the rule; unique."""
    provinces: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    """Provinces it is about, each counted once."""
    weights: Annotated[Mapping[Name, Number], Field(min_length=1)] | None = None
    """Province → coefficient, for a weighted sum instead."""
    min_share: Share | None = None
    """At least this share of all quotas."""
    max_share: Share | None = None
    """At most this share of all quotas."""
    min_mt: Amount | None = None
    """At least this many Mt."""
    max_mt: Amount | None = None
    """At most this many Mt."""
    min_share_of: QuotasOfRun | None = None
    """At least this share of its quota in another run, for each of the provinces; without any, for all."""
    max_share_of: QuotasOfRun | None = None
    """At most this share of its quota in another run, likewise."""
    year: YearNumber | None = None
    """The one year that the rule is about; by default it is about every year."""
    years: Annotated[tuple[YearNumber, ...], Field(min_length=1)] | None = None
    """Several years that it is about."""

    @model_validator(mode="after")
    def _one_of_each(self) -> Constraint:
        if sum(getattr(self, limit) is not None for limit in LIMITS) != 1:
            raise ValueError(f"exactly one of {', '.join(LIMITS)}")
        if self.of_run is not None and self.weights is not None:
            raise ValueError("`provinces`, or nothing for all of them, and no `weights` with another run")
        if self.of_run is None and (self.provinces is None) == (self.weights is None):
            raise ValueError("either `provinces` or `weights`")
        if self.year is not None and self.years is not None:
            raise ValueError("`year` or `years`, not both")
        return self

    @property
    def of_run(self) -> QuotasOfRun | None:
        """What it is relative to, where that is another run."""
        return self.min_share_of or self.max_share_of

    @property
    def only_in(self) -> tuple[int, ...]:
        """Years that it is about; empty: all."""
        return (self.year,) if self.year is not None else self.years or ()

    def applies(self, year: int) -> bool:
        """Whether it is about a year.

        Parameters
        ----------
        year : of the study
        """
        return not self.only_in or year in self.only_in


class AllocationSection(Section):
    """The rules of the split."""

    scope: Literal["groups", "national"] = "groups"
    """One block per group, or one block of all provinces."""
    within: Name = "score"
    """Rule that entitlements inside a block are in proportion to, as `capshare rules` lists them."""
    max_deviation: ShareOrInf = 0.20
    """T: how far a quota may lie from its entitlement, as a share of it; inf for any distance."""
    floor: Share | Mapping[Name, Share] = 0.30
    """Least quota of every year as a share of own emissions in the base year: one number, or a table of
    `default` and provinces."""
    ceiling: ShareOrInf | Mapping[Name, ShareOrInf] = float("inf")
    """Largest quota of every year as a share of own emissions in the base year: one number, or a table of
    `default` and provinces."""
    trade_limit: ShareOrInf = 0.10
    """Purchases, as a share of own emissions; inf for no limit."""
    trade_cost_yuan_per_t: Cost = 0.0001
    """Keeps idle trade out of the solution; 0, or from 1e-06 to 1e+07."""
    penalty_yuan_per_t: Literal["auto"] | PositivePrice = "auto"
    """Of uncovered emissions; "auto" is 1.5 times the dearest abatement step."""
    max_abatement_change: ShareOrInf = float("inf")
    """How much more or less a province may abate than the year before, as a share of its emissions of the
    base year; inf for any change."""
    constraint: tuple[Constraint, ...] = ()
    """Planners' own rules."""


class Solver(Section):
    """The engine and its options."""

    name: Name = "highs"
    """"highs", or any solver that Pyomo knows and that is installed: glpk, cbc, gurobi, …"""
    method: Literal["by-size", "simplex", "ipm", "choose"] = "by-size"
    """Algorithm of HiGHS; "by-size": simplex, and interior point with crossover for large studies."""
    presolve: Literal["on", "off", "choose"] = "choose"
    """Presolve of HiGHS."""
    feasibility_tolerance: Annotated[float, Field(ge=1e-10, le=1e-4)] = 1e-9
    """Of rows and bounds, Mt."""
    optimality_tolerance: Annotated[float, Field(ge=1e-10, le=1e-4)] = 1e-9
    """Of reduced costs, yuan/t."""
    threads: Annotated[int, Field(ge=1, le=256)] = 1
    """Threads; 1 makes runs repeatable."""
    max_simplex_iterations: Annotated[int, Field(ge=1, le=2**31 - 1)] = 200_000
    """Pivots after which a run of HiGHS ends without an answer; 30 provinces take about 50."""
    max_interior_point_iterations: Annotated[int, Field(ge=1, le=2**31 - 1)] = 200
    """The same for its interior point, which takes 10 to 50 where it gets anywhere."""
    time_limit_s: Annotated[float, Field(gt=0, le=1e6)] = 600.0
    """Last guard: seconds that one run of the solver may take; unlike the others not repeatable."""
