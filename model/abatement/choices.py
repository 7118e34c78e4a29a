"""Choices of an estimate of abatement costs, and what each method claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from capshare.model.abatement.frontier import TimeTrend
from capshare.model.abatement.frontier_programme import AignerChu
from capshare.model.abatement.nonparametric import Disposability
from capshare.model.abatement.technology import TECHNOLOGIES, TechnologyName

EstimatedMethod = Literal["power", "logarithmic", "distance-function"]
CostMethod = Literal["power", "logarithmic", "distance-function", "productivity", "given"]
# Where the estimate is guarded even if no step goes so deep: it must not move with the depth of the steps.
GUARDED_CUT = 0.6


@dataclass(frozen=True)
class Shape:
    """Cost steps, and what curves need besides the estimate.

    Attributes
    ----------
    steps, max_abatement : number of equal cost steps, and the largest cut as a share
    meeting_cut : cut at which the logarithmic curve costs as much as the power curve
    """

    steps: int = 12
    max_abatement: float = 0.6
    meeting_cut: float = 0.1


@dataclass(frozen=True)
class EstimateChoices:
    """How costs are estimated.

    Attributes
    ----------
    method : curve made of the estimate
    technology : what the distance is a function of
    years : first and last year of the panel; the last one is priced
    null_joint : whether output without emissions is ruled out
    time_trend : whether the frontier may move from year to year
    disposability : of emissions, in the non-parametric check
    shape : of the steps
    draws, seed : of the bootstrap; without draws the firmness of ranks is left out
    """

    method: EstimatedMethod = "power"
    technology: TechnologyName = "per-worker"
    years: tuple[int, int] = (2005, 2017)
    null_joint: bool = True
    time_trend: TimeTrend = "auto"
    disposability: Disposability = "weak"
    shape: Shape = field(default_factory=Shape)
    draws: int = 50
    seed: int = 2021

    @property
    def rules(self) -> AignerChu:
        """What the frontier must satisfy beyond the axioms."""
        deepest = max(GUARDED_CUT, self.shape.max_abatement)
        return AignerChu(max_abatement=deepest, null_joint=self.null_joint)


def free_of_size(method: CostMethod, technology: TechnologyName) -> bool:
    """Whether a province split in two halves leaves every price of a method as it was.

    Parameters
    ----------
    method : of the costs
    technology : of its estimate; of no matter where the method estimates nothing
    """
    return method in ("productivity", "given") or TECHNOLOGIES[technology].free_of_size
