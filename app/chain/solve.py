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
from capshare.model.allocation.year_links import YearRules
from capshare.model.allocation.years import join_years, year_of
from capshare.solvers.program import LinearProgram


@dataclass(frozen=True)
class YearlyAllocations:
    """The allocations of all years.

    Attributes
    ----------
    allocations : what was solved: the years it allocates, one or all of them, → allocation
    data : year → numbers of its allocation
    entitled : index (year, code); entitlement and quota of each province with all quantities
    caps : index (year, group); blocks' caps with every price asked for
    prices : index (year, constraint, name); price of every constraint, and, where they were asked for,
        one-sided prices and where they hold
    contributions : index (year, code); to the prices of the caps
    losses : year → what grouping costs; None where not asked for, empty in a national or joint allocation,
        without the years whose rules have no solution with one national block
    checks : figures over all years, the worst of each
    """

    allocations: Mapping[tuple[int, ...], Allocation]
    data: Mapping[int, AllocationData]
    entitled: pd.DataFrame
    caps: pd.DataFrame
    prices: pd.DataFrame
    contributions: pd.DataFrame
    losses: Mapping[int, GroupingLoss] | None
    checks: pd.DataFrame

    def program(self) -> LinearProgram:
        """The LP of all years."""
        if len(self.allocations) == 1:
            return next(iter(self.allocations.values())).first.program
        return arrays(join_years(self.data, YearRules()))


@stage("allocation")
def solve_years(found: PreparedStudy, *, sides: bool = True, losses: bool = True) -> YearlyAllocations:
    """Solve the allocation of every year.

    Parameters
    ----------
    found : the study's chain
    sides : whether to find one-sided prices and where they hold
    losses : whether to solve each year with one national block beside it

    Raises
    ------
    NoSplitError
        where the rules of a year, or those between years, contradict each other.
    """
    rules, data = found.numbers.year_rules, {year: found.data(year) for year in found.inputs.years}
    joint = rules.tie
    wanted: dict[tuple[int, ...], AllocationData] = {(year,): data[year] for year in data}
    if joint:
        wanted = {tuple(data): join_years(data, rules, found.base)}
    allocations = {
        years: found.engine.allocate(numbers) for years, numbers in counted("year_allocation", wanted.items())
    }
    frames = []
    for years, allocation in counted("prices", allocations.items()):
        of_it = _frames(found, allocation, sides)
        frames.append(_by_year(of_it) if joint else _of_year(of_it, years[0]))
    entitled, caps, prices, parts = (pd.concat([each[n] for each in frames]) for n in range(4))
    sought = {} if joint or not losses else allocations
    found_losses = {years[0]: _loss(found, allocation) for years, allocation in sought.items()}
    lost = {year: loss for year, loss in found_losses.items() if loss is not None} if losses else None
    checked = _worst(list(allocations.values()))
    return YearlyAllocations(allocations, data, entitled, caps, prices, parts, lost, checked)


def _loss(found: PreparedStudy, allocation: Allocation) -> GroupingLoss | None:
    """What grouping costs; None without groups, or where the same rules have no national solution."""
    if allocation.data.provinces["block"].nunique() == 1:
        return None
    try:
        return grouping_loss(allocation, found.engine)
    except NoSplitError:
        return None


Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


def _frames(found: PreparedStudy, allocation: Allocation, sides: bool) -> Frames:
    """Provinces, caps, prices and contributions of one solved LP, with one-sided prices where asked for."""
    options = found.engine.options
    provinces = allocation.data.provinces[["entitlement_mt", "emissions_mt", "floor_mt", "ceiling_mt"]]
    entitled = provinces.join(allocation.quantities)
    entitled["value_yuan_per_t"] = allocation.prices["price_yuan_per_t"]["coverage"]
    caps = allocation.data.caps_mt.rename("cap_mt").to_frame()
    caps["price_yuan_per_t"] = allocation.prices["price_yuan_per_t"]["cap"]
    prices = allocation.prices
    if sides:
        of_caps = cap_sides(allocation, options)
        caps, prices = caps.join(of_caps), _with_sides(allocation, of_caps)
    caps = caps.join(cap_price_parts(allocation.first).add_prefix("of_it_"))
    price, quota = allocation.prices["price_yuan_per_t"], allocation.quantities["quota_mt"]
    return (
        entitled.rename_axis("code"),
        caps.rename_axis("group"),
        prices,
        contributions(price, quota, allocation.data).rename_axis("code"),
    )


def _with_sides(allocation: Allocation, sides: pd.DataFrame) -> pd.DataFrame:
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


def _of_year(frames: Frames, year: int) -> Frames:
    """Frames of one year's LP with the year as first level."""
    entitled, caps, prices, parts = (
        pd.concat({year: frame}, names=["year", *frame.index.names]) for frame in frames
    )
    return entitled, caps, prices, parts


def _worst(allocations: list[Allocation]) -> pd.DataFrame:
    every = pd.concat([checks(allocation) for allocation in allocations])
    by_name = every.groupby(level="name", sort=False)
    return by_name.agg({"figure": "max", "passed": "all"})
