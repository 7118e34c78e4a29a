"""What draws of a study's uncertain inputs say of its result: quantiles, chances, drivers of the spread."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

QUANTILE_NAMES = ("p05", "p25", "p50", "p75", "p95")
DEFICIT, RANK, TARGET = "deficit", "potential rank", "target"
# Of a draw that has no solution.
CONTRADICTION = "the rules contradict each other"
_RANKED = re.compile(rf"{RANK} (\d+)")


@dataclass(frozen=True)
class DrawCounts:
    """How many draws an ensemble has.

    Attributes
    ----------
    asked, solved : draws that were asked for, and those with a solution, which alone are in its tables
    without_solution : why a draw has none → how many
    driver_pairs : pairs of draws that what drives the spread is found from
    seed : of the draws
    year : whose figures they are; None: the last of the study
    """

    asked: int
    solved: int
    without_solution: Mapping[str, int]
    driver_pairs: int
    seed: int
    year: int | None = None


@dataclass(frozen=True)
class Ensemble:
    """What an ensemble of the study says of one of its years.

    Attributes
    ----------
    quantiles : index ``code, figure``; ``p05, p25, p50, p75, p95`` in the unit of the figure
    probabilities : index ``code, event``; ``probability``; what never came about is left out
    same_group : index ``code, other``; ``probability``
    drivers : index ``code, figure, input``; ``first_order, total`` and its 5 and 95 %, ``low, high``; parts
        of the variance
    counts : of its draws
    """

    quantiles: pd.DataFrame
    probabilities: pd.DataFrame
    same_group: pd.DataFrame
    drivers: pd.DataFrame
    counts: DrawCounts

    def spread(self, figure: str) -> pd.DataFrame:
        """Quantiles of one figure, index code.

        Parameters
        ----------
        figure : of ``quantiles``
        """
        own: pd.DataFrame = self.quantiles[self.quantiles.index.get_level_values("figure") == figure]
        return own.droplevel("figure")[list(QUANTILE_NAMES)]

    def chance(self, event: str) -> pd.Series:
        """Chance of an event, index code, from 0 to 1; without the provinces that never had it.

        Parameters
        ----------
        event : of ``probabilities``
        """
        rows = self.probabilities.index.get_level_values("event") == event
        chance: pd.Series = self.probabilities.loc[rows, "probability"].droplevel("event")
        return chance

    def likeliest_target(self) -> pd.DataFrame:
        """The published cut that most draws give, index code; ``target_pct`` and its ``probability``."""
        targets = self.targets()
        if targets.empty:
            return targets
        best = targets.groupby("code", sort=False)["probability"].idxmax()
        return targets.loc[best].set_index("code")

    def targets(self) -> pd.DataFrame:
        """Chance of every published cut: ``code, target_pct`` (%), ``probability``."""
        rows = self.probabilities["probability"].reset_index()
        cut = rows["event"].str.extract(rf"^{TARGET} (\S+)$")[0]
        kept = rows[cut.notna()].assign(target_pct=pd.to_numeric(cut.dropna()))
        return kept[["code", "target_pct", "probability"]].reset_index(drop=True)

    def strongest(self, figure: str, count: int) -> pd.DataFrame:
        """The inputs that drive a figure most, the largest total index first.

        Parameters
        ----------
        figure : of ``drivers``
        count : inputs of each province

        Returns
        -------
        DataFrame, index ``code, input``; ``total, low, high``
        """
        own: pd.DataFrame = self.drivers[self.drivers.index.get_level_values("figure") == figure]
        own = own.droplevel("figure")[["total", "low", "high"]]
        ranked = own.sort_values("total", ascending=False, kind="stable")
        order = own.index.get_level_values("code").unique()
        first = ranked.groupby(level="code", sort=False).head(count)
        return first.sort_index(
            level="code", key=lambda codes: order.get_indexer(codes), sort_remaining=False, kind="stable"
        )

    def first_ranks(self, count: int) -> pd.DataFrame:
        """Chance of each of the first ranks in potential, code × rank from 1; the likeliest first.

        Parameters
        ----------
        count : ranks
        """
        rows = self.probabilities["probability"].reset_index()
        rank = rows["event"].str.extract(_RANKED)[0]
        kept = rows[rank.notna()].assign(rank=pd.to_numeric(rank.dropna()).astype(int))
        table = kept[kept["rank"] <= count].pivot_table(index="code", columns="rank", values="probability")
        whole = table.reindex(columns=range(1, count + 1)).fillna(0.0)
        return whole.sort_values(list(whole.columns), ascending=False, kind="stable")
