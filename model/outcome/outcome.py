"""What a run found: labelled frames in a few parts, units in their names, nothing on disk yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from capshare.base.notes import Note
from capshare.base.years import has_years, in_year
from capshare.model.outcome.allocation import SolvedAllocation
from capshare.model.outcome.beside_published import BesidePublished
from capshare.model.outcome.compared_rules import ComparedRules
from capshare.model.outcome.cost_estimate import CostEstimate
from capshare.model.outcome.drivers import Drivers
from capshare.model.outcome.groups import Groups
from capshare.model.outcome.inputs_used import InputsUsed
from capshare.model.outcome.national_cap import NationalCap
from capshare.model.outcome.ranking import PotentialRanking
from capshare.model.outcome.study_record import StudyRecord
from capshare.model.outcome.targets import ProvincialTargets
from capshare.model.outcome.trade import Trade
from capshare.model.outcome.weights import IndicatorWeights


@dataclass(frozen=True)
class Outcome:
    """What one run of a study found.

    A frame with rows per year has the year as the first level of its index, also where there is one year.

    Attributes
    ----------
    study : as it ran
    inputs : what it used of its dataset; None where that was not kept
    weights : of the indicators
    groups : what their caps follow, how firm they are, what they cost
    cap : the national cap of each year
    allocation : quotas, caps of the blocks, and how the programmes ended
    prices : index ``year, constraint, name``; ``price_yuan_per_t, binding``, and, where they were asked for,
        the one-sided prices and the right-hand sides between which they hold
    costs : the estimate behind the abatement steps; None where the study does not estimate them
    targets : in terms of intensity; None where the dataset has no GDP
    market : after the allocation; None where it was not asked for
    potential : ranking of the provinces in deficit
    comparison : with the sharing rules; None where the study compares none, or it was not asked for
    published : comparison with published results; None where the study names none
    notes : what a planner should know, the severest first, else in the order of the chain
    drivers : what decides the split of the last year
    """

    study: StudyRecord
    inputs: InputsUsed | None
    weights: IndicatorWeights
    groups: Groups
    cap: NationalCap
    allocation: SolvedAllocation
    prices: pd.DataFrame
    costs: CostEstimate | None
    targets: ProvincialTargets | None
    market: Trade | None
    potential: PotentialRanking
    comparison: ComparedRules | None
    published: BesidePublished | None
    notes: tuple[Note, ...]
    drivers: Drivers = field(default_factory=Drivers)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the run allocates, in order."""
        return tuple(int(year) for year in sorted(self.cap.path.index))

    def in_year(self, year: int | None = None) -> OneYear:
        """One year's view of what has rows per year.

        Parameters
        ----------
        year : one of the run's; by default the last
        """
        return OneYear(self, self.years[-1] if year is None else year)


@dataclass(frozen=True)
class OneYear:
    """The frames of one year, without the level ``year``.

    Attributes
    ----------
    outcome : the whole run
    year : the year looked at
    """

    outcome: Outcome
    year: int

    @property
    def provinces(self) -> pd.DataFrame:
        """What each province got, index ``code``."""
        return self.of(self.outcome.allocation.provinces)

    @property
    def blocks(self) -> pd.DataFrame:
        """The caps of the blocks and their prices, index ``group``."""
        return self.of(self.outcome.allocation.blocks)

    @property
    def contributions(self) -> pd.DataFrame:
        """What each province contributes to the price of its block's cap, index ``code``."""
        return self.of(self.outcome.allocation.contributions)

    @property
    def steps(self) -> pd.DataFrame:
        """Abatement steps, index ``code, step``."""
        return self.of(self.outcome.allocation.steps)

    @property
    def prices(self) -> pd.DataFrame:
        """Price of every constraint, index ``constraint, name``."""
        return self.of(self.outcome.prices)

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of this year, without the level ``year``; a frame without such a level stays as it is.

        Parameters
        ----------
        frame : of the run
        """
        return in_year(frame, self.year) if has_years(frame) else frame
