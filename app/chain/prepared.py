"""The chain of a study up to the numbers of its allocation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from capshare.base.notes import Note
from capshare.chain.inputs import Inputs, read_inputs
from capshare.chain.stages import Blocks, abatement_costs, allocation_inputs, divide, raw_shares
from capshare.indicators.normalise import constant_notes, min_max
from capshare.indicators.score import scores
from capshare.indicators.weights import weights
from capshare.model.abatement.costs import AbatementCosts
from capshare.model.allocation.data import AllocationData
from capshare.study.reading import LoadedStudy
from capshare.study.study import Study


@dataclass(frozen=True)
class Chain:
    """What a study makes of its dataset before anything is solved.

    Attributes
    ----------
    study, path, inputs : the study, its file, and what it asks of its dataset
    normalised : provinces × indicators, in [0, 1]
    weight : index indicator
    score : index code
    costs : abatement costs
    blocks : groups and their caps
    """

    study: Study
    path: Path
    inputs: Inputs
    normalised: pd.DataFrame
    weight: pd.Series
    score: pd.Series
    costs: AbatementCosts
    blocks: Blocks

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a planner should know about the inputs, the indicators and the costs."""
        return (*self.inputs.notes, *constant_notes(self.inputs.indicators), *self.costs.notes)

    @property
    def made(self) -> dict[str, pd.Series]:
        """Columns for the rules that the chain makes, index code."""
        return {
            "score": self.score,
            "group": self.blocks.group,
            "price_yuan_per_t": self.costs.price_yuan_per_t,
        }

    def share(self, year: int, within: str | None = None) -> pd.Series:
        """What entitlements inside a block are in proportion to in a year, index code, Mt CO2."""
        return raw_shares(self.study, self.inputs, self.made, year, within)

    def data(self, year: int | None = None, within: str | None = None) -> AllocationData:
        """Numbers of one year's allocation.

        Parameters
        ----------
        year : one of the study's; by default the last
        within : another rule inside the blocks than the study's
        """
        year = self.inputs.years[-1] if year is None else year
        share = self.share(year, within)
        return allocation_inputs(self.study, self.inputs, self.blocks, share, self.costs.steps, year)


def chain(loaded: LoadedStudy) -> Chain:
    """Follow the chain from the dataset to the numbers of the allocation.

    Parameters
    ----------
    loaded : a study and its file

    Returns
    -------
    Chain

    Raises
    ------
    CapshareError
        where the study or its dataset is wrong, with every problem.
    """
    study, inputs = loaded.study, read_inputs(loaded)
    normalised = min_max(inputs.indicators, {i.id: i.direction for i in study.indicators})
    weight = weights(normalised, study.weights.method, study.weights.given)
    score = scores(normalised, weight)
    costs = abatement_costs(study, inputs)
    blocks = divide(study, inputs, normalised, weight, score)
    return Chain(study, loaded.path, inputs, normalised, weight, score, costs, blocks)
