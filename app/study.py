"""The study file: one TOML file, validated into a frozen object that refuses unknown keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from capshare.indicators.emissions import SINGLE_COUNT_FUELS

Share = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1)]
Year = Annotated[str, Field(pattern=r"^[12][0-9]{3}$")]


class Section(BaseModel):
    """A section of the study file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class StudySection(Section):
    """What is studied."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    """Name of the study; letters, digits, dot, dash and underscore."""
    dataset: Name
    """A shipped dataset or a folder with a data package, relative to the study file."""
    base_year: int
    """Year of the provincial statistics; the dataset's own."""
    seed: Annotated[int, Field(ge=0)]
    """Seed of everything random; the same seed gives the same run."""


class Emissions(Section):
    """Where the emissions of the base year come from."""

    method: Literal["column", "fuels"]
    """"column" takes a published column, "fuels" multiplies quantities by factors."""
    table: Name | None = None
    """Published table that holds the column; without it the provinces' own table."""
    column: Name | None = None
    """The column; its unit in the dataset must be a mass of CO2."""
    fuels: tuple[Name, ...] = ()
    """Fuels to add up, for example coal, gasoline: explicit, because products are counted in crude oil."""
    factors: Mapping[str, Positive] = {}
    """Factors that replace the shipped ones: t CO2 per t, natural gas kg CO2 per m3."""

    @model_validator(mode="after")
    def _complete(self) -> Emissions:
        if self.method == "column" and self.column is None:
            raise ValueError('a `column` with method "column"')
        if self.method == "fuels" and not self.fuels:
            raise ValueError('a list of `fuels` with method "fuels"')
        return self


class Cap(Section):
    """The national cap."""

    method: Literal["table"]
    """"table" states the cap of each year."""
    mt: Annotated[Mapping[Year, Positive], Field(min_length=1)]
    """Year → cap in Mt CO2."""


class Indicator(Section):
    """One indicator, as an expression over the dataset's columns."""

    id: Name
    """Name of the indicator; unique."""
    expression: Name
    """A column, or + - * / over columns and numbers; emissions_mt is the study's own emissions."""
    direction: Literal["more", "less"]
    """Whether more or less of it earns quota (for potential: means more potential)."""
    reason: str = ""
    """Why it is in the study."""


class QuotaIndicator(Indicator):
    """An indicator of the allocation."""

    principle: Literal["equality", "responsibility", "capability", "efficiency", "need", "ecology"]
    """The principle it stands for."""


class Weights(Section):
    """How the indicators are weighted."""

    method: Literal["entropy", "equal", "critic", "given"] = "entropy"
    """How weights are found."""
    given: Mapping[str, Share] | None = None
    """Indicator → weight; alone with method "given", else mixed in by the geometric mean."""

    @model_validator(mode="after")
    def _complete(self) -> Weights:
        if self.method == "given" and self.given is None:
            raise ValueError('weights in `given` with method "given"')
        return self


class Groups(Section):
    """How provinces are grouped and the cap is divided between the groups."""

    method: Literal["kmeans", "given", "none"] = "kmeans"
    """"kmeans" on the indicators, "given" from a published table, "none": one group."""
    on: Literal["unweighted", "weighted"] = "unweighted"
    """Whether k-means sees the min-max indicators as they are or times their weights."""
    k: Annotated[int, Field(ge=1)] = 6
    """Number of groups."""
    restarts: Annotated[int, Field(ge=1)] = 100
    """Starts of k-means; the best is kept."""
    split: Literal["sum", "centroid", "given"] = "sum"
    """A group's part of the cap: by the sum or the mean of member scores, or as given."""
    table: Name | None = None
    """Published table with the columns group and group_share_pct, for what is given."""

    @model_validator(mode="after")
    def _complete(self) -> Groups:
        if "given" in (self.method, self.split) and self.table is None:
            raise ValueError("the name of a published `table` with given groups or shares")
        if self.split == "given" and self.method != "given":
            raise ValueError('method = "given" with split = "given", as shares belong to their groups')
        return self


class Anchor(Section):
    """A named price that the median of the provinces' prices is scaled to."""

    series: Name
    """Variable of the dataset's national table, in yuan/t."""
    year: int
    """Its year."""


