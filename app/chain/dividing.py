"""From a year's numbers to what is allocated, on arrays: weights, scores, groups, caps, entitlements."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from capshare.chain.numbers import GroupingNumbers, Numbers
from capshare.chain.rule_table import RuleTable
from capshare.chain.split import split
from capshare.chain.stages.divide import NATIONAL
from capshare.chain.variant import Blocks, Divided
from capshare.chain.year_numbers import IndicatorArrays, YearNumbers, labelled
from capshare.indicators.normalise import min_max_array
from capshare.indicators.score import scores_array
from capshare.indicators.weights import weights_array
from capshare.model.allocation.block_caps import SPLIT_ARRAYS, sums_array
from capshare.model.allocation.data_arrays import (
    AllocationArrays,
    LinkArrays,
    Names,
    TargetArrays,
    share_of_emissions,
)
from capshare.model.allocation.entitlement import entitlement_arrays
from capshare.model.allocation.projection import project_arrays, room_problems
from capshare.model.groups.best_of_starts import best_of_starts
from capshare.model.groups.kmeans import ranks_by_score, roman
from capshare.solvers.program import Vector


class _RefusedError(Exception):
    """The numbers are for the labelled chain to judge."""


class _Grouped(NamedTuple):
    """Weights, scores and groups, and the numbers that they are of."""

    indicators: IndicatorArrays
    grouping: GroupingNumbers
    weight: Vector
    score: Vector
    group: Names


class Dividing:
    """What is allocated in a year as a function of its numbers.

    Weights and groups are kept while the numbers behind them are the same objects: once for all years.

    Parameters
    ----------
    numbers : of the study that the years are of
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._codes = numbers.emissions_mt.index.sort_values()
        self._tables: dict[int, RuleTable] = {}
        self._grouped: _Grouped | None = None

    def __call__(self, numbers: YearNumbers) -> Divided:
        """Weigh, group and divide; numbers that do not fit together go through the labelled chain.

        Parameters
        ----------
        numbers : of one year

        Raises
        ------
        CapshareError
            where the numbers do not fit together.
        """
        try:
            return self._divided(numbers)
        except _RefusedError:
            return self._divided_with_labels(numbers)

    def _divided(self, numbers: YearNumbers) -> Divided:
        kept = self._grouped
        if kept is None or (
            kept.indicators is not numbers.indicators or kept.grouping is not numbers.grouping
        ):
            kept = self._grouped = self._group(numbers)
        if numbers.scope == "national":
            blocks = Blocks((NATIONAL,), np.zeros(len(kept.score), dtype=np.intp))
        else:
            names, position = np.unique(kept.group, return_inverse=True)
            blocks = Blocks(tuple(names), position)
        allocated = self._allocated(numbers, kept.score, kept.group, blocks)
        return Divided(kept.weight, kept.score, kept.group, blocks, allocated)

    def _divided_with_labels(self, numbers: YearNumbers) -> Divided:
        """The same by the labelled chain, which says what is wrong, or finds that rounding alone was."""
        found = split(labelled(numbers, self._numbers))
        data, weighed = found.data(), found.weighed
        return Divided(
            weighed.weight.to_numpy(dtype=float),
            weighed.score.reindex(self._codes).to_numpy(dtype=float),
            found.blocks.group.reindex(self._codes).to_numpy(dtype=object),
            Blocks(tuple(data.caps_mt.index), data.arrays.block),
            data.arrays,
        )

    def _group(self, numbers: YearNumbers) -> _Grouped:
        indicators, asked = numbers.indicators, numbers.grouping
        if not np.isfinite(indicators.values).all():
            raise _RefusedError
        z = min_max_array(indicators.values, indicators.less)
        weight = weights_array(z, indicators.weighting, indicators.given_weight)
        if not np.isfinite(weight).all():
            raise _RefusedError
        score = scores_array(z, weight)
        if asked.method == "kmeans":
            points = z * weight if asked.on == "weighted" else z
            # More groups than provinces that differ leave one empty.
            if not 1 <= asked.k <= len(points):
                raise _RefusedError
            label = best_of_starts(points, asked.k, asked.seed, asked.restarts).label
            if np.bincount(label, minlength=asked.k).min() == 0:
                raise _RefusedError
            names = np.array([roman(place) for place in range(1, asked.k + 1)], dtype=object)
            group = names[ranks_by_score(label, score)]
        elif asked.given is not None:
            group = asked.given.reindex(self._codes).astype(str).to_numpy(dtype=object)
        else:
            group = np.full(len(score), NATIONAL, dtype=object)
        for code, name in asked.moved.items():
            group[self._codes.get_loc(code)] = name
        return _Grouped(indicators, asked, weight, score, group)

    def _allocated(
        self, numbers: YearNumbers, score: Vector, group: Names, blocks: Blocks
    ) -> AllocationArrays:
        steps, plan = numbers.steps, numbers.sharing.targets
        used = (numbers.floor_mt, numbers.baseline_mt, steps.size_mt, steps.cost_yuan_per_t)
        if not all(np.isfinite(values).all() for values in (*used, numbers.divided_mt)):
            raise _RefusedError
        if plan is not None and not plan.is_usable:
            raise _RefusedError
        n, low, high = len(score), numbers.floor_mt, numbers.ceiling_mt
        offset = np.zeros(n) if plan is None else plan.offset_mt(score)
        caps = self._caps(numbers, score, blocks)
        share = self._share(numbers, score, group)
        members = [np.flatnonzero(blocks.position == place) for place in range(len(blocks.names))]
        names = self._codes.to_numpy()
        if not np.isfinite(share).all() or any(
            room_problems(
                "", names[at], share[at], cap - offset[at].sum(), low[at] - offset[at], high[at] - offset[at]
            )
            for at, cap in zip(members, caps, strict=True)
        ):
            raise _RefusedError
        base = numbers.emissions_mt
        growth = np.divide(numbers.baseline_mt, base, out=np.ones_like(base), where=base > 0)
        return AllocationArrays(
            provinces=self._codes,
            block=blocks.position,
            market=np.zeros(n, dtype=np.intp),
            emissions_mt=numbers.baseline_mt,
            floor_mt=low,
            ceiling_mt=high,
            purchase_limit_mt=share_of_emissions(numbers.baseline_mt, numbers.limits.trade_limit),
            entitled=entitlement_arrays(share, members, caps, low, high, offset),
            caps_mt=caps,
            steps=steps._replace(size_mt=steps.size_mt * growth[steps.province]),
            rules=numbers.rules,
            limits=numbers.limits,
            links=LinkArrays.none(),
            targets=TargetArrays.none(n) if plan is None else plan.rows(group),
        )

    def _share(self, numbers: YearNumbers, score: Vector, group: Names) -> Vector:
        if numbers.year not in self._tables:
            self._tables[numbers.year] = RuleTable(self._numbers.sharing)
        made = {"score": score, "group": group, "price_yuan_per_t": numbers.price_yuan_per_t}
        sharing = numbers.sharing
        return self._tables[numbers.year].quota(sharing.columns, made, numbers.divided_mt, sharing.parameters)

    def _caps(self, numbers: YearNumbers, score: Vector, blocks: Blocks) -> Vector:
        asked, place = numbers.grouping, blocks.position
        if asked.split == "given" and asked.given_share is not None:
            shares = {NATIONAL: 1.0} if numbers.scope == "national" else asked.given_share
            if set(shares) != set(blocks.names):
                raise _RefusedError
            weight = np.array([shares[name] for name in blocks.names], dtype=float)
        else:
            weight = SPLIT_ARRAYS[asked.split](score, place)
        low, high = sums_array(numbers.floor_mt, place), sums_array(numbers.ceiling_mt, place)
        names = np.array(blocks.names, dtype=object)
        if room_problems("", names, weight, numbers.divided_mt, low, high):
            raise _RefusedError
        caps = project_arrays(weight, numbers.divided_mt, low, high).amount_mt
        if not (caps > 0).all():
            raise _RefusedError
        return caps
