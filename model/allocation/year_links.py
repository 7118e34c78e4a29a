"""What ties the years of a joint allocation: each to the one before, the first to the base year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.limits import NO_YEAR_BEFORE, YearLinks

# Labels of the provinces in a year, in the one before it, and how many years lie between.
Tie = tuple[pd.Index, pd.Index, int]


@dataclass(frozen=True)
class YearRules:
    """What ties the years.

    Attributes
    ----------
    max_yearly_change : largest change of a province's quota from year to year, share; None: any
    carry_limit : unused quota that may leave a year, as a share of its emissions; None: no carry-over
    expiry_years : years after which carried quota lapses
    max_abatement_change : how much more or less a province may abate than the year before, as a share of its
        emissions of the base year; None: any
    base_year : which the first year is tied to as well; None: the first year is free
    """

    max_yearly_change: float | None = None
    carry_limit: float | None = None
    expiry_years: int = 1
    max_abatement_change: float | None = None
    base_year: int | None = None

    @property
    def tie(self) -> bool:
        """Whether anything ties the years."""
        limits = (self.max_yearly_change, self.carry_limit, self.max_abatement_change)
        return any(limit is not None for limit in limits)


@dataclass(frozen=True, eq=False)
class BaseYear:
    """The year before the first, in which quotas were emissions and nothing was abated yet.

    Attributes
    ----------
    year : of the emissions
    emissions_mt : index code, Mt CO2
    """

    year: int
    emissions_mt: pd.Series


def unit(year: int, name: str) -> str:
    """Label of a province, block or rule in one year of a joint allocation.

    Parameters
    ----------
    year, name : of the part
    """
    return f"{year}:{name}"


def year_links(data: Mapping[int, AllocationData], rules: YearRules, base: BaseYear | None) -> YearLinks:
    r"""What ties the years, from the rules for them.

    .. math:: (1-s)^{n}x_{it'}\le x_{it}\le(1+s)^{n}x_{it'},\qquad
              \Bigl|\sum_s a_{ist}-\sum_s a_{ist'}\Bigr|\le n\,r\,E_{ib},\qquad
              \sum_{t''} k_{itt''}\le L\,E_{it}

    Parameters
    ----------
    data : year → its allocation
    rules : s, r, L and after how many years carried quota lapses
    base : b, which the first year is tied to where it lies before it; None: the first year is free

    Raises
    ------
    ValueError
        where a change of abatement is limited without the base year, whose emissions it is a share of.
    """
    ties, change, ramp = _ties(data, base), rules.max_yearly_change, rules.max_abatement_change
    none = YearLinks.none()
    return YearLinks(
        none.smoothing if change is None else _smoothing(ties, change, base),
        *_carries(data, rules),
        none.ramp if ramp is None else _ramp(ties, ramp, base),
    )


def _ties(data: Mapping[int, AllocationData], base: BaseYear | None) -> list[Tie]:
    years = sorted(data)
    codes = data[years[0]].provinces.index
    ties: list[Tie] = []
    if base is not None and base.year < years[0]:
        nothing = pd.Index([NO_YEAR_BEFORE] * len(codes), dtype=object)
        ties.append((codes.map(partial(unit, years[0])), nothing, years[0] - base.year))
    for before, year in pairwise(years):
        ties.append((codes.map(partial(unit, year)), codes.map(partial(unit, before)), year - before))
    return ties


def _smoothing(ties: list[Tie], change: float, base: BaseYear | None) -> pd.DataFrame:
    """Bounds of later quotas as multiples of the earlier, or of the base year's emissions."""
    parts = []
    for later, earlier, gap in ties:
        start = _of_base(later, base).where(earlier == NO_YEAR_BEFORE, 0.0)
        bounds = {"years": gap, "most": (1 + change) ** gap, "least": (1 - change) ** gap}
        parts.append(pd.DataFrame({"earlier": earlier, "start_mt": start, **bounds}, index=later))
    return pd.concat(parts) if parts else YearLinks.none().smoothing


def _ramp(ties: list[Tie], change: float, base: BaseYear | None) -> pd.DataFrame:
    """How far later abatement may lie from the earlier."""
    if base is None:
        raise ValueError("the base year, of whose emissions the change of abatement is a share")
    parts = [
        pd.DataFrame({"earlier": earlier, "most_mt": gap * change * _of_base(later, base)}, index=later)
        for later, earlier, gap in ties
    ]
    return pd.concat(parts) if parts else YearLinks.none().ramp


def _of_base(later: pd.Index, base: BaseYear | None) -> pd.Series:
    """Emissions of the base year of the provinces that labels ``year:code`` are of, Mt."""
    if base is None:
        return pd.Series(0.0, index=later)
    codes = [str(label).partition(":")[2] for label in later]
    return base.emissions_mt.loc[codes].set_axis(later).astype(float)


def _carries(data: Mapping[int, AllocationData], rules: YearRules) -> tuple[pd.MultiIndex, pd.Series]:
    """Pairs of years between which quota may be carried, and how much may leave a year."""
    years = sorted(data)
    pairs = [
        (unit(start, code), unit(end, code))
        for start in years
        for end in years
        if rules.carry_limit is not None and start < end <= start + rules.expiry_years
        for code in data[start].provinces.index
    ]
    if not pairs:
        return YearLinks.none().carries, YearLinks.none().carry_limit_mt
    carries = pd.MultiIndex.from_tuples(pairs, names=["start", "end"])
    emissions = pd.concat(
        [data[year].provinces["emissions_mt"].rename(index=partial(unit, year)) for year in years]
    )
    share = 0.0 if rules.carry_limit is None else rules.carry_limit
    return carries, emissions.reindex(carries.unique("start")) * share
