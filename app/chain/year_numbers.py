"""The numbers of one year's split as arrays, and back: what thousands of variants are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.chain.numbers import GroupingNumbers, Numbers, with_changes
from capshare.chain.plan_arrays import PlanArrays, labelled_targets, plan_arrays
from capshare.model.allocation.data_arrays import RuleArrays, StepArrays
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.planners_constraint import PlannerRule, rule_table, rule_weights
from capshare.solvers.program import Vector


@dataclass(frozen=True)
class IndicatorArrays:
    """Indicators and how they are weighted; one per column where nothing is said.

    Attributes
    ----------
    values : provinces × indicators, each in its own unit
    less : whether less of it earns quota
    weighting : method of the weights
    given_weight : alone or mixed in, as the method says; None without
    """

    values: Vector
    less: NDArray[np.bool_]
    weighting: str
    given_weight: Vector | None


@dataclass(frozen=True)
class SharingArrays:
    """What entitlements follow.

    Attributes
    ----------
    columns : what the rule inside the blocks reads, index code
    targets : where quotas are cuts; else None
    parameters : of the rule's formula
    """

    columns: pd.DataFrame
    targets: PlanArrays | None
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class YearNumbers:
    """Everything one year's split is computed from, provinces in the order of their codes.

    Attributes
    ----------
    year : of the study
    indicators : with their weighting
    grouping : as in the labelled numbers
    scope : "groups" or "national"
    sharing : what entitlements follow
    emissions_mt, baseline_mt : of the base year and of the year, one per province, Mt CO2
    divided_mt : the cap less what is held back, Mt CO2
    floor_mt, ceiling_mt : one per province, Mt CO2
    price_yuan_per_t : one per province; marginal abatement cost at zero cut
    steps : of the base year
    limits : what is one number for everyone
    rules : planners' constraints
    """

    year: int
    indicators: IndicatorArrays
    grouping: GroupingNumbers
    scope: Literal["groups", "national"]
    sharing: SharingArrays
    emissions_mt: Vector
    baseline_mt: Vector
    divided_mt: float
    floor_mt: Vector
    ceiling_mt: Vector
    price_yuan_per_t: Vector
    steps: StepArrays
    limits: ScalarLimits
    rules: RuleArrays

    def with_(self, **changes: Any) -> YearNumbers:
        """The same numbers but for those named; a part's own field is written ``part__field``.

        Parameters
        ----------
        changes : ``limits__max_deviation=0.1``, ``indicators__values=array``, ``divided_mt=13000.0``,
            ``sharing__targets__spread_points=9.0``, …; what several of them follow from, as the band and the
            cap from a plan's cut, is changed by :func:`capshare.chain.planned.planned`

        Raises
        ------
        TypeError
            where there is no such field.
        """
        return with_changes(self, changes)


def year_numbers(numbers: Numbers, year: int) -> YearNumbers:
    """Take the numbers of one year out of those of a study.

    Parameters
    ----------
    numbers : of a study, or a variant of them
    year : one of its years
    """
    indicators, codes = numbers.indicators, numbers.emissions_mt.index.sort_values()
    steps = numbers.steps.sort_index()
    given = indicators.given_weight
    columns = indicators.values.columns
    return YearNumbers(
        year=year,
        indicators=IndicatorArrays(
            values=indicators.values.reindex(codes).to_numpy(dtype=float),
            less=np.array([indicators.direction[name] == "less" for name in columns]),
            weighting=indicators.weighting,
            given_weight=None if given is None else np.array([given[name] for name in columns], dtype=float),
        ),
        grouping=numbers.grouping,
        scope=numbers.scope,
        sharing=SharingArrays(
            numbers.sharing.columns[year].reindex(codes),
            plan_arrays(numbers.sharing.targets, year, codes),
            numbers.sharing.parameters,
        ),
        emissions_mt=_ordered(numbers.emissions_mt, codes),
        baseline_mt=_ordered(numbers.baseline_mt[year], codes),
        divided_mt=float(numbers.divided_mt[year]),
        floor_mt=_ordered(numbers.floor_mt[year], codes),
        ceiling_mt=_ordered(numbers.ceiling_mt[year], codes),
        price_yuan_per_t=_ordered(numbers.price_yuan_per_t, codes),
        steps=StepArrays(
            codes.get_indexer(steps.index.get_level_values(0)),
            steps["size_mt"].to_numpy(dtype=float),
            steps["cost_yuan_per_t"].to_numpy(dtype=float),
        ),
        limits=numbers.limits,
        rules=_rules(numbers.constraints[year], codes),
    )


def numbers_by_year(numbers: Numbers) -> tuple[YearNumbers, ...]:
    """The numbers of every year of a study; what the years share is one object.

    Parameters
    ----------
    numbers : of a study, or a variant of them
    """
    years = [year_numbers(numbers, year) for year in numbers.years]
    return tuple(replace(year, indicators=years[0].indicators) for year in years)


def labelled(changed: YearNumbers, base: Numbers) -> Numbers:
    """The numbers of a study with those of one year, and that year alone.

    Parameters
    ----------
    changed : a year's numbers, as many of each kind as the study has
    base : of the study that they are a variant of
    """
    codes, year = base.emissions_mt.index.sort_values(), changed.year
    indicators, columns = changed.indicators, base.indicators.values.columns
    given = indicators.given_weight

    def column(values: Vector) -> pd.Series:
        return pd.Series(values, index=codes)

    return replace(
        base,
        years=(year,),
        indicators=replace(
            base.indicators,
            values=pd.DataFrame(indicators.values, index=codes, columns=columns),
            direction=dict(zip(columns, np.where(indicators.less, "less", "more").tolist(), strict=True)),
            weighting=indicators.weighting,
            given_weight=None if given is None else dict(zip(columns, given.tolist(), strict=True)),
        ),
        grouping=changed.grouping,
        scope=changed.scope,
        sharing=replace(
            base.sharing,
            parameters=changed.sharing.parameters,
            columns={year: changed.sharing.columns},
            targets=labelled_targets(changed.sharing.targets, year, codes),
        ),
        emissions_mt=column(changed.emissions_mt),
        baseline_mt=column(changed.baseline_mt).to_frame(year),
        divided_mt=pd.Series({year: changed.divided_mt}),
        floor_mt=column(changed.floor_mt).to_frame(year),
        ceiling_mt=column(changed.ceiling_mt).to_frame(year),
        price_yuan_per_t=column(changed.price_yuan_per_t),
        steps=base.steps.sort_index().assign(
            size_mt=changed.steps.size_mt, cost_yuan_per_t=changed.steps.cost_yuan_per_t
        ),
        limits=changed.limits,
        constraints={year: _planner_rules(changed.rules, base.constraints[year], codes)},
    )


def _ordered(series: pd.Series, codes: pd.Index) -> Vector:
    return series.reindex(codes).to_numpy(dtype=float)


def _rules(constraints: tuple[PlannerRule, ...], codes: pd.Index) -> RuleArrays:
    table = rule_table(constraints)
    return RuleArrays(
        weight=rule_weights(constraints, codes).to_numpy(dtype=float).reshape(-1, len(codes)),
        bound_mt=table["bound_mt"].to_numpy(dtype=float),
        is_least=(table["sense"] == "at least").to_numpy(dtype=bool),
    )


def _planner_rules(
    rules: RuleArrays, base: tuple[PlannerRule, ...], codes: pd.Index
) -> tuple[PlannerRule, ...]:
    """The constraints with these coefficients, in which a share of all quotas is contained already."""
    return tuple(
        PlannerRule(
            name=rule.name,
            weight=dict(zip(codes, weight.tolist(), strict=True)),
            sense="at least" if is_least else "at most",
            bound_mt=float(bound),
        )
        for rule, weight, bound, is_least in zip(base, *rules, strict=True)
    )
