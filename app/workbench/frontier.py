"""Cost against fairness, with the point of the settings asked about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from capshare.analyses.frontier import POPULATION, frontier_of
from capshare.chain.infeasible import explained
from capshare.chain.numbers import TargetNumbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import SolvedYear, solve_year
from capshare.chain.split import split
from capshare.indicators.dataset.sizes import size_column, size_of
from capshare.model.outcome.fairness import gini
from capshare.reports.words.catalogue import LANGUAGES, term, text
from capshare.reports.words.columns import MONEY, POINTS, SHARE
from capshare.workbench.session import LONGEST_LOOK_S, Session
from capshare.workbench.story_answers import Axis, Frontier, FrontierPoint

# Distances of cuts that are looked at beside the one asked about, points.
DISTANCES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0)
_DISTANCE, _DEVIATION = "targets.distance_points", "allocation.max_deviation"


def frontier(session: Session, changes: Mapping[str, Any]) -> Frontier:
    """What it costs to keep close to the entitlements, in the last year.

    Parameters
    ----------
    session : holds the study
    changes : key as of ``--set`` → value

    Raises
    ------
    CapshareError
        where a setting is wrong, or the dataset has nobody to measure equality by.
    InfeasibleError
        where the rules contradict each other.
    """
    with session.prepared(changes, LONGEST_LOOK_S) as found, explained(found):
        targets = found.numbers.sharing.targets
        here = _point(found, solve_year(_of_last_year(found)), _own(found))
        points = list(_of_quotas(found) if targets is None else _of_targets(found, targets))
        key, unit = (_DEVIATION, SHARE) if targets is None else (_DISTANCE, POINTS)
        return Frontier(
            key=key,
            x=_axis(key.replace(".", "_"), unit, "settings.label"),
            y=_axis("cost", MONEY, "live.figure"),
            fairness=_axis("gini", "", "live.figure"),
            points=points,
            here=here,
        )


def _own(found: PreparedStudy) -> float:
    asked = found.study.targets
    return found.study.allocation.max_deviation if asked is None else asked.distance_points


def _of_last_year(found: PreparedStudy) -> PreparedStudy:
    """The last year by itself: what ties it to the others would hide what T does."""
    numbers = found.numbers
    free = replace(numbers.year_rules, max_yearly_change=None, carry_limit=None, max_abatement_change=None)
    return replace(found, split=split(replace(numbers, year_rules=free), found.split))


def _of_quotas(found: PreparedStudy) -> Iterator[FrontierPoint]:
    own = found.study.allocation.max_deviation
    table = frontier_of(found, max(1.0, own) if math.isfinite(own) else 1.0)
    for deviation, (_, row) in zip(table.index.tolist(), table.iterrows(), strict=True):
        yield FrontierPoint(
            value=deviation,
            cost_1e8yuan=row["cost_1e8yuan"],
            gini=row["quota_gini"],
            price_yuan_per_t=row["price_yuan_per_t"],
        )


def _of_targets(found: PreparedStudy, targets: TargetNumbers) -> Iterator[FrontierPoint]:
    own = targets.distance_points
    for points in sorted({*DISTANCES, *([own] if math.isfinite(own) else [])}):
        numbers = found.numbers.with_(sharing__targets__distance_points=points)
        moved = replace(found, split=split(numbers, found.split))
        yield _point(found, solve_year(_of_last_year(moved)), points)


def _point(found: PreparedStudy, solved: SolvedYear, value: float) -> FrontierPoint:
    caps, quota = solved.caps, solved.provinces["quota_mt"]
    population = _population(found)
    return FrontierPoint(
        value=value,
        cost_1e8yuan=solved.allocation.objective_1e8yuan * found.inputs.dataset.facts.conventions.per_inside,
        gini=None if population is None else gini(quota, population),
        price_yuan_per_t=(caps["price_yuan_per_t"] * caps["cap_mt"]).sum() / caps["cap_mt"].sum(),
    )


def _population(found: PreparedStudy) -> pd.Series | None:
    dataset = found.inputs.dataset
    return None if size_column(dataset, POPULATION) is None else size_of(dataset, POPULATION)


def _axis(key: str, unit: str, table: str) -> Axis:
    return Axis(
        **{f"label_{lang}": text(f"{table}.{key}", lang) for lang in LANGUAGES},
        **{f"unit_{lang}": term("units", unit, lang) if unit else "" for lang in LANGUAGES},
        unit=unit,
    )
