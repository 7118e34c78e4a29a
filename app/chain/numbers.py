"""Numbers: everything the split is computed from, labelled, without paths, study or dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import pandas as pd

from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.year_links import BaseYear, YearRules

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True)
class IndicatorNumbers:
    """What tells provinces apart, and how it is weighted.

    Attributes
    ----------
    values : code × indicator, each in its own unit
    direction : indicator → "more" or "less" of it earns quota
    weighting : method of the weights
    given_weight : indicator → weight; alone or mixed in, as the method says; None without
    """

    values: pd.DataFrame
    direction: Mapping[str, str]
    weighting: str
    given_weight: Mapping[str, float] | None = None


@dataclass(frozen=True)
class GroupingNumbers:
    """How provinces are grouped, and what the groups' caps are in proportion to.

    Attributes
    ----------
    method : "kmeans", "given" or "none"
    on : k-means sees the normalised indicators "unweighted" or "weighted"
    k, restarts, seed : of k-means
    split : "sum" or "centroid" of member scores, or "given"
    given : index code, name of the group; None where groups are not given
    given_share : group → share of the cap, any unit; None where shares are not given
    moved : code → group that a province is put into, whichever the method finds
    """

    method: Literal["kmeans", "given", "none"]
    on: Literal["unweighted", "weighted"]
    k: int
    restarts: int
    seed: int
    split: Literal["sum", "centroid", "given"]
    given: pd.Series | None = None
    given_share: Mapping[str, float] | None = None
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TargetNumbers:
    """What makes quotas of cuts: emissions at constant intensity less a cut that the score moves.

    Attributes
    ----------
    constant_intensity_mt : code × year, Mt CO2
    part : index year; how much of the plan's cut the year asks for, by which points are scaled
    cut_pct : the plan's cut, that of its last year
    spread_points : between the entitled cuts of the least and the most burdened
    distance_points : how far a cut may lie from the entitled one; inf: any distance
    bind : whether all members of a group get one cut
    band_pct : least and most of every cut
    round_to_points : steps in which cuts are published
    """

    constant_intensity_mt: pd.DataFrame
    part: pd.Series
    cut_pct: float
    spread_points: float
    distance_points: float
    bind: bool
    band_pct: tuple[float, float]
    round_to_points: float


@dataclass(frozen=True)
class SharingNumbers:
    """The rule that entitlements inside a block follow.

    Attributes
    ----------
    rule : its name
    parameters : of its formula
    columns : year → the columns it reads, index code; score, group and price are made by the chain
    targets : where quotas are cuts; else None
    """

    rule: str
    parameters: Mapping[str, Any]
    columns: Mapping[int, pd.DataFrame]
    targets: TargetNumbers | None = None


@dataclass(frozen=True)
class Numbers:
    """Everything the split of a study is computed from.

    Attributes
    ----------
    years : to allocate, in order
    indicators, grouping, sharing : of the chain up to the entitlements
    scope : "groups", a block per group, or "national", one block
    emissions_mt : index code; base year, Mt CO2
    baseline_mt : code × year; emissions before abatement, Mt CO2
    divided_mt : index year; the cap less what is held back, Mt CO2
    floor_mt, ceiling_mt : code × year, Mt CO2
    price_yuan_per_t : index code; marginal abatement cost at zero cut
    steps : index (code, step); ``size_mt, cost_yuan_per_t`` of the base year
    limits : what is one number for everyone
    constraints : year → planners' own
    year_rules : what ties the years
    """

    years: tuple[int, ...]
    indicators: IndicatorNumbers
    grouping: GroupingNumbers
    sharing: SharingNumbers
    scope: Literal["groups", "national"]
    emissions_mt: pd.Series
    baseline_mt: pd.DataFrame
    divided_mt: pd.Series
    floor_mt: pd.DataFrame
    ceiling_mt: pd.DataFrame
    price_yuan_per_t: pd.Series
    steps: pd.DataFrame
    limits: ScalarLimits
    constraints: Mapping[int, tuple[PlannerRule, ...]]
    year_rules: YearRules

    @property
    def base(self) -> BaseYear | None:
        """The base year, which the first year to allocate is tied to where any are; None where it is free."""
        year = self.year_rules.base_year
        return None if year is None else BaseYear(year, self.emissions_mt)

    def with_(self, **changes: Any) -> Numbers:
        """The same numbers but for those named; a part's own field is written ``part__field``.

        Parameters
        ----------
        changes : ``limits__max_deviation=0.1``, ``grouping__k=5``, ``divided_mt=series``, …

        Returns
        -------
        Numbers; parts that are not named are the same objects, by which later stages know that nothing
        has changed in them

        Raises
        ------
        TypeError
            where there is no such field.
        """
        return with_changes(self, changes)


def with_changes(record: Record, changes: Mapping[str, Any]) -> Record:
    """A frozen record with some fields changed; a part's own field is written ``part__field``, at any depth.

    Parameters
    ----------
    record : a dataclass; its parts are dataclasses or named tuples
    changes : field → value

    Raises
    ------
    TypeError, ValueError
        where there is no such field.
    """
    own: dict[str, Any] = {}
    for name, value in changes.items():
        part, _, rest = name.partition("__")
        if rest:
            before = own.get(part, getattr(record, part))
            named = hasattr(before, "_replace")
            own[part] = before._replace(**{rest: value}) if named else with_changes(before, {rest: value})
        else:
            own[part] = value
    return replace(record, **own)
