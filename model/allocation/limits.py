"""Numbers of the split that belong to no province: limits for everyone, and what ties the years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

# In place of the earlier year's province, where the base year comes before.
NO_YEAR_BEFORE = ""


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
    smoothing : index of the later year's province; ``earlier`` (that of the year before, none in the first),
        ``years`` (between the two), ``most, least`` (bounds of the later quota as multiples of the earlier),
        ``start_mt`` (what they are multiples of in the first year, Mt; else 0)
    carries : (start, end) pairs of a province's years between which unused quota may be carried
    carry_limit_mt : index of the starting province; most that may leave the year, Mt
    ramp : index of the later year's province; ``earlier`` (likewise), ``most_mt`` (largest change of
        abatement since then; before the first year nothing is abated)
    """

    smoothing: pd.DataFrame
    carries: pd.MultiIndex
    carry_limit_mt: pd.Series
    ramp: pd.DataFrame

    @classmethod
    def none(cls) -> YearLinks:
        """Nothing ties the years."""
        return _nothing_tied()


@cache
def _nothing_tied() -> YearLinks:
    nobody = pd.Index([], dtype=str)
    change = {name: pd.Series([], dtype=float) for name in ("years", "most", "least", "start_mt")}
    return YearLinks(
        smoothing=pd.DataFrame({"earlier": [], **change}, index=nobody),
        carries=pd.MultiIndex.from_arrays([[], []], names=["start", "end"]),
        carry_limit_mt=pd.Series([], index=nobody, dtype=float),
        ramp=pd.DataFrame({"earlier": [], "most_mt": pd.Series([], dtype=float)}, index=nobody),
    )


def tied(links: pd.DataFrame) -> pd.DataFrame:
    """The rows of smoothing or of the ramp that have a year before them; the others are of the first year.

    Parameters
    ----------
    links : a table of :class:`YearLinks`
    """
    return links[links["earlier"] != NO_YEAR_BEFORE]
