"""The split of one set of numbers, up to what is solved; a variant keeps what did not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.chain.numbers import Numbers, SharingNumbers
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
        return allocation_of(self.numbers, self.blocks, self.share(year, sharing), year)


def split(numbers: Numbers, like: Split | None = None) -> Split:
    """Follow the chain from the indicators to the blocks' caps.

    Parameters
    ----------
    numbers : of a study, or a variant of them
    like : another split; its scores and groups are kept where they come from the same objects

    Returns
    -------
    Split

    Raises
    ------
    CapshareError
        where the numbers do not fit together.
    """
    before = like.numbers if like else None
    same_scores = before is not None and numbers.indicators is before.indicators
    weighed = like.weighed if like and same_scores else weigh(numbers.indicators)
    same_groups = same_scores and before is not None and numbers.grouping is before.grouping
    groups = like.groups if like and same_groups else find_groups(numbers.grouping, weighed)
    return Split(numbers, weighed, groups, divide(numbers, weighed, groups))