class Prices(Section):
    """What abatement costs."""

    method: Literal["distance-function", "productivity", "given"] = "distance-function"
    """"distance-function": estimated over the panel; "productivity": GDP per tonne; "given": a column."""
    anchor: Literal["none"] | Anchor = "none"
    """Scale the prices so that their unweighted median at zero cut is a named price; "none": as found."""
    null_joint: bool = False
    """Whether the frontier rules out GDP without emissions; decides the level, so both are reported."""
    years: Annotated[tuple[int, ...], Field(min_length=2, max_length=2)] = (2005, 2017)
    """First and last year of the panel that the distance function is estimated over."""
    accounts_from: int = 2000
    """First year of investment in the capital stock."""
    depreciation: Annotated[float, Field(gt=0, lt=1)] = 0.096
    """Yearly depreciation of capital (Zhang, Wu & Zhang 2004)."""
    fuels: tuple[Name, ...] = SINGLE_COUNT_FUELS
    """Fuels whose emissions the distance function sees; by default those that count no carbon twice."""
    absent_as_zero: tuple[Name, ...] = ()
    """Fuels whose absent cells mean that none was burnt; else the province-year is dropped, with a note."""
    bootstrap_draws: Annotated[int, Field(ge=2)] = 50
    """Resampled panels that show how firm each province's rank is."""
    gdp_column: Name = "gdp_1e8yuan"
    """GDP of the base year, for "productivity"."""
    column: Name | None = None
    """Column with the price in yuan/t, for "given"."""
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


class Constraint(Section):
    """A planner's own rule on the sum of some provinces' quotas."""

    name: Name
    """Name of the rule; unique."""
    provinces: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    """Provinces it is about, each counted once."""
    weights: Annotated[Mapping[str, float], Field(min_length=1)] | None = None
    """Province → coefficient, for a weighted sum instead."""
    min_share: Share | None = None
    """At least this share of all quotas."""
    max_share: Share | None = None
    """At most this share of all quotas."""
    min_mt: Share | None = None
    """At least this many Mt."""
    max_mt: Share | None = None
    """At most this many Mt."""

    @model_validator(mode="after")
    def _one_of_each(self) -> Constraint:
        if (self.provinces is None) == (self.weights is None):
            raise ValueError("either `provinces` or `weights`")
        limits = [self.min_share, self.max_share, self.min_mt, self.max_mt]
        if sum(limit is not None for limit in limits) != 1:
            raise ValueError("exactly one of min_share, max_share, min_mt, max_mt")
        return self


class AllocationSection(Section):
    """The rules of the split."""

    scope: Literal["groups", "national"] = "groups"
    """One block per group, or one block of all provinces."""
    within: Literal["score", "equal", "shadow-price", "sqrt-shadow-price"] = "score"
    """Entitlement inside a block is in proportion to this."""
    max_deviation: Share = 0.20
    """T: how far a quota may lie from its entitlement, as a share of it; inf for any distance."""
    floor: Share | Mapping[str, Share] = 0.30
    """Least quota as a share of own emissions: one number, or per province (others then 0)."""
    ceiling: Share | Mapping[str, Share] = float("inf")
    """Largest quota as a share of own emissions: one number, or per province (others then inf)."""
    trade_limit: Share = 0.10
    """Purchases, as a share of own emissions; inf for no limit."""
    trade_cost_yuan_per_t: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0001
    """Keeps idle trade out of the solution."""
    penalty_yuan_per_t: Literal["auto"] | Positive = "auto"
    """Of uncovered emissions; "auto" is 1.5 times the dearest abatement step."""
    quota_ranges: bool = False
    """Whether to find how far each quota could move at the same cost (two more solves per province)."""
    constraint: tuple[Constraint, ...] = ()
    """Planners' own rules."""


class Balance(Section):
    """Thresholds of the balance classes and causes."""

    slight_mt: Positive = 100.0
    """Below it a balance is a slight surplus or a light deficit, Mt."""
    severe_mt: Positive = 300.0
    """From it on a balance is an ample surplus or a severe deficit, Mt."""
    cause_mt: Positive = 400.0
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


class Published(Section):
    """Published results to compare with."""

    table: Name
    """Published table in the layout of Table 1 of Tian & Lin 2021."""
    potential: Name | None = None
    """Published ranking of potential; columns code and rank."""


class Solver(Section):
    """The engine and its options."""

    name: Name = "highs"
    """"highs", or any solver that Pyomo knows and that is installed: glpk, cbc, gurobi, …"""
    method: Literal["simplex", "ipm", "choose"] = "simplex"
    """Algorithm of HiGHS."""
    presolve: Literal["on", "off", "choose"] = "choose"
    """Presolve of HiGHS."""
    feasibility_tolerance: Annotated[float, Field(ge=1e-10, le=1e-4)] = 1e-9
    """Of rows and bounds, Mt."""
    optimality_tolerance: Annotated[float, Field(ge=1e-10, le=1e-4)] = 1e-9
    """Of reduced costs, yuan/t."""
    threads: Annotated[int, Field(ge=1)] = 1
    """Threads; 1 makes runs repeatable."""


class Study(Section):
    """A study: everything a run depends on besides the dataset."""

    study: StudySection
    emissions: Emissions
    cap: Cap
    indicators: Annotated[tuple[QuotaIndicator, ...], Field(min_length=1)]
    weights: Weights = Weights()
    groups: Groups = Groups()
    prices: Prices = Prices()
    allocation: AllocationSection = AllocationSection()
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

    def settings(self) -> dict[str, Any]:
        """The study as plain data for TOML, every default filled in."""
        return self.model_dump(mode="python", exclude_none=True)
