"""Variants of a study whose years are tied: the years divided one by one and solved as one, on arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from capshare.chain.dividing import Dividing
from capshare.chain.numbers import Numbers
from capshare.chain.split import split
from capshare.chain.variant import Divided, Variant
from capshare.chain.variants import require_arrays, shape_of
from capshare.chain.year_numbers import YearNumbers, labelled, numbers_by_year
from capshare.model.allocation.arrays import ArrayProgramme
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.data_arrays import LinkArrays, Places
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.joined_arrays import joined_arrays
from capshare.model.allocation.solve_arrays import SolvedArrays, solve_arrays
from capshare.model.allocation.two_stages import Quantities
from capshare.model.allocation.years import join_years, year_of
from capshare.solvers.program import Vector


class TiedVariants:
    """The split of all years of a study, tied by its rules, as a function of its numbers.

    Parameters
    ----------
    numbers : of a study; the rules that tie its years stay as they are
    engine : solves, and holds the programmes; not for several threads at once

    Raises
    ------
    ValueError
        where a constraint has no array builder.
    """

    def __init__(self, numbers: Numbers, engine: Engine) -> None:
        self._numbers, self._engine = numbers, engine
        self._dividing = Dividing(numbers)
        self._programmes: dict[tuple[object, ...], _Joint] = {}
        self.base = numbers_by_year(numbers)

    def solve(self, numbers: Sequence[YearNumbers]) -> tuple[Variant, ...]:
        """Weigh, group, divide and allocate.

        Parameters
        ----------
        numbers : :attr:`base` with changes, every year's; parts that the years share are grouped once where
            they are the same objects

        Returns
        -------
        One variant per year; the solution of the first stage is that of all years

        Raises
        ------
        NoSplitError
            where the rules of a year, or those between years, contradict each other.
        CapshareError
            where the numbers do not fit together.
        """
        divided = [self._dividing(year) for year in numbers]
        joint = self._joint(numbers, divided)
        links = joint.links(numbers[0].emissions_mt, divided)
        allocated = joined_arrays([year.allocated for year in divided], joint.provinces, links)
        solved = joint.by_year(solve_arrays(joint.programme, allocated, self._engine.options))
        return tuple(
            Variant(*year, of_it.sharing.targets, *found)
            for year, of_it, found in zip(divided, numbers, solved, strict=True)
        )

    def labelled(self, numbers: Sequence[YearNumbers]) -> tuple[Numbers, ...]:
        """The same numbers for the labelled chain, each year alone.

        Parameters
        ----------
        numbers : a variant's
        """
        return tuple(labelled(year, self._numbers) for year in numbers)

    def _joint(self, numbers: Sequence[YearNumbers], divided: Sequence[Divided]) -> _Joint:
        """The programme of the shape, which may have other provinces in the blocks and tiers."""
        shape = tuple(map(shape_of, numbers, divided))
        if shape not in self._programmes:
            years = {own.years[0]: split(own).data() for own in self.labelled(numbers)}
            base = self.labelled(numbers[:1])[0].base
            data = join_years(years, self._numbers.year_rules, base)
            self._programmes[shape] = _Joint(
                data, require_arrays(self._engine.programme(data)), self._numbers
            )
        return self._programmes[shape]


class _Joint:
    """The programme of all years, and which of its parts are of which year.

    Parameters
    ----------
    data : an allocation of the shape
    programme : its programme
    numbers : of the study, whose rules tie the years
    """

    def __init__(self, data: AllocationData, programme: ArrayProgramme, numbers: Numbers) -> None:
        self.programme = programme
        self.provinces, self._links, self._rules = data.provinces.index, data.arrays.links, numbers.year_rules
        year = year_of(self.provinces).get_level_values("year").to_numpy()
        self._years = list(dict.fromkeys(year.tolist()))
        self._own = [np.flatnonzero(year == own) for own in self._years]
        ramp = self._links.ramp
        before = np.where(ramp.earlier < 0, numbers.year_rules.base_year or 0, year[ramp.earlier])
        self._ramp_years = year[ramp.later] - before
        self._rows: dict[str, list[Places]] = {}

    def links(self, base_mt: Vector, divided: Sequence[Divided]) -> LinkArrays:
        """What ties the years, with the amounts that follow a variant's emissions.

        Parameters
        ----------
        base_mt : emissions of the base year, one per province
        divided : the variant's years
        """
        links, rules, count = self._links, self._rules, len(base_mt)
        start = np.where(links.earlier < 0, base_mt[links.later % count], 0.0)
        limit, most = links.carry_limit_mt, links.ramp.most_mt
        if rules.carry_limit is not None:
            emissions = np.concatenate([year.allocated.emissions_mt for year in divided])
            starting = links.start[np.unique(links.carrier, return_index=True)[1]]
            limit = emissions[starting] * rules.carry_limit
        if rules.max_abatement_change is not None:
            most = self._ramp_years * rules.max_abatement_change * base_mt[links.ramp.later % count]
        ramp = links.ramp._replace(most_mt=most)
        return links._replace(start_mt=start, carry_limit_mt=limit, ramp=ramp)

    def by_year(self, solved: SolvedArrays) -> list[SolvedArrays]:
        """What was found, of each year."""
        rows = {name: self._rows_of(name, solved.first.program.rows[name]) for name in solved[1]}
        return [
            SolvedArrays(
                Quantities(*(values[own] for values in solved.quantities)),
                {name: price[rows[name][place]] for name, price in solved.prices_yuan_per_t.items()},
                solved.first,
            )
            for place, own in enumerate(self._own)
        ]

    def _rows_of(self, name: str, labels: pd.Index) -> list[Places]:
        """Positions of each year's rows of a constraint."""
        if name not in self._rows:
            # A market is named after its period, which is the year.
            year = np.array([int(str(label).split(":", 1)[0]) for label in labels])
            self._rows[name] = [np.flatnonzero(year == own) for own in self._years]
        return self._rows[name]
