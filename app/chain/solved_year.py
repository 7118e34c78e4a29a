"""One year of a study's split, solved with as little beside it as can be."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations, solve_years
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.data import AllocationData
from capshare.solvers.conflict import is_feasible


@dataclass(frozen=True)
class SolvedYear:
    """The split of one year.

    Attributes
    ----------
    year : of the study
    provinces : index code; ``entitlement_mt, emissions_mt`` and what was found, as of
        :class:`~capshare.model.allocation.allocate.Allocation`
    caps : index group; ``cap_mt, price_yuan_per_t``
    prices : index (constraint, name); ``price_yuan_per_t, binding``
    data : what was allocated
    allocation : as it was solved; of all years where they are tied
    """

    year: int
    provinces: pd.DataFrame
    caps: pd.DataFrame
    prices: pd.DataFrame
    data: AllocationData
    allocation: Allocation


def solve_year(found: PreparedStudy, year: int | None = None) -> SolvedYear:
    """Solve one year, alone where no rule ties it to others.

    Parameters
    ----------
    found : the chain of a study
    year : one of its years; by default the last

    Raises
    ------
    NoSplitError
        where the rules of the year, or those between years, contradict each other.
    """
    year = found.inputs.years[-1] if year is None else year
    if found.numbers.year_rules.tie:
        return _of_years(solve_years(found, sides=False, losses=False), year)
    data = found.data(year)
    allocation = found.engine.allocate(data)
    caps = pd.DataFrame({"cap_mt": data.caps_mt, "price_yuan_per_t": _of_caps(allocation)}).rename_axis(
        "group"
    )
    own = {name: data.provinces[name] for name in ("entitlement_mt", "emissions_mt")}
    provinces = allocation.quantities.assign(**own)
    return SolvedYear(year, provinces, caps, allocation.prices, data, allocation)


def others_have_splits(found: PreparedStudy, year: int) -> bool:
    """Whether every other year has a split: without one a run has no outcome either.

    Entitlements keep to cap, bounds and distance, and what lacks may stay uncovered: nothing but tiers that
    are bound to one cut and planners' own rules can leave a year without a split. Tied years are solved
    together.

    Parameters
    ----------
    found : the chain of a study
    year : the one that is known to have one
    """
    numbers, targets = found.numbers, found.numbers.sharing.targets
    bound = targets is not None and targets.bind
    if numbers.year_rules.tie:
        return True
    asked = [one for one in numbers.years if one != year and (bound or numbers.constraints[one])]
    return all(is_feasible(arrays(found.data(one))) for one in asked)


def _of_caps(allocation: Allocation) -> pd.Series:
    """Prices of the blocks' caps, yuan/t; looking one up in the index takes as long as solving."""
    constraint, block = (allocation.prices.index.get_level_values(level) for level in ("constraint", "name"))
    own = constraint == "cap"
    return pd.Series(allocation.prices["price_yuan_per_t"].to_numpy()[own], index=block[own])


def _of_years(solved: YearlyAllocations, year: int) -> SolvedYear:
    [allocation] = solved.allocations.values()
    return SolvedYear(
        year,
        in_year(solved.entitled, year),
        in_year(solved.caps, year),
        in_year(solved.prices, year),
        solved.data[year],
        allocation,
    )
