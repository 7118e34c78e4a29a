"""Several years in one LP: the years' allocations side by side, tied by what a quota did the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import pandas as pd

from capshare.model.allocation.data import NO_TIER, AllocationData
from capshare.model.allocation.limits import YearLinks


@dataclass(frozen=True)
class YearRules:
    """What ties the years.

    Attributes
    ----------
    max_yearly_change : largest change of a province's quota from year to year, share; None: any
    carry_limit : unused quota that may leave a year, as a share of its emissions; None: no carry-over
    expiry_years : years after which carried quota lapses
    """

    max_yearly_change: float | None = None
    carry_limit: float | None = None
    expiry_years: int = 1

    @property
    def tie(self) -> bool:
        """Whether anything ties the years."""
        return self.max_yearly_change is not None or self.carry_limit is not None


def unit(year: int, name: str) -> str:
    """Label of a province, block or rule in one year of a joint allocation.

    Parameters
    ----------
    year, name : of the part
    """
    return f"{year}:{name}"


def join_years(data: Mapping[int, AllocationData], rules: YearRules) -> AllocationData:
    r"""One allocation over several years.

    .. math:: (1-s)^{t-t'}x_{it'}\le x_{it}\le(1+s)^{t-t'}x_{it'},\qquad
              \sum_{t''} k_{itt''}\le L\,E_{it}

    with :math:`t'` the year before in the study, and :math:`k_{itt''}` quota of year t used in
    :math:`t<t''\le t+` expiry. Each year keeps its cap and its market.

    Parameters
    ----------
    data : year → its allocation
    rules : what ties the years

    Returns
    -------
    AllocationData; provinces, blocks and rules are labelled ``year:name``
    """
    years = sorted(data)
    parts = {year: _renamed(data[year], year) for year in years}
    provinces = pd.concat([part.provinces for part in parts.values()])
    first = parts[years[0]]
    penalty = max(part.limits.penalty_yuan_per_t for part in parts.values())
    return replace(
        first,
        provinces=provinces,
        caps_mt=pd.concat([part.caps_mt for part in parts.values()]),
        steps=pd.concat([part.steps for part in parts.values()]),
        rules=pd.concat([part.rules for part in parts.values()]),
        rule_weight=_every_unit([part.rule_weight for part in parts.values()], provinces.index),
        limits=replace(first.limits, penalty_yuan_per_t=penalty),
        year_links=YearLinks(_smoothing(data, years, rules), *_carries(data, years, rules)),
    )


def year_of(labels: pd.Index) -> pd.MultiIndex:
    """Labels ``year:name`` of a joint allocation as an index (year, name).

    Parameters
    ----------
    labels : made by :func:`unit`
    """
    pairs = [str(label).split(":", 1) for label in labels]
    return pd.MultiIndex.from_tuples([(int(year), name) for year, name in pairs], names=["year", "name"])


def _renamed(data: AllocationData, year: int) -> AllocationData:
    name = partial(unit, year)

    def in_year(tier: str) -> str:
        return name(tier) if tier != NO_TIER else tier

    provinces = data.provinces.rename(index=name)
    return replace(
        data,
        provinces=provinces.assign(
            block=provinces["block"].map(name), period=str(year), tier=provinces["tier"].map(in_year)
        ),
        caps_mt=data.caps_mt.rename(index=name),
        steps=data.steps.rename(index=name, level=0),
        rules=data.rules.rename(index=name),
        rule_weight=data.rule_weight.rename(index=name),
    )


def _every_unit(weights: list[pd.Series], units: pd.Index) -> pd.Series:
    """Coefficients of each year's rules on the units of all years: 0 in the other years."""
    table = pd.concat(weights).unstack().reindex(columns=units).fillna(0.0)
    index = pd.MultiIndex.from_product([table.index, units], names=["rule", "code"])
    return pd.Series(table.to_numpy().ravel(), index=index, name="rule_weight")


def _smoothing(data: Mapping[int, AllocationData], years: list[int], rules: YearRules) -> pd.DataFrame:
    """Later quotas as multiples of the earlier."""
    change = rules.max_yearly_change
    if change is None:
        return YearLinks.none().smoothing
    parts = []
    for before, year in pairwise(years):
        codes, gap = data[year].provinces.index, year - before
        part = pd.DataFrame(
            {"earlier": codes.map(partial(unit, before))}, index=codes.map(partial(unit, year))
        )
        parts.append(part.assign(most=(1 + change) ** gap, least=(1 - change) ** gap))
    return pd.concat(parts) if parts else YearLinks.none().smoothing


def _carries(
    data: Mapping[int, AllocationData], years: list[int], rules: YearRules
) -> tuple[pd.MultiIndex, pd.Series]:
    """Pairs of years between which quota may be carried, and how much may leave a year."""
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
