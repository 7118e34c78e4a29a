"""The numbers of an allocation as arrays: what the programme's rows and both stages are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.model.allocation.entitlement import EntitlementArrays
from capshare.model.allocation.limits import ScalarLimits
from capshare.solvers.program import Vector

Places = NDArray[np.intp]
Names = NDArray[np.object_]


class StepArrays(NamedTuple):
    """Abatement steps.

    Attributes
    ----------
    province : position of each step's province
    size_mt, cost_yuan_per_t : one per step
    """

    province: Places
    size_mt: Vector
    cost_yuan_per_t: Vector


class RuleArrays(NamedTuple):
    """Planners' own constraints.

    Attributes
    ----------
    weight : constraints × provinces; coefficient of the quota
    bound_mt : one per constraint, Mt
    is_least : whether each is a lower bound
    """

    weight: Vector
    bound_mt: Vector
    is_least: NDArray[np.bool_]


class LinkArrays(NamedTuple):
    """What ties the years of a joint allocation; provinces' years are the provinces here.

    Attributes
    ----------
    later, earlier : positions of a province in a year and in the year before
    most, least : bounds of the later quota as multiples of the earlier
    start, end : positions of the years that quota is carried from and to
    carrier : position of each start among the limits
    carry_limit_mt : most that may leave each starting year, Mt
    """

    later: Places
    earlier: Places
    most: Vector
    least: Vector
    start: Places
    end: Places
    carrier: Places
    carry_limit_mt: Vector

    @classmethod
    def none(cls) -> LinkArrays:
        """Nothing ties the years."""
        place, number = np.empty(0, dtype=np.intp), np.empty(0)
        return cls(place, place, number, number, place, place, place, number)


class TargetArrays(NamedTuple):
    """What quotas that are cuts need besides.

    Attributes
    ----------
    distance_mt : one per province; how much further than T says a quota may lie from its entitlement, Mt
    bound : positions of the provinces that are bound to a tier
    tier : position of the tier of each of them
    tier_mt : of each of them, what quotas within a tier are in proportion to, Mt
    """

    distance_mt: Vector
    bound: Places
    tier: Places
    tier_mt: Vector

    @classmethod
    def none(cls, n: int) -> TargetArrays:
        """No distance in Mt, and no tiers.

        Parameters
        ----------
        n : number of provinces
        """
        place = np.empty(0, dtype=np.intp)
        return cls(np.zeros(n), place, place, np.empty(0))


@dataclass(frozen=True)
class AllocationArrays:
    """Numbers of an allocation without labels; attributes are one per province where nothing is said.

    Attributes
    ----------
    provinces : labels, whose order is that of all others
    block, market : positions of its block and of its market
    emissions_mt, floor_mt, ceiling_mt, purchase_limit_mt : Mt
    entitled : entitlements
    caps_mt : one per block, Mt
    steps : abatement steps
    rules : planners' own constraints
    limits : what is one number for everyone
    links : what ties the years, where there are several
    targets : distances in Mt and tiers
    """

    provinces: pd.Index
    block: Places
    market: Places
    emissions_mt: Vector
    floor_mt: Vector
    ceiling_mt: Vector
    purchase_limit_mt: Vector
    entitled: EntitlementArrays
    caps_mt: Vector
    steps: StepArrays
    rules: RuleArrays
    limits: ScalarLimits
    links: LinkArrays
    targets: TargetArrays


def share_of_emissions(emissions_mt: Vector, share: float) -> Vector:
    """A limit that is a share of emissions, one per province, Mt.

    Parameters
    ----------
    emissions_mt : one per province, Mt
    share : of the emissions; inf: no limit
    """
    # 0 × inf is no number: a province without emissions needs no trade.
    emitting = emissions_mt > 0
    return np.where(emitting, np.where(emitting, emissions_mt, 1.0) * share, 0.0)
