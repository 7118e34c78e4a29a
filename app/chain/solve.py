"""The allocations of a study's years: each alone, or all in one LP where rules tie them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.progress import counted, stage
from capshare.chain.prepared import PreparedStudy
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.checks import checks
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.grouping_loss import GroupingLoss, grouping_loss
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.allocation.one_sided import cap_sides, rule_sides
from capshare.model.allocation.penalty import cap_price_parts
from capshare.model.allocation.prices import contributions
from capshare.model.allocation.quota_range import quota_ranges
from capshare.model.allocation.years import YearRules, join_years, year_of
from capshare.solvers.program import LinearProgram


@dataclass(frozen=True)
class Solved:
    """The allocations of all years, their frames indexed by year first where there are several.

    Attributes
    ----------
    allocations : what was solved: year → allocation, or 0 → the joint one
    data : year → numbers of its allocation
    entitled : entitlement and quota of each province with all quantities
    caps : blocks' caps with every price
    prices : price of every constraint, one-sided prices and where they hold
    contributions : to the prices of the caps
    losses : year → what grouping costs; empty in a national or joint allocation, without the years whose
        rules have no solution with one national block
    checks : figures over all years, the worst of each
    """

    allocations: Mapping[int, Allocation]
    data: Mapping[int, AllocationData]
    entitled: pd.DataFrame
    caps: pd.DataFrame
    prices: pd.DataFrame
    contributions: pd.DataFrame
    losses: Mapping[int, GroupingLoss]
    checks: pd.DataFrame

    def program(self) -> LinearProgram:
        """The LP of all years."""
        if len(self.allocations) == 1:
            return next(iter(self.allocations.values())).first.program
        return arrays(join_years(self.data, YearRules()))

    def of_year(self, frame: pd.DataFrame, year: int) -> pd.DataFrame:
        """Rows of one year, without the year."""
        return (
            frame[frame.index.get_level_values("year") == year].droplevel("year")
            if len(self.data) > 1
            else frame
        )


@stage("allocation")
def solve_years(found: PreparedStudy) -> Solved:
    """Solve the allocation of every year.

    Raises
    ------
    NoSplitError
        where the rules of a year, or those between years, contradict each other.
    """
    rules, data = found.numbers.links, {year: found.data(year) for year in found.inputs.years}
    joint = rules.tie and len(data) > 1
    asked = {0: join_years(data, rules)} if joint else data
    allocations = {
        year: found.engine.allocate(numbers) for year, numbers in counted("year_allocation", asked.items())
    }
    frames = [_frames(found, allocation) for allocation in counted("prices", allocations.values())]
    several = [_by_year(frame) if joint else frame for frame in frames]
    keys = None if joint or len(data) == 1 else list(data)
    entitled, caps, prices, parts = (_stacked([f[n] for f in several], keys) for n in range(4))
    losses = {
        year: loss
        for year, allocation in allocations.items()
        if not joint and allocation.data.provinces["block"].nunique() > 1
        if (loss := _loss(found, allocation)) is not None
    }
    return Solved(
        allocations, data, entitled, caps, prices, parts, losses, _worst(list(allocations.values()))
    )


def _loss(found: PreparedStudy, allocation: Allocation) -> GroupingLoss | None:
    """What grouping costs; None where the same rules have no solution with one national block."""
    try:
        return grouping_loss(allocation, found.engine)
    except NoSplitError:
        return None


Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


def _frames(found: PreparedStudy, allocation: Allocation) -> Frames:
    """Provinces, caps, prices and contributions of one solved LP."""
    options = found.engine.options
    provinces = allocation.data.provinces[["entitlement_mt", "emissions_mt", "floor_mt", "ceiling_mt"]]
    entitled = provinces.join(allocation.quantities)
    entitled["value_yuan_per_t"] = allocation.prices["price_yuan_per_t"]["coverage"]
    if found.study.allocation.quota_ranges:
        entitled = entitled.join(quota_ranges(allocation, options))
    sides = cap_sides(allocation, options)
    caps = allocation.data.caps_mt.rename("cap_mt").to_frame()
    caps["price_yuan_per_t"] = allocation.prices["price_yuan_per_t"]["cap"]
    caps = caps.join(sides).join(cap_price_parts(allocation.first).add_prefix("of_it_"))
    price, quota = allocation.prices["price_yuan_per_t"], allocation.quantities["quota_mt"]
    return (
        entitled.rename_axis("code"),
        caps.rename_axis("group"),
        _price_table(allocation, sides),
        contributions(price, quota, allocation.data).rename_axis("code"),
    )


def _price_table(allocation: Allocation, sides: pd.DataFrame) -> pd.DataFrame:
    caps = pd.concat({"cap": sides}).rename_axis(["constraint", "name"])
    every = pd.concat([caps, rule_sides(allocation)]).reindex(allocation.prices.index).astype(object)
    # None is the mark of a side without a price; pandas makes NaN of it.
    return allocation.prices.join(every.where(every.notna(), None))


def _by_year(frames: Frames) -> Frames:
    """Frames of a joint LP, whose labels are ``year:name``, with the year as first level."""
    entitled, caps, prices, parts = frames
    named = [frame.set_axis(year_of(frame.index).set_names(["year", name])) for frame, name in
             ((entitled, "code"), (caps, "group"), (parts, "code"))]  # fmt: skip
    labels = prices.index.get_level_values("name")
    # A market is named after its period, which is the year.
    pairs = year_of(labels.map(lambda label: label if ":" in label else f"{label}:national"))
    arrays_ = [
        pairs.get_level_values("year"),
        prices.index.get_level_values("constraint"),
        pairs.get_level_values("name"),
    ]
    prices = prices.set_axis(pd.MultiIndex.from_arrays(arrays_, names=["year", "constraint", "name"]))
    return named[0], named[1], prices.sort_index(level="year", sort_remaining=False, kind="stable"), named[2]


def _stacked(frames: list[pd.DataFrame], years: list[int] | None) -> pd.DataFrame:
    if years is None:
        return frames[0]
    return pd.concat(dict(zip(years, frames, strict=True)), names=["year", *frames[0].index.names])


def _worst(allocations: list[Allocation]) -> pd.DataFrame:
    every = pd.concat([checks(allocation) for allocation in allocations])
    by_name = every.groupby(level="name", sort=False)
    return by_name.agg({"figure": "max", "passed": "all"})
