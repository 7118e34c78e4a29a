"""Planners' own constraints as rules of each year's allocation, provinces by code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.shown import shown
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.regions import Regions
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.study.sections.allocation import Constraint, QuotasOfRun
from capshare.study.study import Study

# Provinces that are named in a message; of more, how many they are.
LISTED = 5


def planner_rules(
    study: Study, dataset: Dataset, references: Mapping[str, pd.Series], found: Collector
) -> dict[int, tuple[PlannerRule, ...]]:
    """Rules of each year; constraints that name other provinces or years are kept as problems.

    Parameters
    ----------
    study : its ``[[allocation.constraint]]``
    dataset : knows the provinces' names
    references : run → index (year, code), its quotas, Mt; a run that could not be read is absent
    found : keeps the problems
    """
    years, regions = study.allocation_years(), dataset.regions
    rules: dict[int, list[PlannerRule]] = {year: [] for year in years}
    for constraint in study.allocation.constraint:
        place = f"allocation.constraint {constraint.name}"
        codes = found.attempt(partial(_codes, constraint, regions, found.file, place))
        if strange := [str(year) for year in constraint.only_in if year not in years]:
            found.add(f"{place}, years", f"years of the study: {', '.join(map(str, years))}",
                      ", ".join(strange), "Name years to allocate.")  # fmt: skip
        elif codes is not None:
            asked = [year for year in years if constraint.applies(year)]
            for year, of_year in _by_year(constraint, codes, asked, references, regions, found).items():
                rules[year] += of_year
    return {year: tuple(of_year) for year, of_year in rules.items()}


def provinces_of_run(constraint: Constraint, regions: Regions) -> dict[str, str]:
    """Name of each rule of a constraint relative to another run → code of its province; of others empty.

    Parameters
    ----------
    constraint : of a study whose provinces are known
    regions : know their names
    """
    if constraint.of_run is None:
        return {}
    return {_name(constraint, code, regions): code for code in _codes(constraint, regions, "study", "")}


def _codes(constraint: Constraint, regions: Regions, file: str, place: str) -> tuple[str, ...]:
    """Provinces that a constraint is about; all, where one relative to a run names none."""
    named = constraint.weights or constraint.provinces
    return regions.codes if named is None else regions.resolve_all(list(named), file, place)


def _name(constraint: Constraint, code: str, regions: Regions) -> str:
    return f"{constraint.name}: {regions.names['name_en'][code]}"


def _by_year(
    constraint: Constraint,
    codes: Sequence[str],
    years: Sequence[int],
    references: Mapping[str, pd.Series],
    regions: Regions,
    found: Collector,
) -> dict[int, list[PlannerRule]]:
    asked = constraint.of_run
    if asked is None:
        return {year: [_on_the_sum(constraint, codes)] for year in years}
    quota = references.get(asked.run)
    if quota is None or not _is_known(constraint, asked, codes, years, quota, regions, found):
        return {}
    at_least = constraint.min_share_of is not None
    return {
        year: [
            PlannerRule(
                name=_name(constraint, code, regions),
                weight={code: 1.0},
                sense="at least" if at_least else "at most",
                bound_mt=asked.share * float(quota[year, code]),
            )
            for code in codes
        ]
        for year in years
    }


def _is_known(
    constraint: Constraint,
    asked: QuotasOfRun,
    codes: Sequence[str],
    years: Sequence[int],
    quota: pd.Series,
    regions: Regions,
    found: Collector,
) -> bool:
    """Whether the other run has these provinces in these years; what it lacks is kept as one problem."""
    place, known = f"allocation.constraint {constraint.name}, run", quota.index.unique("year")
    absent = [str(year) for year in years if year not in known]
    if absent:
        found.add(place, f"a run that allocates {', '.join(absent)}",
                  f"{', '.join(map(str, known))} in {shown(asked.run)}",
                  "Say with `years` which years the constraint is about, or name another run.")  # fmt: skip
        return False
    pairs = pd.MultiIndex.from_product([years, codes])
    missing = [regions.label(code) for code in pairs[~pairs.isin(quota.index)].unique(1)]
    if missing:
        more = f" and {len(missing) - LISTED} more" if len(missing) > LISTED else ""
        found.add(place, "a run with a quota of each province that the constraint is about",
                  f"none of {', '.join(missing[:LISTED])}{more} in {shown(asked.run)}",
                  "Say with `provinces` whom it is about, or name another run.")  # fmt: skip
    return not missing


def _on_the_sum(constraint: Constraint, codes: Sequence[str]) -> PlannerRule:
    """A rule on the sum of the provinces' quotas."""
    weights = constraint.weights or dict.fromkeys(constraint.provinces or (), 1.0)
    at_least = constraint.min_share is not None or constraint.min_mt is not None
    share = constraint.min_share if at_least else constraint.max_share
    bound = constraint.min_mt if at_least else constraint.max_mt
    return PlannerRule(
        name=constraint.name,
        weight=dict(zip(codes, weights.values(), strict=True)),
        sense="at least" if at_least else "at most",
        share=share or 0.0,
        bound_mt=bound or 0.0,
    )
