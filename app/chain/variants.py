"""Variants of one year's split by the thousand: the whole chain on arrays, its programmes held."""

from __future__ import annotations

import numpy as np

from capshare.chain.dividing import Dividing
from capshare.chain.numbers import Numbers
from capshare.chain.split import split
from capshare.chain.variant import Divided, Variant
from capshare.chain.year_numbers import YearNumbers, labelled, year_numbers
from capshare.model.allocation.arrays import ArrayProgramme
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.solve_arrays import solve_arrays


class Variants:
    """The split of one year of a study as a function of its numbers.

    The formulas are those of the labelled chain, on arrays; so are the results. Numbers that do not fit
    together go through the labelled chain, whose message says why. Years that are tied are for
    :class:`capshare.chain.tied_variants.TiedVariants`.

    Parameters
    ----------
    numbers : of a study
    engine : solves, and holds the programmes; not for several threads at once
    year : one of the study's; by default the last

    Raises
    ------
    ValueError
        where the year is tied to others, or a constraint has no array builder.
    """

    def __init__(self, numbers: Numbers, engine: Engine, year: int | None = None) -> None:
        if numbers.year_rules.tie and len(numbers.years) > 1:
            raise ValueError("years that are tied are solved together, by TiedVariants")
        self._numbers, self._engine = numbers, engine
        self._dividing = Dividing(numbers)
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
        divided = self._dividing(numbers)
        programme = self._programme(numbers, divided)
        solved = solve_arrays(programme, divided.allocated, self._engine.options)
        return Variant(*divided, numbers.sharing.targets, *solved)

    def labelled(self, numbers: YearNumbers) -> Numbers:
        """The same numbers for the labelled chain, of this year alone.

        Parameters
        ----------
        numbers : a variant's
        """
        return labelled(numbers, self._numbers)

    def _programme(self, numbers: YearNumbers, divided: Divided) -> ArrayProgramme:
        """The programme of the shape, which may have other provinces in the blocks and tiers."""
        shape = shape_of(numbers, divided)
        if shape not in self._programmes:
            programme = self._engine.programme(split(self.labelled(numbers)).data())
            self._programmes[shape] = require_arrays(programme)
        return self._programmes[shape]


def shape_of(numbers: YearNumbers, divided: Divided) -> tuple[object, ...]:
    """What a year's programme depends on besides its numbers.

    Parameters
    ----------
    numbers, divided : of one variant
    """
    limited, targets = bool(np.isfinite(numbers.limits.max_deviation)), divided.allocated.targets
    tiers = tuple(np.unique(divided.group)) if len(targets.bound) else ()
    return divided.blocks.names, limited, tiers, numbers.rules.is_least.tobytes()


def require_arrays(programme: object) -> ArrayProgramme:
    """A programme made of arrays.

    Parameters
    ----------
    programme : of an engine

    Raises
    ------
    ValueError
        where a constraint has no array builder.
    """
    if not isinstance(programme, ArrayProgramme):
        raise ValueError("a constraint has no array builder")
    return programme
