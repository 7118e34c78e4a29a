"""Variants of one year's split by the thousand: the whole chain on arrays, its programmes held."""

from __future__ import annotations

import numpy as np

from capshare.chain.numbers import Numbers
from capshare.chain.rule_table import RuleTable
from capshare.chain.split import split
from capshare.chain.stages.divide import NATIONAL
from capshare.chain.variant import Blocks, Divided, Names, Variant
from capshare.chain.year_numbers import YearNumbers, labelled, year_numbers
from capshare.indicators.normalise import min_max_array
from capshare.indicators.score import scores_array
from capshare.indicators.weights import weights_array
from capshare.model.allocation.arrays import ArrayProgramme
from capshare.model.allocation.block_caps import SPLIT_ARRAYS, sums_array
from capshare.model.allocation.data_arrays import (
    AllocationArrays,
    LinkArrays,
    TargetArrays,
    share_of_emissions,
)
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.entitlement import entitlement_arrays
from capshare.model.allocation.prices import price_array, priced
from capshare.model.allocation.projection import project_arrays, room_problems
from capshare.model.allocation.two_stages import (
    closest_value,
    quantities,
    told_without_optimum,
)
from capshare.model.groups.best_of_starts import best_of_starts
from capshare.model.groups.kmeans import ranks_by_score, roman
from capshare.solvers.highs import solve
from capshare.solvers.program import Vector


class _RefusedError(Exception):
    """The numbers are for the labelled chain to judge."""


class Variants:
    """The split of one year of a study as a function of its numbers.

    The formulas are those of the labelled chain, on arrays; so are the results. Numbers that do not fit
    together go through the labelled chain, whose message says why. Years that are tied are for
    :func:`capshare.chain.solve.solve_years`.

    Parameters
    ----------
    numbers : of a study
    engine : solves, and holds the programmes; not for several threads at once
    year : one of the study's; by default the last

    Raises
    ------
    ValueError
        where the year is tied to others, quotas are cuts, or a constraint has no array builder.
    """

    def __init__(self, numbers: Numbers, engine: Engine, year: int | None = None) -> None:
        if numbers.year_rules.tie:
            raise ValueError("years that are tied are solved together, by solve_years")
        if numbers.sharing.targets is not None:
            raise ValueError("quotas that are cuts go through split and solve_years")
        self._numbers, self._engine = numbers, engine
        self._codes = numbers.emissions_mt.index.sort_values()
        self._table = RuleTable(numbers.sharing)
        self._programmes: dict[tuple[object, ...], ArrayProgramme] = {}
        self.base = year_numbers(numbers, numbers.years[-1] if year is None else year)

    def solve(self, numbers: YearNumbers) -> Variant:
        """Weigh, group, divide and allocate.

        Parameters
        ----------
        numbers : :attr:`base` with changes

        Raises
        ------
        NoSplitError
            where the rules contradict each other.
        CapshareError
            where the numbers do not fit together.
        """
        try:
            divided = self._divided(numbers)
        except _RefusedError:
            divided = self._divided_with_labels(numbers)
        allocated, options = divided.allocated, self._engine.options
        program = self._programme(numbers, divided.blocks).of(allocated)
        with told_without_optimum():
            first = solve(program, options)
        found = quantities(closest_value(first, allocated, options), program, allocated)
        prices = {record.name: price_array(first, [record]) for record in priced(program)}
        return Variant(*divided, found, prices, first)

    def labelled(self, numbers: YearNumbers) -> Numbers:
        """The same numbers for the labelled chain, of this year alone.

        Parameters
        ----------
        numbers : a variant's
        """
        return labelled(numbers, self._numbers)

    def _divided(self, numbers: YearNumbers) -> Divided:
        indicators = numbers.indicators
        if not np.isfinite(indicators.values).all():
            raise _RefusedError
        z = min_max_array(indicators.values, indicators.less)
        weight = weights_array(z, indicators.weighting, indicators.given_weight)
        if not np.isfinite(weight).all():
            raise _RefusedError
        score = scores_array(z, weight)
        group, blocks = self._groups(numbers, z, weight, score)
        return Divided(weight, score, group, blocks, self._allocated(numbers, score, group, blocks))

    def _divided_with_labels(self, numbers: YearNumbers) -> Divided:
        """The same by the labelled chain, which says what is wrong, or finds that rounding alone was."""
        found = split(self.labelled(numbers))
        data, weighed = found.data(), found.weighed
        return Divided(
            weighed.weight.to_numpy(dtype=float),
            weighed.score.reindex(self._codes).to_numpy(dtype=float),
            found.blocks.group.reindex(self._codes).to_numpy(dtype=object),
            Blocks(tuple(data.caps_mt.index), data.arrays.block),
            data.arrays,
        )

    def _groups(self, numbers: YearNumbers, z: Vector, weight: Vector, score: Vector) -> tuple[Names, Blocks]:
        asked = numbers.grouping
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
        if numbers.scope == "national":
            return group, Blocks((NATIONAL,), np.zeros(len(score), dtype=np.intp))
        block, position = np.unique(group, return_inverse=True)
        return group, Blocks(tuple(block), position)

    def _allocated(
        self, numbers: YearNumbers, score: Vector, group: Names, blocks: Blocks
    ) -> AllocationArrays:
        steps = numbers.steps
        used = (numbers.floor_mt, numbers.baseline_mt, steps.size_mt, steps.cost_yuan_per_t)
        if not all(np.isfinite(values).all() for values in (*used, numbers.divided_mt)):
            raise _RefusedError
        caps = self._caps(numbers, score, blocks)
        made = {"score": score, "group": group, "price_yuan_per_t": numbers.price_yuan_per_t}
        share = self._table.quota(numbers.sharing_columns, made, numbers.divided_mt)
        low, high = numbers.floor_mt, numbers.ceiling_mt
        members = [np.flatnonzero(blocks.position == place) for place in range(len(blocks.names))]
        if not np.isfinite(share).all() or any(
            room_problems("", self._codes.to_numpy()[at], share[at], cap, low[at], high[at])
            for at, cap in zip(members, caps, strict=True)
        ):
            raise _RefusedError
        base = numbers.emissions_mt
        growth = np.divide(numbers.baseline_mt, base, out=np.ones_like(base), where=base > 0)
        return AllocationArrays(
            provinces=self._codes,
            block=blocks.position,
            market=np.zeros(len(score), dtype=np.intp),
            emissions_mt=numbers.baseline_mt,
            floor_mt=low,
            ceiling_mt=high,
            purchase_limit_mt=share_of_emissions(numbers.baseline_mt, numbers.limits.trade_limit),
            entitled=entitlement_arrays(share, members, caps, low, high),
            caps_mt=caps,
            steps=steps._replace(size_mt=steps.size_mt * growth[steps.province]),
            rules=numbers.rules,
            limits=numbers.limits,
            links=LinkArrays.none(),
            targets=TargetArrays.none(len(score)),
        )

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

    def _programme(self, numbers: YearNumbers, blocks: Blocks) -> ArrayProgramme:
        """The programme of the shape, which may have other provinces in the blocks."""
        limited = bool(np.isfinite(numbers.limits.max_deviation))
        shape = (blocks.names, limited, numbers.rules.is_least.tobytes())
        if shape not in self._programmes:
            programme = self._engine.programme(split(self.labelled(numbers)).data())
            if not isinstance(programme, ArrayProgramme):
                raise ValueError("a constraint has no array builder")
            self._programmes[shape] = programme
        return self._programmes[shape]
