"""The targets of one year as arrays: what makes quotas of cuts, and what it adds to an allocation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.chain.numbers import TargetNumbers
from capshare.model.allocation.data_arrays import Names, TargetArrays
from capshare.model.targets.burden import points_array
from capshare.solvers.program import Vector


@dataclass(frozen=True)
class PlanArrays:
    """Targets of one year: emissions at constant intensity less a cut that the score moves.

    Attributes
    ----------
    constant_intensity_mt : one per province, Mt CO2
    part : how much of the plan's cut the year asks for, by which points are scaled
    cut_pct, spread_points, distance_points, bind, band_pct, round_to_points : as in the labelled numbers
    """

    constant_intensity_mt: Vector
    part: float
    cut_pct: float
    spread_points: float
    distance_points: float
    bind: bool
    band_pct: tuple[float, float]
    round_to_points: float

    @property
    def is_usable(self) -> bool:
        """Whether the numbers can be turned into cuts; the labelled chain says why they cannot."""
        constant = self.constant_intensity_mt
        return bool(constant.min() >= 0 and 0 < constant.sum() < np.inf and self.spread_points >= 0)

    @property
    def band_mt(self) -> tuple[Vector, Vector]:
        """Least and most quota inside the band of the year's cuts, one per province, Mt CO2."""
        (least, most), own = self.band_pct, self.constant_intensity_mt
        return own * (1 - self.part * most / 100), own * (1 - self.part * least / 100)

    def offset_mt(self, score: Vector) -> Vector:
        """What the burden adds to quotas that cut alike, one per province, Mt CO2.

        Parameters
        ----------
        score : index of the burden, one per province
        """
        points = points_array(score, self.constant_intensity_mt, self.spread_points * self.part)
        return -self.constant_intensity_mt * points / 100

    def rows(self, group: Names) -> TargetArrays:
        """Distances and tiers of the allocation.

        Parameters
        ----------
        group : name of the tier, one per province
        """
        constant, bound = self.constant_intensity_mt, np.empty(0, dtype=np.intp)
        emitting = constant > 0
        # 0 × inf is no number: without emissions there is nothing to be far from.
        of_all = np.where(emitting, constant, 1.0) * self.distance_points * self.part / 100
        tier = bound
        if self.bind:
            bound, tier = np.arange(len(constant)), np.unique(group, return_inverse=True)[1]
        return TargetArrays(np.where(emitting, of_all, 0.0), bound, tier, constant[bound])


def plan_arrays(targets: TargetNumbers | None, year: int, codes: pd.Index) -> PlanArrays | None:
    """Take the targets of one year out of those of a study.

    Parameters
    ----------
    targets : of a study; None where quotas are no cuts
    year : one of its years
    codes : of the provinces, in order
    """
    if targets is None:
        return None
    return PlanArrays(
        constant_intensity_mt=targets.constant_intensity_mt[year].reindex(codes).to_numpy(dtype=float),
        part=float(targets.part[year]),
        cut_pct=targets.cut_pct,
        spread_points=targets.spread_points,
        distance_points=targets.distance_points,
        bind=targets.bind,
        band_pct=targets.band_pct,
        round_to_points=targets.round_to_points,
    )


def labelled_targets(plan: PlanArrays | None, year: int, codes: pd.Index) -> TargetNumbers | None:
    """The targets with labels, of one year alone.

    Parameters
    ----------
    plan : targets of the year
    year : that they are of
    codes : of the provinces, in order
    """
    if plan is None:
        return None
    return TargetNumbers(
        constant_intensity_mt=pd.DataFrame({year: plan.constant_intensity_mt}, index=codes),
        part=pd.Series({year: plan.part}),
        cut_pct=plan.cut_pct,
        spread_points=plan.spread_points,
        distance_points=plan.distance_points,
        bind=plan.bind,
        band_pct=plan.band_pct,
        round_to_points=plan.round_to_points,
    )
