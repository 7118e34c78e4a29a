"""A chunk of an ensemble: some draws, solved one after another with the programmes held."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from capshare.analyses.ensemble.drawn_numbers import DrawnNumbers
from capshare.analyses.ensemble.draws import Draw, Drawn, drawn
from capshare.analyses.ensemble.uncertain_study import UncertainStudy
from capshare.base.errors import CapshareError
from capshare.chain.from_inputs import engine_of, solver_limits
from capshare.chain.tied_variants import TiedVariants
from capshare.chain.variant import Variant
from capshare.chain.variant_potential import deficit_potential
from capshare.chain.variants import Variants
from capshare.chain.year_numbers import YearNumbers
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.outcome.ensemble import CONTRADICTION
from capshare.solvers.guard import within
from capshare.solvers.program import Vector


class Figures(NamedTuple):
    """What one draw found; one per province in the order of the codes.

    Attributes
    ----------
    quota_mt, balance_mt : Mt CO2; the balance is quota less emissions before abatement
    cut_pct : of carbon intensity where quotas are cuts; else what the quota is below emissions before
        abatement, %, below 0 where it is above them
    target_pct : the cut as it is published, %; not a number where quotas are no cuts
    potential_rank : among the provinces in deficit; 0 for the others
    group : name of the group
    block : name of the block, whose cap has the price
    price_yuan_per_t : of the block's cap
    """

    quota_mt: Vector
    cut_pct: Vector
    target_pct: Vector
    balance_mt: Vector
    potential_rank: NDArray[Any]
    group: Sequence[str]
    block: Sequence[str]
    price_yuan_per_t: Vector


@dataclass
class Chunk:
    """What the draws of a chunk found.

    Attributes
    ----------
    codes : of the provinces, in order
    draws : those with a solution
    figures : of each of these
    failed : draws without a solution → why
    """

    codes: tuple[str, ...]
    draws: list[Draw] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    failed: dict[Draw, str] = field(default_factory=dict)


def solve_chunk(pickled: bytes, draws: Sequence[Draw]) -> Chunk:
    """Solve some draws, with one thread.

    Parameters
    ----------
    pickled : an :class:`UncertainStudy`, as bytes: by them a process knows the study that it holds already
    draws : in order
    """
    worker = _worker(pickled)
    uncertain = worker.uncertain
    found = Chunk(uncertain.codes)
    # Several threads may add up in another order, and two workers would have to share them.
    with threadpool_limits(1), within(solver_limits(uncertain.study)):
        for draw in draws:
            try:
                figures = worker.solve(draw)
            except NoSplitError:
                found.failed[draw] = CONTRADICTION
            except CapshareError as error:
                problem = error.problems[0]
                found.failed[draw] = f"{problem.place}: expected {_without_numbers(problem.expected)}"
            else:
                found.draws.append(draw)
                found.figures.append(figures)
    return found


class _Worker:
    """A study's programmes, held while draws go through them.

    Parameters
    ----------
    uncertain : the study
    """

    def __init__(self, uncertain: UncertainStudy) -> None:
        self.uncertain, numbers, engine = uncertain, uncertain.numbers, engine_of(uncertain.study)
        # Years that are tied are solved together, others each for itself.
        self._solve: Callable[[Sequence[YearNumbers]], Sequence[Variant]]
        bases: tuple[YearNumbers, ...]
        if numbers.year_rules.tie:
            tied = TiedVariants(numbers, engine)
            bases, self._solve = tied.base, tied.solve
        else:
            alone = Variants(numbers, engine, uncertain.year)
            bases, self._solve = (alone.base,), lambda years: [alone.solve(year) for year in years]
        self._place = [base.year for base in bases].index(uncertain.year)
        self._numbers = DrawnNumbers(uncertain, bases)

    def variant(self, made: Drawn, columns: Mapping[str, Vector]) -> Variant:
        """The split of the year whose figures are kept.

        Parameters
        ----------
        made : of a draw
        columns : of the dataset, with their errors
        """
        return self._solve(self._numbers.numbers(made, columns))[self._place]

    def solve(self, draw: Draw) -> Figures:
        """What a draw finds."""
        made = drawn(self.uncertain.asked, self.uncertain.centre, draw)
        columns = self._numbers.columns(made)
        variant = self.variant(made, columns)
        quota, emissions = variant.quantities.quota_mt, variant.allocated.emissions_mt
        below = 100 * (1 - np.divide(quota, emissions, out=np.ones_like(quota), where=emissions > 0))
        potential = self._numbers.potential(columns)
        ranks = None if potential is None else deficit_potential(variant.balance_mt, potential).rank
        names, position = variant.blocks
        return Figures(
            quota_mt=quota,
            cut_pct=below if variant.targets is None else variant.cut_pct,
            target_pct=variant.rounded_cut_pct(),
            balance_mt=variant.balance_mt,
            potential_rank=np.zeros(len(quota), dtype=np.intp) if ranks is None else ranks,
            group=list(variant.group),
            block=[names[place] for place in position],
            price_yuan_per_t=variant.prices_yuan_per_t["cap"][position],
        )


@lru_cache(maxsize=1)
def _worker(pickled: bytes) -> _Worker:
    return _Worker(pickle.loads(pickled))


def _without_numbers(text: str) -> str:
    """A demand as a reason that many draws share."""
    return " ".join("…" if any(char.isdigit() for char in word) else word for word in text.split())
