"""The numbers of the sections on targets that may give way where a study's rules collide, in points."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from capshare.base.errors import StudyChange
from capshare.chain.numbers import TargetNumbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.study_relaxation import StudyRelaxation, levers_of
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.relaxation import Effect, Relaxation, bound_relaxation
from capshare.model.allocation.year_links import unit

MOST_POINTS = 100.0
# A band ends below a cut of everything.
MOST_OF_BAND = 99.0


def target_relaxations(found: PreparedStudy) -> list[StudyRelaxation]:
    """The most and the least that provinces may be asked for, and the distance from the entitled cut.

    Parameters
    ----------
    found : the chain of an infeasible study

    Returns
    -------
    list of StudyRelaxation; empty where the study sets no targets
    """
    asked, targets = found.study.targets, found.numbers.sharing.targets
    if asked is None or targets is None:
        return []
    least, most = asked.band_pct
    per_point = _mt_per_point(targets)
    sides = [_band(found, per_point, 1, most, "floor"), _band(found, per_point, 0, least, "ceiling")]
    return [*sides, _distance(found, per_point)] if np.isfinite(asked.distance_points) else sides


def _mt_per_point(targets: TargetNumbers) -> pd.Series:
    """What a point of the last year's cut is, index ``year:code``, Mt."""
    mt = targets.constant_intensity_mt
    parts = [
        mt[year].rename(index=partial(unit, year)) * float(part) / 100
        for year, part in ((int(year), targets.part[year]) for year in targets.part.index)
    ]
    joined: pd.Series = pd.concat(parts).astype(float)
    return joined


def _band(found: PreparedStudy, per_point: pd.Series, place: int, now: float, kind: str) -> StudyRelaxation:
    side = ("least", "most")[place]
    key = StudyChange(("targets", "band_pct", place), f"targets.band_pct, {side}", now, now)
    limits = (0.0, None) if side == "least" else (None, MOST_OF_BAND)
    levers = levers_of(found, {side: key}, -per_point.to_frame(side), *limits)
    return StudyRelaxation(key.key, bound_relaxation(kind, levers), {side: key})


def _distance(found: PreparedStudy, per_point: pd.Series) -> StudyRelaxation:
    now = found.study.targets.distance_points if found.study.targets else 0.0
    key = StudyChange(("targets", "distance_points"), "targets.distance_points", now, now)
    levers = levers_of(found, {"": key}, pd.DataFrame({"": [1.0]}, index=[""]), None, MOST_POINTS)

    def effects(_: AllocationData) -> list[Effect]:
        signs = {"equity_above": -1.0, "equity_below": 1.0}
        return [(row, code, "", sign * mt) for row, sign in signs.items() for code, mt in per_point.items()]

    return StudyRelaxation(key.key, Relaxation("distance", "", levers, effects), {"": key})
