"""The numbers of a study file that may give way where its rules collide, in their own units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from capshare.base.errors import StudyChange
from capshare.chain.planners_rules import provinces_of_run
from capshare.chain.prepared import PreparedStudy
from capshare.chain.reference_runs import reference_quotas
from capshare.chain.study_relaxation import StudyRelaxation, levers_of
from capshare.chain.target_levers import target_relaxations
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.relaxation import (
    Relaxation,
    bound_relaxation,
    cap_relaxation,
    deviation_relaxation,
    rule_relaxation,
)
from capshare.model.allocation.year_links import unit
from capshare.study.sections.allocation import EVERY_OTHER, LIMITS, Constraint
from capshare.study.study import Study

# The study file asks for less than 1.
MOST_YEARLY_CHANGE = 0.9999


def study_relaxations(found: PreparedStudy, data: AllocationData) -> list[StudyRelaxation]:
    """Every kind of number of the study file that may give way alone.

    Parameters
    ----------
    found : the chain of an infeasible study
    data : its allocations, from :func:`all_years`

    Returns
    -------
    list of StudyRelaxation: caps of a table, floors and ceilings (for all that share a number, and of single
        provinces) and ``max_deviation``, or band and distance of targets; each planner's rule, and the
        largest yearly change of quotas
    """
    asked = found.study.allocation
    relaxations = target_relaxations(found) or _of_amounts(found, data)
    relaxations += [_rules(found, data, [place]) for place in range(len(asked.constraint))]
    if len(data.year_links.smoothing):
        relaxations.append(yearly_change(found))
    return [relaxation for relaxation in relaxations if len(relaxation.keys)]


def _of_amounts(found: PreparedStudy, data: AllocationData) -> list[StudyRelaxation]:
    relaxations = [_caps(found, data)] if found.study.cap.method == "table" else []
    for kind in ("floor", "ceiling"):
        relaxations += [_everyone(found, data, kind), _single(found, data, kind)]
    return [*relaxations, _deviation(found)] if data.is_equity_limited else relaxations


def _caps(found: PreparedStudy, data: AllocationData) -> StudyRelaxation:
    """The table of caps; a block's share of one more tonne is that of its projection."""
    study, years = found.study, found.inputs.years
    stated = {str(year): float(study.cap.mt[str(year)]) for year in years if str(year) in study.cap.mt}
    keys = {y: StudyChange(("cap", "mt", y), f"cap.mt, {y}", mt, mt) for y, mt in stated.items()}
    per_unit = pd.DataFrame(0.0, index=data.caps_mt.index, columns=list(keys))
    for year in keys:
        slope = found.blocks.caps[int(year)].slope * (1 - study.market.reserve_share)
        per_unit.loc[[unit(int(year), str(block)) for block in slope.index], year] = slope.to_numpy()
    return StudyRelaxation("cap.mt", cap_relaxation(levers_of(found, keys, per_unit, 0.0, np.inf)), keys)


def _bound_of(study: Study, kind: str) -> float | Mapping[str, float]:
    bound: float | Mapping[str, float] = getattr(study.allocation, kind)
    return bound


def _spelled(found: PreparedStudy, kind: str) -> dict[str, str]:
    """Code → how the study's table spells it; those that the table names."""
    stated = _bound_of(found.study, kind)
    names = [name for name in stated if name != EVERY_OTHER] if isinstance(stated, Mapping) else []
    codes = found.inputs.dataset.regions.resolve_all(names, found.path.name, f"allocation.{kind}")
    return dict(zip(codes, names, strict=True))


def _name(found: PreparedStudy, code: str) -> str:
    """What to call a province in the study file: by its English name where that means no other."""
    regions = found.inputs.dataset.regions
    name = str(regions.names["name_en"][code])
    return name if regions.find(name) == code else code


def _everyone(found: PreparedStudy, data: AllocationData, kind: str) -> StudyRelaxation:
    """The one number of a bound, or what a table says of all that it does not name."""
    stated, named = _bound_of(found.study, kind), _spelled(found, kind)
    if isinstance(stated, Mapping):
        path, key = ("allocation", kind, EVERY_OTHER), f"allocation.{kind}, {EVERY_OTHER}"
        change = StudyChange(path, key, stated[EVERY_OTHER], stated[EVERY_OTHER])
    else:
        change = StudyChange(("allocation", kind), f"allocation.{kind}", stated, stated)
    keys = {"": change} if 0 < change.before < np.inf else {}
    emissions = _emissions(found, [code for code in found.score.index if code not in named])
    limits = (0.0, None) if kind == "floor" else (None, np.inf)
    levers = levers_of(found, keys, emissions.to_frame("")[list(keys)], *limits)
    return StudyRelaxation(f"allocation.{kind}", bound_relaxation(kind, levers), keys)


def _single(found: PreparedStudy, data: AllocationData, kind: str) -> StudyRelaxation:
    """The bound of each province by itself; provinces that share a number leave it."""
    stated, named = _bound_of(found.study, kind), _spelled(found, kind)
    default = stated[EVERY_OTHER] if isinstance(stated, Mapping) else stated
    keys = {}
    for code in map(str, found.score.index):
        name = named.get(code) or _name(found, code)
        now = float(stated[name] if isinstance(stated, Mapping) and code in named else default)
        if 0 < now < np.inf:
            key = f'allocation.{kind}, "{name}"'
            splits = not isinstance(stated, Mapping)
            keys[code] = StudyChange(("allocation", kind, name), key, now, now, splits)
    emissions = _emissions(found, list(keys))
    codes = [label.partition(":")[2] for label in emissions.index]
    per_unit = pd.DataFrame(0.0, index=emissions.index, columns=list(keys))
    for label, code in zip(emissions.index, codes, strict=True):
        per_unit.at[label, code] = emissions[label]
    limits = (0.0, None) if kind == "floor" else (None, np.inf)
    return StudyRelaxation(
        f"allocation.{kind}", bound_relaxation(kind, levers_of(found, keys, per_unit, *limits)), keys
    )


