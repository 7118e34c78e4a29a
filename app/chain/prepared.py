"""A study prepared: read, its costs estimated, its numbers collected and split up to what is solved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.notes import Note
from capshare.chain.from_inputs import engine_of, numbers_of, sharing_numbers
from capshare.chain.inputs import Inputs
from capshare.chain.numbers import Numbers, SharingNumbers
from capshare.chain.plan_targets import check_spread
from capshare.chain.read_inputs import read_inputs
from capshare.chain.split import Split, split
from capshare.chain.stages.costs import abatement_costs
from capshare.chain.stages.divide import Blocks
from capshare.indicators.normalise import constant_notes
from capshare.model.abatement.costs import AbatementCosts
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.year_links import BaseYear
from capshare.study.checks import check_costs
from capshare.study.reading import LoadedStudy
from capshare.study.study import Study
from capshare.study.words import told_in_study_words


@dataclass(frozen=True)
class PreparedStudy:
    """What a study makes of its dataset before anything is solved.

    Attributes
    ----------
    study, path, inputs : the study, its file, and what it asks of its dataset
    costs : of abatement
    split : the chain's numbers, and what follows from them
    engine : solves this study's allocations, and those of its variants
    """

    study: Study
    path: Path
    inputs: Inputs
    costs: AbatementCosts
    split: Split
    engine: Engine = field(compare=False)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a planner should know about the inputs, the indicators and the costs."""
        return (*self.inputs.notes, *constant_notes(self.inputs.indicators), *self.costs.notes)

    @property
    def numbers(self) -> Numbers:
        """What the split is computed from."""
        return self.split.numbers

    @property
    def base(self) -> BaseYear | None:
        """The base year, which the first year to allocate is tied to where any are."""
        return self.numbers.base

    @property
    def normalised(self) -> pd.DataFrame:
        """Indicators in [0, 1], code × indicator."""
        return self.split.weighed.normalised

    @property
    def weight(self) -> pd.Series:
        """Weights, index indicator."""
        return self.split.weighed.weight

    @property
    def score(self) -> pd.Series:
        """Scores, index code."""
        return self.split.weighed.score

    @property
    def blocks(self) -> Blocks:
        """Groups and their caps."""
        return self.split.blocks

    def share(self, year: int, within: str | None = None) -> pd.Series:
        """What entitlements inside a block are in proportion to in a year, index code, Mt CO2.

        Parameters
        ----------
        year : one of the study's
        within : another rule inside the blocks than the study's
        """
        return self.split.share(year, self._sharing(within))

    def data(self, year: int | None = None, within: str | None = None) -> AllocationData:
        """Numbers of one year's allocation.

        Parameters
        ----------
        year : one of the study's; by default the last
        within : another rule inside the blocks than the study's
        """
        return self.split.data(year, self._sharing(within))

    def with_study(self, study: Study, inputs: Inputs, costs: AbatementCosts | None = None) -> PreparedStudy:
        """A changed study with its inputs; stages whose numbers stay the same are not repeated.

        Parameters
        ----------
        study : changed, or the same
        inputs : what it reads
        costs : of abatement, where they change as well
        """
        costs = costs or self.costs
        found = split(numbers_of(study, inputs, costs), self.split)
        return replace(self, study=study, inputs=inputs, costs=costs, split=found)

    def _sharing(self, within: str | None) -> SharingNumbers | None:
        return None if within is None else sharing_numbers(self.study, self.inputs, within)


@told_in_study_words
def prepare(loaded: LoadedStudy, bootstrap: bool = True) -> PreparedStudy:
    """Follow the chain from the dataset to the numbers of the allocation.

    Parameters
    ----------
    loaded : a study and its file
    bootstrap : whether to find how firm each province's place by cost is, which takes most of the time and
        has no part in the split

    Returns
    -------
    PreparedStudy

    Raises
    ------
    CapshareError
        where the study or its dataset is wrong, with every problem.
    """
    study, inputs = loaded.study, read_inputs(loaded)
    costs = abatement_costs(study, inputs, bootstrap)
    odd = Collector(loaded.path.name)
    check_costs(costs.steps, inputs.dataset, odd)
    odd.refuse()
    found = split(numbers_of(study, inputs, costs))
    constant = inputs.constant_intensity_mt(study.study.base_year)
    if constant is not None:
        check_spread(study, inputs.cap, constant, found.weighed.score, odd)
    odd.refuse()
    return PreparedStudy(study, loaded.path, inputs, costs, found, engine_of(study))
