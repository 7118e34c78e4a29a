"""The rules of the split as numbers: what is divided, floors and ceilings in Mt, planners' own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.collector import Collector
from capshare.chain.plan_targets import band_mt
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.study.checks import check_bounds
from capshare.study.sections.allocation import EVERY_OTHER, Constraint
from capshare.study.study import Study


@dataclass(frozen=True)
class SplitTerms:
    """What the rules of the split decide of a study's inputs.

    Attributes
    ----------
    cap : index year; ``cap_mt``, the inputs it was made of, and ``divided_mt``, what the provinces share
    floor_mt, ceiling_mt : code × year, Mt
    rules : planners' own rules, provinces by code
    """

    cap: pd.DataFrame
    floor_mt: pd.DataFrame
    ceiling_mt: pd.DataFrame
    rules: tuple[PlannerRule, ...]


def split_terms(
    study: Study,
    cap: pd.DataFrame,
    baseline_mt: pd.DataFrame,
    constant_mt: pd.DataFrame | None,
    dataset: Dataset,
    rules: tuple[PlannerRule, ...],
    found: Collector,
) -> SplitTerms:
    """Bring the rules of the split together; what is wrong with them is kept as problems.

    Parameters
    ----------
    study, dataset : of the run
    cap : index year; ``cap_mt`` and its inputs
    baseline_mt : code × year, emissions before abatement, Mt
    constant_mt : code × year, emissions at constant intensity, Mt, which a band of cuts is of; or None
    rules : from :func:`planner_rules`
    found : where problems are kept
    """
    asked = study.allocation
    cap = cap.assign(divided_mt=cap["cap_mt"] * (1 - study.market.reserve_share))
    floor = _bounds(asked.floor, 0.0, baseline_mt, dataset, "allocation.floor", found)
    ceiling = _bounds(asked.ceiling, float("inf"), baseline_mt, dataset, "allocation.ceiling", found)
    if study.targets is not None and constant_mt is not None:
        floor, ceiling = band_mt(study, cap, constant_mt, found)
    else:
        check_bounds(cap["divided_mt"], floor, ceiling, dataset, found)
    return SplitTerms(cap, floor, ceiling, rules)


def planner_rules(study: Study, dataset: Dataset, found: Collector) -> tuple[PlannerRule, ...]:
    """Planners' own rules with provinces by code; those that name others are kept as problems.

    Parameters
    ----------
    study : its ``[[allocation.constraint]]``
    dataset : knows the provinces' names
    found : keeps the problems
    """
    rules = (_rule(constraint, dataset, found) for constraint in study.allocation.constraint)
    return tuple(rule for rule in rules if rule is not None)


def _bounds(
    share: float | Mapping[str, float],
    otherwise: float,
    baseline: pd.DataFrame,
    dataset: Dataset,
    place: str,
    found: Collector,
) -> pd.DataFrame:
    """Bounds in Mt, code × year, from shares of own emissions: one number, or a default and provinces."""
    stated = share if isinstance(share, Mapping) else {EVERY_OTHER: share}
    named = {name: part for name, part in stated.items() if name != EVERY_OTHER}
    if EVERY_OTHER not in stated:
        found.add(place, f"a table with `{EVERY_OTHER}`, the share of each province that it does not name",
                  ", ".join(named) or "an empty table",
                  f"Add the share that is meant, or {EVERY_OTHER} = {otherwise:g} for no limit.")  # fmt: skip
    shares = pd.Series(stated.get(EVERY_OTHER, otherwise), index=baseline.index, dtype=float)
    codes = found.attempt(lambda: dataset.regions.resolve_all(named, found.file, place))
    if codes is not None:
        shares.update(pd.Series(dict(zip(codes, named.values(), strict=True)), dtype=float))
    # 0 × inf is no number: no emissions, no bound.
    return baseline.mul(shares, axis="index").where(baseline > 0, otherwise)


def _rule(constraint: Constraint, dataset: Dataset, found: Collector) -> PlannerRule | None:
    names = constraint.weights or dict.fromkeys(constraint.provinces or (), 1.0)
    spelled = list(constraint.weights or constraint.provinces or ())
    place = f"allocation.constraint {constraint.name}"
    codes = found.attempt(lambda: dataset.regions.resolve_all(spelled, found.file, place))
    if codes is None:
        return None
    at_least = constraint.min_share is not None or constraint.min_mt is not None
    share = constraint.min_share if at_least else constraint.max_share
    bound = constraint.min_mt if at_least else constraint.max_mt
    return PlannerRule(
        name=constraint.name,
        weight=dict(zip(codes, names.values(), strict=True)),
        sense="at least" if at_least else "at most",
        share=share or 0.0,
        bound_mt=bound or 0.0,
    )
