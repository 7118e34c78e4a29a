"""Several years in one LP: the years' allocations side by side, tied by what a quota did the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from capshare.model.allocation.data import NO_TIER, AllocationData
from capshare.model.allocation.year_links import BaseYear, YearRules, unit, year_links


def join_years(
    data: Mapping[int, AllocationData], rules: YearRules, base: BaseYear | None = None
) -> AllocationData:
    """One allocation over several years; each keeps its cap and its market.

    Parameters
    ----------
    data : year → its allocation
    rules : what ties the years, by :func:`~capshare.model.allocation.year_links.year_links`
    base : the year that the first one is tied to; None: the first year is free

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
        year_links=year_links(data, rules, base),
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
