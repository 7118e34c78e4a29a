"""What a reader of assigned cuts wants first: who gets which, what decided it, and what cost moved."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.model.targets.cuts import CONSTRAINT, COST, DECIDING, TRADE

# From the one that moves cuts freely to those that hold them.
CHOICES = (COST, TRADE, *DECIDING, CONSTRAINT)
# What is printed as 0.00 points is no change, and changes that differ by less are as large.
LEAST_POINTS = 0.005


@dataclass(frozen=True)
class AssignedCuts:
    """Cuts of a study of targets with what they are read beside.

    Attributes
    ----------
    cuts : rows of ``targets.csv``, index code
    base_year, year : the cuts are of the year against the base year
    national_pct : national cut, %
    band_pct : least and most that a province may be asked to cut, %
    distance_points : how far a cut may lie from the entitled one, points; inf: any distance
    """

    cuts: pd.DataFrame
    base_year: int
    year: int
    national_pct: float
    band_pct: tuple[float, float]
    distance_points: float

    @property
    def rounded_national_pct(self) -> float:
        """National cut that the rounded cuts add up to, %."""
        total = float(self.cuts["constant_intensity_mt"].sum())
        return 100 * (1 - float(self.cuts["rounded_quota_mt"].sum()) / total)

    @property
    def earlier_plans(self) -> tuple[str, ...]:
        """Columns with the cuts of earlier plans, the oldest first."""
        return tuple(str(name) for name in self.cuts.columns if _is_plan(str(name)))


def assigned_cuts(outcome: Outcome) -> AssignedCuts | None:
    """The cuts of a run, None where its study sets no targets.

    Parameters
    ----------
    outcome : of a run
    """
    if outcome.targets is None or outcome.targets.cuts is None:
        return None
    settings, path = outcome.study.settings, outcome.cap.path
    least, most = settings["targets"]["band_pct"]
    return AssignedCuts(
        cuts=outcome.targets.cuts,
        base_year=int(settings["study"]["base_year"]),
        year=int(path.index[-1]),
        national_pct=float(path["cut_pct"].iloc[-1]),
        band_pct=(float(least), float(most)),
        distance_points=float(settings["targets"]["distance_points"]),
    )


def by_tier(cuts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows of each tier, the largest cuts first; tiers in their order.

    Parameters
    ----------
    cuts : index code; ``tier, rounded_cut_pct, cut_pct``; without tiers all are of the tier ""
    """
    ranked = cuts.sort_values(["rounded_cut_pct", "cut_pct"], ascending=False, kind="stable")
    # Tiers whose members are all at an end of the band differ in the last digits alone.
    mean = ranked.groupby("tier")["entitled_cut_pct"].mean().round(9)
    mean = mean.sort_values(ascending=False, kind="stable")
    return {str(tier): ranked[ranked["tier"] == tier] for tier in mean.index}


def by_choice(cuts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows that each choice decided, choices without any left out.

    Parameters
    ----------
    cuts : index code; ``decided_by``
    """
    rows = {choice: cuts[cuts["decided_by"] == choice] for choice in CHOICES}
    return {choice: frame for choice, frame in rows.items() if len(frame)}


@dataclass(frozen=True)
class LargestChanges:
    """Cuts that differ most from what the index alone asks for.

    Attributes
    ----------
    points : index code; changes of the cut, points, the largest first; of those as large, most tonnes first
    quota_mt : index code; what each does to the quota, Mt CO2
    others : how many more are as large as the last of them
    alike : whether all of these, and the others, are as large as one another
    """

    points: pd.Series
    quota_mt: pd.Series
    others: int
    alike: bool


def largest_changes(cuts: pd.DataFrame, count: int) -> LargestChanges:
    """Largest changes of cuts against the index alone; of those as large, the ones with most emissions.

    Parameters
    ----------
    cuts : index code; ``cut_pct, entitled_cut_pct``, and ``constant_intensity_mt`` (Mt)
    count : at most so many
    """
    points = (cuts["cut_pct"] - cuts["entitled_cut_pct"]).rename("points")
    quota_mt = (-points / 100 * cuts["constant_intensity_mt"]).rename("quota_mt")
    size = (points.abs() / LEAST_POINTS).round()
    order = pd.DataFrame({"size": size, "mt": quota_mt.abs()})
    ranked = order[size > 0].sort_values(["size", "mt"], ascending=False, kind="stable")
    shown = ranked.head(count)
    as_last = ranked["size"] == shown["size"].min()
    others = int(as_last.sum()) - int(as_last[shown.index].sum())
    return LargestChanges(
        points[shown.index], quota_mt[shown.index], others, alike=bool(as_last[shown.index].all())
    )


def _is_plan(column: str) -> bool:
    return column.startswith("cut_") and column.endswith("_pct") and column != "cut_pct"
