"""Numbers of the split that belong to no province: limits for everyone, and what ties the years."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ScalarLimits:
    """The rules of the split that are one number for everyone.

    Attributes
    ----------
    max_deviation : T, how far a quota may lie from its entitlement, share of it; inf: any distance
    trade_limit : τ, purchases as a share of own emissions; inf: no limit
    trade_cost_yuan_per_t : ε, keeps idle trade out of the solution
    penalty_yuan_per_t : P, of emissions that stay uncovered
    """

    max_deviation: float
    trade_limit: float
    trade_cost_yuan_per_t: float
    penalty_yuan_per_t: float


@dataclass(frozen=True)
class YearLinks:
    """What ties the years of a joint allocation; empty in an allocation of one year.

    Attributes
    ----------
    smoothing : index of the later year's province; ``earlier`` (that of the year before), ``most, least``
        (bounds of the later quota as multiples of the earlier)
    carries : (start, end) pairs of a province's years between which unused quota may be carried
    carry_limit_mt : index of the starting province; most that may leave the year, Mt
    """

    smoothing: pd.DataFrame
    carries: pd.MultiIndex
    carry_limit_mt: pd.Series

    @classmethod
    def none(cls) -> YearLinks:
        """Nothing ties the years."""
        return cls(
            smoothing=pd.DataFrame({"earlier": [], "most": [], "least": []}, index=pd.Index([], dtype=str)),
            carries=pd.MultiIndex.from_arrays([[], []], names=["start", "end"]),
            carry_limit_mt=pd.Series([], index=pd.Index([], dtype=str), dtype=float),
        )
