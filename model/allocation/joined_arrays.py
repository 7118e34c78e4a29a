"""Several years' allocations as one, on arrays, as ``join_years`` makes one of frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import block_diag

from capshare.model.allocation.data_arrays import (
    AllocationArrays,
    LinkArrays,
    Places,
    RuleArrays,
    StepArrays,
    TargetArrays,
)
from capshare.model.allocation.entitlement import EntitlementArrays


def joined_arrays(
    years: Sequence[AllocationArrays], provinces: pd.Index, links: LinkArrays
) -> AllocationArrays:
    """One allocation over several years of the same provinces.

    Parameters
    ----------
    years : allocations in the order of the years
    provinces : labels of the provinces' years
    links : what ties the years, carry-over limits in Mt
    """

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate(list(map(attrgetter(name), years)))

    def moved(name: str, counts: Sequence[int]) -> Places:
        """Positions of each year, behind those of the years before."""
        starts = np.cumsum([0, *counts[:-1]])
        places = map(attrgetter(name), years)
        return np.concatenate([place + start for place, start in zip(places, starts, strict=True)])

    def counted(name: str) -> list[int]:
        """Number of blocks, markets or tiers of each year; each of them has a member."""
        return [int(place.max(initial=-1)) + 1 for place in map(attrgetter(name), years)]

    of_year = [len(year.provinces) for year in years]
    penalty = max(year.limits.penalty_yuan_per_t for year in years)
    return AllocationArrays(
        provinces=provinces,
        block=moved("block", counted("block")),
        market=moved("market", counted("market")),
        emissions_mt=joined("emissions_mt"),
        floor_mt=joined("floor_mt"),
        ceiling_mt=joined("ceiling_mt"),
        purchase_limit_mt=joined("purchase_limit_mt"),
        entitled=EntitlementArrays(*(joined(f"entitled.{name}") for name in EntitlementArrays._fields)),
        caps_mt=joined("caps_mt"),
        steps=StepArrays(
            moved("steps.province", of_year), joined("steps.size_mt"), joined("steps.cost_yuan_per_t")
        ),
        rules=RuleArrays(
            block_diag(*(year.rules.weight for year in years)),
            joined("rules.bound_mt"),
            joined("rules.is_least"),
        ),
        limits=replace(years[0].limits, penalty_yuan_per_t=penalty),
        links=links,
        targets=TargetArrays(
            joined("targets.distance_mt"),
            moved("targets.bound", of_year),
            moved("targets.tier", counted("targets.tier")),
            joined("targets.tier_mt"),
        ),
    )
