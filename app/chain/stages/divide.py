"""From scores to blocks: provinces grouped, the cap of every year divided between the blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.chain.numbers import GroupingNumbers, Numbers
from capshare.chain.stages.weigh import Weighed
from capshare.model.allocation.block_caps import SPLITS, block_caps, given_shares
from capshare.model.allocation.projection import Projection
from capshare.model.groups.kmeans import Grouping, kmeans

# The one block where the cap is not divided between groups.
NATIONAL = "all"


@dataclass(frozen=True)
class Groups:
    """How the provinces are grouped.

    Attributes
    ----------
    group : index code, name of the group
    grouping : what k-means says of the groups, where it made them
    """

    group: pd.Series
    grouping: Grouping | None


@dataclass(frozen=True)
class Blocks:
    """How the provinces are grouped and the cap is divided.

    Attributes
    ----------
    group : index code
    block : index code; the group, or ``all`` in a national scope
    weight : index block; what the caps are in proportion to
    caps : year → the blocks' caps, Mt CO2
    grouping : what k-means says of the groups, where it made them
    """

    group: pd.Series
    block: pd.Series
    weight: pd.Series
    caps: Mapping[int, Projection]
    grouping: Grouping | None


def find_groups(grouping: GroupingNumbers, weighed: Weighed) -> Groups:
    """Group the provinces.

    Parameters
    ----------
    grouping : method and its numbers
    weighed : normalised indicators, weights and scores

    Raises
    ------
    CapshareError
        where k-means cannot form so many groups.
    """
    if grouping.method == "kmeans":
        points = weighed.normalised
        points = points * weighed.weight if grouping.on == "weighted" else points
        found = kmeans(points, weighed.score, grouping.k, grouping.seed, grouping.restarts)
        return Groups(_moved(found.group, grouping.moved), found)
    if grouping.given is not None:
        return Groups(_moved(grouping.given.astype(str), grouping.moved), None)
    return Groups(pd.Series(NATIONAL, index=weighed.score.index, name="group"), None)


def _moved(group: pd.Series, moved: Mapping[str, str]) -> pd.Series:
    """The groups, but for provinces that the study puts into another."""
    if not moved:
        return group
    names = [moved.get(str(code), name) for code, name in group.items()]
    return pd.Series(names, index=group.index, name=group.name)


def divide(numbers: Numbers, weighed: Weighed, groups: Groups) -> Blocks:
    """Divide the cap of every year between the blocks.

    Parameters
    ----------
    numbers : scope, split, caps and bounds
    weighed : scores of the provinces
    groups : of the provinces

    Raises
    ------
    CapshareError
        where given shares do not fit the groups, or bounds leave no room for a cap.
    """
    national = numbers.scope == "national"
    group = groups.group
    block = pd.Series(NATIONAL, index=group.index, name="block") if national else group.rename("block")
    weight = _block_weight(numbers, block, weighed.score)
    floors, ceilings = (bound.groupby(block).sum() for bound in (numbers.floor_mt, numbers.ceiling_mt))
    caps = {
        year: block_caps(weight, float(numbers.divided_mt[year]), floors[year], ceilings[year])
        for year in numbers.years
    }
    _require_caps(caps)
    return Blocks(group, block, weight, caps, groups.grouping)


def _require_caps(caps: Mapping[int, Projection]) -> None:
    """Refuse a group that gets nothing: there is no price of a tonne that nobody has."""
    empty = {year: found.amount_mt.index[found.amount_mt <= 0] for year, found in caps.items()}
    problems = [
        Problem("study", "groups", f"a part of the cap of {year} for every group",
                f"none for {', '.join(f'group {name}' for name in names)}, whose weight and floors are 0",
                "Give its provinces a floor, choose other groups or indicators, or allocation.scope = "
                '"national".')
        for year, names in empty.items() if len(names)
    ]  # fmt: skip
    if problems:
        raise CapshareError(problems)


def _block_weight(numbers: Numbers, block: pd.Series, score: pd.Series) -> pd.Series:
    split, given = numbers.grouping.split, numbers.grouping.given_share
    if split != "given" or given is None:
        return SPLITS[split](score, block)
    return given_shares({NATIONAL: 1.0} if numbers.scope == "national" else given, block)