def _emissions(found: PreparedStudy, codes: Sequence[str]) -> pd.Series:
    """Emissions of the base year, which bounds of all years are shares of, index ``year:code``, Mt."""
    base = found.inputs.emissions_mt.loc[list(codes)]
    parts = [base.rename(index=partial(unit, year)) for year in found.inputs.years]
    emissions: pd.Series = pd.concat(parts).astype(float)
    return emissions


def _deviation(found: PreparedStudy) -> StudyRelaxation:
    now = found.study.allocation.max_deviation
    keys = {"": StudyChange(("allocation", "max_deviation"), "allocation.max_deviation", now, now)}
    levers = levers_of(found, keys, pd.DataFrame({"": [1.0]}, index=[""]), None, np.inf)
    return StudyRelaxation(keys[""].key, deviation_relaxation(levers), keys)


def yearly_change(found: PreparedStudy) -> StudyRelaxation:
    """How fast quotas may change; it multiplies them, so no row's derivative by it is a number.

    Parameters
    ----------
    found : the chain of a study with ``[smoothing]``
    """
    now = found.study.smoothing.max_yearly_change if found.study.smoothing else 0.0
    key = StudyChange(("smoothing", "max_yearly_change"), "smoothing.max_yearly_change", now, now)
    levers = levers_of(found, {"": key}, pd.DataFrame({"": [0.0]}, index=[""]), None, MOST_YEARLY_CHANGE)
    return StudyRelaxation(key.key, Relaxation("smoothing", "", levers, lambda _: []), {"": key})


def every_rule(found: PreparedStudy, data: AllocationData) -> StudyRelaxation:
    """The bounds of all planners' rules together.

    Parameters
    ----------
    found : the chain of a study with planners' rules
    data : as of :func:`study_relaxations`
    """
    return _rules(found, data, range(len(found.study.allocation.constraint)))


def rule_keys(found: PreparedStudy) -> dict[str, StudyChange]:
    """Planner's constraint → its bound in the study file, as it is.

    Parameters
    ----------
    found : the chain of the study
    """
    keys = {}
    for place, constraint in enumerate(found.study.allocation.constraint):
        [limit] = [name for name in LIMITS if getattr(constraint, name) is not None]
        of_run = constraint.of_run
        number = float(getattr(constraint, limit)) if of_run is None else of_run.share
        path = ("allocation", "constraint", place, *((limit,) if of_run is None else (limit, "share")))
        key = f'allocation.constraint "{constraint.name}": {".".join(map(str, path[3:]))}'
        keys[constraint.name] = StudyChange(path, key, number, number)
    return keys


def rule_provinces(found: PreparedStudy) -> dict[str, tuple[str, str]]:
    """Rule relative to another run → its planner's constraint, and the code of its province.

    Parameters
    ----------
    found : the chain of the study
    """
    regions = found.inputs.dataset.regions
    return {
        name: (constraint.name, code)
        for constraint in found.study.allocation.constraint
        for name, code in provinces_of_run(constraint, regions).items()
    }


def _rules(found: PreparedStudy, data: AllocationData, places: Sequence[int]) -> StudyRelaxation:
    """The bounds of planners' constraints, the same number in every year that they are about."""
    asked = [found.study.allocation.constraint[place] for place in places]
    every = rule_keys(found)
    keys = {constraint.name: every[constraint.name] for constraint in asked}
    total = data.caps_mt.groupby(lambda block: int(block.partition(":")[0])).sum()
    references = reference_quotas(found.study, found.inputs.files)
    moved = {
        (unit(year, rule), constraint.name): mt
        for constraint in asked
        for year in found.inputs.years
        if constraint.applies(year)
        for rule, mt in _per_unit(constraint, year, total, references, found).items()
    }
    labels = list(dict.fromkeys(label for label, _ in moved))
    per_unit = pd.DataFrame(0.0, index=labels, columns=list(keys))
    for (label, name), mt in moved.items():
        per_unit.at[label, name] = mt
    value = pd.Series({name: key.before for name, key in keys.items()})
    is_least = pd.Series({name: str(key.path[3]).startswith("min") for name, key in keys.items()})
    levers = replace(
        levers_of(found, keys, per_unit, None, None),
        lowest=value.where(~is_least, 0.0),
        highest=value.where(is_least, np.inf),
    )
    called = next(iter(keys.values())).key if len(keys) == 1 else "allocation.constraint"
    return StudyRelaxation(called, rule_relaxation(data, levers), keys)


def _per_unit(
    constraint: Constraint,
    year: int,
    total_mt: pd.Series,
    references: Mapping[str, pd.Series],
    found: PreparedStudy,
) -> dict[str, float]:
    """What a unit of a constraint's number adds to the bound of each of its rules, Mt."""
    of_run = constraint.of_run
    if of_run is not None:
        quota = references[of_run.run]
        provinces = provinces_of_run(constraint, found.inputs.dataset.regions)
        return {name: float(quota[year, code]) for name, code in provinces.items()}
    is_share = constraint.min_share is not None or constraint.max_share is not None
    return {constraint.name: float(total_mt[year]) if is_share else 1.0}
