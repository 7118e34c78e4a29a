"""From what a study reads to the numbers that its split is computed from."""

from __future__ import annotations

import math
from dataclasses import fields

from capshare.chain.inputs import Inputs
from capshare.chain.numbers import (
    GroupingNumbers,
    IndicatorNumbers,
    Numbers,
    SharingNumbers,
    TargetNumbers,
)
from capshare.chain.plan_targets import part_of_the_plan
from capshare.chain.rule_inputs import DERIVED, rule_inputs
from capshare.model.abatement.costs import AbatementCosts
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.year_links import YearRules
from capshare.model.rules.registry import find
from capshare.model.rules.requirements import needed_columns
from capshare.solvers.guard import Limits
from capshare.solvers.highs import HighsOptions
from capshare.study.rule_sources import rule_parameters
from capshare.study.study import Study

# Times the dearest abatement step: never cheaper than abating, and not so large that rounding of the penalty
# hides the costs.
AUTO_PENALTY = 1.5


def numbers_of(study: Study, inputs: Inputs, costs: AbatementCosts) -> Numbers:
    """Collect the numbers of a study.

    Parameters
    ----------
    study, inputs : a study and what it reads
    costs : of abatement

    Returns
    -------
    Numbers

    Raises
    ------
    CapshareError
        where the rule inside the blocks is unknown or lacks a column.
    """
    return Numbers(
        years=inputs.years,
        indicators=IndicatorNumbers(
            values=inputs.indicators,
            direction={indicator.id: indicator.direction for indicator in study.scored},
            weighting=study.weights.method,
            given_weight=study.weights.given,
        ),
        grouping=_grouping(study, inputs),
        sharing=sharing_numbers(study, inputs, study.allocation.within),
        scope=study.allocation.scope,
        emissions_mt=inputs.emissions_mt,
        baseline_mt=inputs.baseline_mt,
        divided_mt=inputs.cap["divided_mt"],
        floor_mt=inputs.floor_mt,
        ceiling_mt=inputs.ceiling_mt,
        price_yuan_per_t=costs.price_yuan_per_t,
        steps=costs.steps,
        limits=_limits(study, costs),
        constraints=inputs.rules,
        year_rules=_year_rules(study),
    )


def sharing_numbers(study: Study, inputs: Inputs, within: str) -> SharingNumbers:
    """What a rule inside the blocks needs, for every year of the study.

    Parameters
    ----------
    study, inputs : a study and what it reads
    within : name of the rule

    Raises
    ------
    CapshareError
        where there is no such rule.
    """
    rule = find(within)
    parameters = rule_parameters(study, rule.name, rule.parameters)
    wanted = [name for name in needed_columns(rule, {**rule.parameters, **parameters}) if name not in DERIVED]
    columns = {year: rule_inputs(study, inputs, {}, year, wanted) for year in inputs.years}
    return SharingNumbers(rule.name, parameters, columns, _targets(study, inputs))


def _targets(study: Study, inputs: Inputs) -> TargetNumbers | None:
    constant = inputs.constant_intensity_mt(study.study.base_year)
    if study.burden is None or study.targets is None or constant is None:
        return None
    return TargetNumbers(
        constant_intensity_mt=constant[list(inputs.years)],
        part=part_of_the_plan(inputs.cap),
        cut_pct=float(inputs.cap["cut_pct"].iloc[-1]),
        spread_points=study.burden.spread_points,
        distance_points=study.targets.distance_points,
        bind=study.targets.tiers == "bind",
        band_pct=(study.targets.band_pct[0], study.targets.band_pct[1]),
        round_to_points=study.targets.round_to_points,
    )


def engine_of(study: Study) -> Engine:
    """The engine that a study asks for.

    Parameters
    ----------
    study : with its section ``[solver]``
    """
    asked = study.solver.model_dump(include={field.name for field in fields(HighsOptions)})
    return Engine(HighsOptions(**asked), study.solver.name)


def solver_limits(study: Study) -> Limits:
    """The study's limits of every run of a solver, for :func:`capshare.solvers.guard.within`.

    Parameters
    ----------
    study : with its section ``[solver]``
    """
    return Limits(**study.solver.model_dump(include={field.name for field in fields(Limits)}))


def _grouping(study: Study, inputs: Inputs) -> GroupingNumbers:
    asked = study.groups
    table = inputs.dataset.published[asked.table] if asked.table is not None else None
    share = table if asked.split == "given" else None
    codes = inputs.dataset.regions.resolve_all(asked.given, "study", "groups.given")
    return GroupingNumbers(
        method=asked.method,
        on=asked.on,
        k=asked.k,
        restarts=asked.restarts,
        seed=study.study.seed,
        split=asked.split,
        given=table["group"].astype(str) if table is not None and asked.method == "given" else None,
        moved=dict(zip(codes, asked.given.values(), strict=True)),
        given_share=None
        if share is None
        else dict(zip(share["group"].astype(str), share["group_share_pct"].astype(float), strict=True)),
    )


def _limits(study: Study, costs: AbatementCosts) -> ScalarLimits:
    # They are named alike in both, so that a new limit needs no line here.
    asked = {field.name: getattr(study.allocation, field.name) for field in fields(ScalarLimits)}
    if asked["penalty_yuan_per_t"] == "auto":
        asked["penalty_yuan_per_t"] = AUTO_PENALTY * float(costs.steps["cost_yuan_per_t"].max())
    return ScalarLimits(**asked)


def _year_rules(study: Study) -> YearRules:
    smoothing, carry = study.smoothing, study.carry_over
    ramp = study.allocation.max_abatement_change
    return YearRules(
        max_yearly_change=smoothing.max_yearly_change if smoothing else None,
        carry_limit=carry.limit if carry else None,
        expiry_years=carry.expiry_years if carry else 1,
        max_abatement_change=ramp if ramp < math.inf else None,
        base_year=study.study.base_year,
    )
