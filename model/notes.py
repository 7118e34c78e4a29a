"""What a planner should know about an allocation, in sentences."""

from __future__ import annotations

import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.grouping_loss import GroupingLoss
from capshare.model.allocation.projection import Projection
from capshare.model.groups.kmeans import Grouping

FAR_BELOW, FAR_ABOVE = 0.5, 1.5
# Below it uncovered emissions are what the solver counts as none.
UNCOVERED_MT = 1e-6


def grouping_notes(grouping: Grouping) -> list[str]:
    """How the groups were found, and which have one member.

    Parameters
    ----------
    grouping : result of k-means
    """
    notes = [
        f"k-means: {grouping.restarts_reached} of {grouping.restarts} restarts reach the best inertia "
        f"({grouping.inertia:.4f})."
    ]
    if grouping.single:
        notes.append(f"Groups with one member: {', '.join(grouping.single)}.")
    return notes


def block_notes(caps: Projection, weight: pd.Series, cap_mt: float) -> list[str]:
    """Which blocks' caps were moved to what their members can take, and by how much.

    Parameters
    ----------
    caps : the projected block caps, Mt
    weight : index block; what they are in proportion to
    cap_mt : Mt
    """
    moved = caps.amount_mt - cap_mt * weight / weight.sum()
    return [
        f"The cap of group {block} was moved by {change:+.1f} Mt to its members' {side}s."
        for block, change, side in zip(moved.index, moved, caps.clipped.reindex(moved.index), strict=True)
        if side
    ]


def grouping_loss_notes(loss: GroupingLoss, names: pd.Series) -> list[str]:
    """What the groups changed in entitlements, quotas and cost.

    Parameters
    ----------
    loss : both splits
    names : index code; names to call provinces by
    """
    p = loss.provinces
    entitled = (p["entitlement_mt"] - p["national_entitlement_mt"]).abs()
    moved = (p["quota_mt"] - p["national_quota_mt"]).abs()
    notes = ["Grouping changed no entitlement: it acts only through the LP, which moves quota inside groups."]
    if entitled.sum() > 1e-6:
        most = names[str(entitled.idxmax())]
        notes = [
            f"Grouping moved {entitled.sum() / 2:.1f} Mt of entitlements between provinces, most at {most}."
        ]
    word = "costs" if loss.loss_1e8yuan >= 0 else "saves"
    notes.append(
        f"Against one national block, grouping {word} {abs(loss.loss_1e8yuan):.1f} of "
        f"{loss.cost_1e8yuan:.1f} (1e8 yuan) and moves {moved.sum() / 2:.1f} Mt of quotas; the national cap "
        f"would have one price, {loss.national_price_yuan_per_t:.2f} yuan/t."
    )
    return notes


def allocation_notes(
    data: AllocationData, quantities: pd.DataFrame, prices: pd.DataFrame, names: pd.Series
) -> list[str]:
    """Slack market, penalties, provinces at their bounds, and quotas far from emissions.

    Parameters
    ----------
    data : numbers of one year's allocation
    quantities : index code; ``quota_mt, uncovered_mt``
    prices : index (constraint, name); ``price_yuan_per_t, binding``
    names : index code; names to call provinces by
    """
    notes = []
    cap, emissions = data.caps_mt.sum(), data.provinces["emissions_mt"].sum()
    if prices["price_yuan_per_t"].abs().max() <= 2 * data.terms.trade_cost_yuan_per_t:
        notes.append(
            f"Market slack: the cap of {cap:.0f} Mt covers the emissions of {emissions:.0f} Mt and "
            "trade moves the rest, so no rule has a price beyond the cost of a trade."
        )
    uncovered = quantities["uncovered_mt"].sum()
    if uncovered > UNCOVERED_MT:
        notes.append(
            f"Emissions of {uncovered:.1f} Mt stay uncovered: prices are driven by the penalty, not by costs."
        )
    notes.append(_bounds_note(at_bounds(prices), len(data.provinces), data.terms.max_deviation))
    return notes + _far_notes(quantities["quota_mt"] / data.provinces["emissions_mt"], names)


def _far_notes(ratio: pd.Series, names: pd.Series) -> list[str]:
    below, above = ratio < FAR_BELOW, ratio > FAR_ABOVE
    return [
        f"Quota of {text} the emissions: "
        + ", ".join(f"{names[code]} {ratio[code]:.0%}" for code in ratio.index[far])
        + "."
        for text, far in (("less than half", below), ("more than one and a half times", above))
        if far.any()
    ]


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


def _bounds_note(count: pd.Series, n: int, deviation: float) -> str:
    return (
        f"Of {n} provinces {count['deviation']} sit at ±{deviation:.0%} of their entitlement, "
        f"{count['floor']} at their floor, {count['ceiling']} at their ceiling."
    )
