"""What decides the split of the last year, part by part as a run's files hold it."""

from __future__ import annotations

import pandas as pd

from capshare.analyses.names import CAP_CURVE, CONSTRAINT_COSTS, COST_CURVES, QUOTA_RANGES, SENSITIVITY
from capshare.analyses.parts.curves import compare_curves
from capshare.analyses.parts.sensitivity import sensitivity
from capshare.base.notes import Note, caution, detail
from capshare.base.progress import stage
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.chain.stages.divide import NATIONAL
from capshare.model.allocation.cap_curve import cap_curves, not_convex
from capshare.model.allocation.constraint_costs import constraint_costs
from capshare.model.allocation.one_sided import EVERY_ROW_UP_TO
from capshare.model.allocation.quota_range import quota_ranges
from capshare.model.allocation.year_links import unit
from capshare.model.outcome.drivers import Drivers


@stage("drivers")
def drivers(
    found: PreparedStudy, solved: YearlyAllocations, asked: frozenset[str]
) -> tuple[Drivers, tuple[Note, ...]]:
    """What decides the split of the last year, with what a planner should know of it.

    Ranges of quotas and curves of the cap take several programmes per province: beyond 100 provinces, counted
    in every year that rules tie to the last, they are left out, with a note.

    Parameters
    ----------
    found, solved : of the run
    asked : names of analyses
    """
    allocation = list(solved.allocations.values())[-1]
    options, notes = found.engine.options, list[Note]()
    data = solved.data[found.inputs.years[-1]]
    wanted = asked & {QUOTA_RANGES, CAP_CURVE}
    if wanted and len(allocation.data.provinces) > EVERY_ROW_UP_TO:
        notes.append(detail("too_many_to_range", count=len(allocation.data.provinces), most=EVERY_ROW_UP_TO))
        wanted = frozenset()
    ranges = curve = compared = None
    if QUOTA_RANGES in wanted:
        labels = _labels(found, data.provinces.index)
        ranges = quota_ranges(allocation, labels, options).set_axis(data.provinces.index.rename("code"))
    if CAP_CURVE in wanted:
        labels = _labels(found, data.caps_mt.index)
        curve = cap_curves(allocation, labels, options).rename(
            index=dict(zip(labels, data.caps_mt.index, strict=True)), level="group"
        )
        notes += _rises(curve)
        curve = None if curve.empty else curve
    if COST_CURVES in asked:
        compared, told = compare_curves(found)
        notes += told
    costs = constraint_costs(allocation) if CONSTRAINT_COSTS in asked else None
    varied = sensitivity(found, solved) if SENSITIVITY in asked else None
    return Drivers(ranges, costs, curve, compared, varied), tuple(notes)


def _labels(found: PreparedStudy, names: pd.Index) -> list[str]:
    """What provinces or blocks of the last year are called in its allocation."""
    year = found.inputs.years[-1]
    return [unit(year, name) for name in names] if found.numbers.year_rules.tie else list(names)


def _rises(curve: pd.DataFrame) -> list[Note]:
    """Where the price rises when the cap is loosened, block by block."""
    notes = []
    groups = curve.index.get_level_values("group")
    for name in groups.unique():
        own = curve[groups == name].droplevel("group")
        rises = not_convex(own)
        if rises.empty:
            continue
        step = rises["price_low_yuan_per_t"] - rises["price_high_yuan_per_t"]
        most = float(step.index[int(step.argmax())])
        values = {
            "count": len(rises),
            "first": float(own.index[0]),
            "last": float(own.index[-1]),
            "cap": most,
            "below": float(rises["price_high_yuan_per_t"][most]),
            "above": float(rises["price_low_yuan_per_t"][most]),
        }
        group = str(name)
        notes.append(
            caution("cap_price_rises", **values)
            if group == NATIONAL
            else caution("block_price_rises", group=group, **values)
        )
    return notes
