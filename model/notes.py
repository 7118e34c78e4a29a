"""What a planner should know about an allocation."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution, detail
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.grouping_loss import GroupingLoss
from capshare.model.allocation.projection import Projection
from capshare.model.groups.kmeans import Grouping


def grouping_notes(grouping: Grouping) -> list[Note]:
    """How the groups were found, and which have one member.

    Parameters
    ----------
    grouping : result of k-means
    """
    reached, restarts = grouping.restarts_reached, grouping.restarts
    notes = [detail("kmeans", reached=reached, restarts=restarts, inertia=grouping.inertia)]
    if grouping.single:
        notes.append(caution("single", groups=grouping.single))
    return notes


def block_notes(caps: Projection, weight: pd.Series, cap_mt: float) -> list[Note]:
    """Which blocks' caps were moved to the sum of their members' floors or ceilings, and by how much.

    Parameters
    ----------
    caps : the projected block caps, Mt
    weight : index block; what they are in proportion to
    cap_mt : Mt
    """
    moved = caps.amount_mt - cap_mt * weight / weight.sum()
    return [
        caution("cap_moved", group=block, change=change, side=side)
        for block, change, side in zip(moved.index, moved, caps.clipped.reindex(moved.index), strict=True)
        if side
    ]


def grouping_loss_notes(loss: GroupingLoss, per_inside: int = 1) -> list[Note]:
    """What the groups changed in entitlements, quotas and cost.

    Parameters
    ----------
    loss : both splits
    per_inside : units in which the dataset counts money, in 1e8 of its currency
    """
    p = loss.provinces
    entitled = (p["entitlement_mt"] - p["national_entitlement_mt"]).abs()
    notes = [detail("grouping_none")]
    if entitled.sum() > 1e-6:
        notes = [detail("grouping_moved", amount=entitled.sum() / 2, province=str(entitled.idxmax()))]
    values = {
        "loss": abs(loss.loss_1e8yuan) * per_inside,
        "cost": loss.cost_1e8yuan * per_inside,
        "moved": (p["quota_mt"] - p["national_quota_mt"]).abs().sum() / 2,
        "price": loss.national_price_yuan_per_t,
    }
    if loss.loss_1e8yuan >= 0:
        return [*notes, detail("grouping_costs", **values)]
    return [*notes, detail("grouping_saves", **values)]


def allocation_notes(data: AllocationData, prices: pd.DataFrame) -> list[Note]:
    """A slack market, and how many provinces sit at their bounds.

    Parameters
    ----------
    data : numbers of one year's allocation
    prices : index (constraint, name); ``price_yuan_per_t, binding``
    """
    notes = []
    cap, emissions = data.caps_mt.sum(), data.provinces["emissions_mt"].sum()
    if prices["price_yuan_per_t"].abs().max() <= 2 * data.limits.trade_cost_yuan_per_t:
        notes.append(caution("slack", cap=cap, emissions=emissions))
    count = at_bounds(prices)
    at = {name: count[name] for name in ("deviation", "floor", "ceiling")}
    return [*notes, detail("bounds", count=len(data.provinces), limit=data.limits.max_deviation, **at)]


def at_bounds(prices: pd.DataFrame) -> pd.Series:
    """How many provinces sit at ±T of their entitlement, at their floor and at their ceiling.

    Parameters
    ----------
    prices : index (constraint, name); ``binding``

    Returns
    -------
    Series, index ``deviation, floor, ceiling, any``; numbers of provinces
    """
    binds: pd.Series = prices["binding"].astype(bool)
    rows = {"deviation": ["equity_above", "equity_below"], "floor": ["floor"], "ceiling": ["ceiling"]}
    names = prices.xs("floor", level="constraint").index
    found = pd.DataFrame(False, index=names, columns=list(rows))
    for bound, constraints in rows.items():
        for constraint in constraints:
            if constraint in binds.index.get_level_values("constraint"):
                found[bound] |= binds.xs(constraint, level="constraint").reindex(names)
    count: pd.Series = pd.concat([found.sum(), pd.Series({"any": found.any(axis="columns").sum()})])
    return count
