"""What a provincial sheet tells: story, deciding rule, peers, earlier plans, what may be argued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.model.outcome.deciding_rule import DecidingRule
from capshare.model.outcome.sensitivity import Sensitivity
from capshare.reports.words.explanation import Explanation

# What of the sheet is called by its cut, or else by its quota.
CUT, QUOTA = "cut_pct", "quota_mt"
# What is printed as no change: points of a cut, and Mt.
LEAST = {CUT: 0.05, QUOTA: 0.05}


@dataclass(frozen=True)
class Standing:
    """Where a province stands in the base year, and what it gets in the year told of.

    Attributes
    ----------
    base_year : of the study
    last_year : of the study, which a plan's cuts and the choices are of
    base_mt : emissions of the base year, Mt CO2
    constant_mt : emissions of the year at the base year's intensity, Mt CO2; None where GDP is not known
    intensity_t_per_1e4yuan : of the base year; None where GDP is not known
    gdp_year : year of the GDP and population shown beside peers
    """

    base_year: int
    last_year: int
    base_mt: float
    constant_mt: float | None
    intensity_t_per_1e4yuan: float | None
    gdp_year: int


@dataclass(frozen=True)
class EarlierPlan:
    """What an earlier plan asked.

    Attributes
    ----------
    column : of ``targets.csv``, which its name is of
    first_year, last_year : the cut is of the last against the first
    cut_pct : asked of the province, %
    national_pct : of the nation; None where the dataset does not say it
    """

    column: str
    first_year: int
    last_year: int
    cut_pct: float
    national_pct: float | None


@dataclass(frozen=True)
class DrawnRange:
    """What an ensemble of draws says of a province's result.

    Attributes
    ----------
    draws : with a solution
    low, middle, high : 5, 50 and 95 % of the draws, in the unit of the sheet's figure
    likeliest_pct, chance : the published cut that most draws give, and their part; None without targets
    """

    draws: int
    low: float
    middle: float
    high: float
    likeliest_pct: float | None = None
    chance: float | None = None


@dataclass(frozen=True)
class CurveRange:
    """A province's result under several cost curves.

    Attributes
    ----------
    count : of curves, the study's own among them
    low, high : of the results, in the unit of the sheet's figure
    fragile : whether it hangs too much on the curve
    """

    count: int
    low: float
    high: float
    fragile: bool


@dataclass(frozen=True)
class ProvinceSheet:
    """One province's sheet.

    Attributes
    ----------
    told : its story as ``capshare explain`` tells it
    standing : where it stands
    deciding : the rule that decides its quota
    peers : index code, the province first; ``name_en, name_zh, quota_mt, base_mt`` and
        ``quota_of_emissions_pct``; of a study of targets ``rounded_cut_pct, decided_by`` and earlier plans'
        cuts; where GDP is known ``gdp_per_head_1e4yuan, base_intensity_t_per_1e4yuan``
    plans : that asked something of it, the oldest first
    sensitivity : how far the study's choices move the last year; None where it names none
    settings : of the study
    curves : its result under several cost curves; None where one stands alone
    free_mt : least and largest quota that cost the same; None where it is not free
    drawn : what an ensemble says; None where the run has none
    """

    told: Explanation
    standing: Standing
    deciding: DecidingRule
    peers: pd.DataFrame
    plans: tuple[EarlierPlan, ...]
    sensitivity: Sensitivity | None
    settings: Mapping[str, Any]
    curves: CurveRange | None = None
    free_mt: tuple[float, float] | None = None
    drawn: DrawnRange | None = None

    @property
    def figure(self) -> str:
        """What the sheet is about: ``cut_pct`` of a study of targets, else ``quota_mt``."""
        return QUOTA if self.told.cut is None else CUT

    @property
    def row(self) -> Mapping[str, Any] | None:
        """Its row of ``targets.csv``; None where the study sets no targets."""
        if self.told.cut is None:
            return None
        [row] = self.told.cut.assigned.cuts.loc[[self.told.code]].to_dict("records")
        return {str(name): value for name, value in row.items()}

    def name(self, lang: str) -> str:
        """What the province is called.

        Parameters
        ----------
        lang : "en" or "zh"
        """
        return str(self.told.province[f"name_{lang}"])
