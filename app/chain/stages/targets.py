"""Targets: what quotas that are cuts add to the numbers of an allocation."""

from __future__ import annotations

import pandas as pd

from capshare.chain.numbers import TargetNumbers
from capshare.model.allocation.data import NO_TIER
from capshare.model.targets.burden import points_above_mean


def target_columns(
    targets: TargetNumbers, score: pd.Series, group: pd.Series, year: int
) -> dict[str, pd.Series]:
    r"""Offset, distance and tier of each province in a year.

    .. math:: e_i = B_i(1-\lambda) - B_i\,p_i/100,\qquad |x_i-e_i| \le B_i\,T/100

    Parameters
    ----------
    targets : points, and emissions at constant intensity
    score : index code; index of the burden
    group : index code; tier
    year : one of the study's

    Returns
    -------
    ``offset_mt, distance_mt, tier_mt`` (Mt) and ``tier``, each a Series, index code
    """
    constant, part = targets.constant_intensity_mt[year], float(targets.part[year])
    points = points_above_mean(score, constant, targets.spread_points * part)
    # 0 × inf is no number: without emissions there is nothing to be far from.
    distance = (constant * targets.distance_points * part / 100).where(constant > 0, 0.0)
    tier = group.astype(str) if targets.bind else pd.Series(NO_TIER, index=group.index)
    offset = -constant * points / 100
    return {"offset_mt": offset, "distance_mt": distance, "tier_mt": constant, "tier": tier}
