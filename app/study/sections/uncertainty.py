"""Section on what is uncertain: how far each input may be from what the study says, and why."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from capshare.study.sections.base import Name, Number, Section, Text
from capshare.study.sections.source import Emissions

RelativeSpread = Annotated[float, Field(ge=0, le=2)]


class Uncertain(Section):
    """Something that an ensemble draws."""

    reason: Annotated[Text, Field(min_length=1)]
    """Why it is uncertain, and by so much."""


class UncertainColumn(Uncertain):
    """Errors of one column of the dataset, each province's its own."""

    column: Name
    """The column; `emissions_mt` is the study's own emissions, whose sum stays."""
    relative_sd: RelativeSpread
    """Standard deviation of the error as a share of the value; errors are lognormal with median 1."""


class UncertainInventory(Uncertain):
    """Another inventory that emissions may be taken from, scaled to the sum of the study's own."""

    probability: Annotated[float, Field(gt=0, le=1)]
    """Chance of a draw to use it."""
    emissions: Emissions
    """Where it comes from, as in [emissions]."""


class UncertainWeights(Uncertain):
    """Weights of the indicators, by a Dirichlet distribution."""

    distribution: Literal["around", "uniform"]
    """"around" the study's own weights, or "uniform": every set of weights is as likely as any other."""
    concentration: Annotated[float, Field(gt=0, le=1e6)] | None = None
    """How close to the study's weights, for "around": a weight w has variance w(1-w)/(concentration+1)."""

    @model_validator(mode="after")
    def _complete(self) -> UncertainWeights:
        if (self.distribution == "around") == (self.concentration is None):
            raise ValueError('a `concentration` with distribution "around", and with no other')
        return self


class UncertainCosts(Uncertain):
    """Costs of abatement: the level, common to all provinces, and each one's own."""

    level_relative_sd: RelativeSpread = 0.0
    """Standard deviation of the common level as a share of it; lognormal with median 1."""
    province_relative_sd: RelativeSpread = 0.0
    """Standard deviation of each province's own factor; lognormal with median 1."""


class UncertainGrowth(Uncertain):
    """National growth of GDP after the base year, higher or lower in all years alike."""

    sd_points: Annotated[float, Field(ge=0, le=5)]
    """Standard deviation, percentage points a year; normal, cut off at three of them."""


class UncertainSetting(Uncertain):
    """A number of the study that is a choice: drawn from a range, around its value, or from a list."""

    key: Name
    """The key, as `--set` takes it, for example `allocation.max_deviation`."""
    low: Number | None = None
    """Least value of a range in which all are as likely."""
    high: Number | None = None
    """Most value of that range."""
    sd: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Standard deviation around the study's value, in the unit of the key; normal, cut off at three."""
    values: tuple[Number, ...] = ()
    """Values of which each is as likely; one that stands twice is twice as likely."""

    @model_validator(mode="after")
    def _of_one_kind(self) -> UncertainSetting:
        ranged = self.low is not None and self.high is not None
        if [ranged, self.sd is not None, bool(self.values)].count(True) != 1 or (
            (self.low is None) != (self.high is None)
        ):
            raise ValueError("either `low` and `high`, or `sd`, or `values`")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("a range from `low` to `high`")
        return self


class Uncertainty(Section):
    """What is uncertain; `capshare ensemble` draws all of it at once."""

    columns: tuple[UncertainColumn, ...] = ()
    """Errors of the dataset's columns."""
    inventories: tuple[UncertainInventory, ...] = ()
    """Other inventories; what their chances leave is the study's own."""
    weights: UncertainWeights | None = None
    """Weights of the indicators."""
    costs: UncertainCosts | None = None
    """Costs of abatement."""
    growth: UncertainGrowth | None = None
    """National growth."""
    settings: tuple[UncertainSetting, ...] = ()
    """Choices of the study."""

    @model_validator(mode="after")
    def _consistent(self) -> Uncertainty:
        for what, names in (
            ("columns", [column.column for column in self.columns]),
            ("settings", [setting.key for setting in self.settings]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{what} named once, not {', '.join(twice)} more than once")
        # 0.1 ten times is a little more than 1.
        if sum(inventory.probability for inventory in self.inventories) > 1 + 1e-9:
            raise ValueError("probabilities of the inventories that add up to at most 1")
        if not self.model_fields_set:
            raise ValueError("something that is uncertain")
        return self
