"""The split of one set of numbers, up to what is solved; a variant keeps what did not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd

from capshare.chain.numbers import GroupingNumbers, IndicatorNumbers, Numbers, SharingNumbers
from capshare.chain.stages.allocation import allocation_of
from capshare.chain.stages.divide import Blocks, Groups, divide, find_groups
from capshare.chain.stages.share import raw_share
from capshare.chain.stages.weigh import Weighed, weigh
from capshare.model.allocation.data import AllocationData


@dataclass(frozen=True)
class Split:
    """What the chain makes of its numbers before anything is solved.

    Attributes
    ----------
    numbers : what it is made of
    weighed : normalised indicators, weights and scores
    groups : of the provinces
    blocks : with their caps
    """

    numbers: Numbers
    weighed: Weighed
    groups: Groups
    blocks: Blocks

    @property
    def derived(self) -> Mapping[str, pd.Series]:
        """Columns for the rules that the chain makes, index code."""
        return {
            "score": self.weighed.score,
            "group": self.blocks.group,
            "price_yuan_per_t": self.numbers.price_yuan_per_t,
        }

    def share(self, year: int, sharing: SharingNumbers | None = None) -> pd.Series:
        """What entitlements inside a block are in proportion to in a year, index code, Mt CO2.

        Parameters
        ----------
        year : one of the study's
        sharing : another rule than the study's own
        """
        return raw_share(self.numbers, self.derived, year, sharing)

    def data(self, year: int | None = None, sharing: SharingNumbers | None = None) -> AllocationData:
        """Numbers of one year's allocation.

        Parameters
        ----------
        year : one of the study's; by default the last
        sharing : another rule inside the blocks than the study's
        """
        year = self.numbers.years[-1] if year is None else year
        return allocation_of(self.numbers, self.blocks, self.share(year, sharing), self.weighed.score, year)


def split(numbers: Numbers, like: Split | None = None) -> Split:
    """Follow the chain from the indicators to the blocks' caps.

    Parameters
    ----------
    numbers : of a study, or a variant of them
    like : another split; its scores and groups are kept where the numbers behind them are the same

    Returns
    -------
    Split

    Raises
    ------
    CapshareError
        where the numbers do not fit together.
    """
    same_scores = like is not None and _same(numbers.indicators, like.numbers.indicators)
    weighed = like.weighed if like and same_scores else weigh(numbers.indicators)
    same_groups = same_scores and like is not None and _same(numbers.grouping, like.numbers.grouping)
    groups = like.groups if like and same_groups else find_groups(numbers.grouping, weighed)
    if like and same_groups and _same_amounts(numbers, like.numbers):
        return Split(numbers, weighed, groups, like.blocks)
    return Split(numbers, weighed, groups, divide(numbers, weighed, groups))


def _same_amounts(numbers: Numbers, before: Numbers) -> bool:
    """Whether the same cap is divided between the same bounds, in blocks of the same kind."""
    same = all(getattr(numbers, name) is getattr(before, name) for name in ("floor_mt", "ceiling_mt"))
    return same and numbers.divided_mt.equals(before.divided_mt) and numbers.scope == before.scope


def _same(part: IndicatorNumbers | GroupingNumbers, before: IndicatorNumbers | GroupingNumbers) -> bool:
    """Whether a part of the numbers is what it was: its frames the same objects, all else equal."""
    pairs = [(getattr(part, field.name), getattr(before, field.name)) for field in fields(part)]
    return all(
        now is then or (not isinstance(now, pd.DataFrame | pd.Series) and bool(now == then))
        for now, then in pairs
    )
