"""How far the choices of a study move its result, one at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Sensitivity:
    """The result of the last year with each choice made otherwise.

    Attributes
    ----------
    provinces : index ``choice, side, value, code``; ``quota_mt`` and, where GDP is known, ``cut_pct``, the
        cut of carbon intensity, %; of the sides that have a solution
    nation : index ``choice, side``; ``value, key, status, moved_mt`` (what other provinces get than in the
        run, were the sum the same), ``price_yuan_per_t`` of the cap (of one block), ``cost_1e8yuan, reason``;
        blank where a side has no solution
    """

    provinces: pd.DataFrame
    nation: pd.DataFrame

    def ranges(self, base: pd.Series) -> pd.DataFrame:
        """Between what each province's figure moves, and which choice moves it most.

        Parameters
        ----------
        base : index code; the run's own figure, named like a column of :attr:`provinces`

        Returns
        -------
        DataFrame, index code; ``base, low, high``, in the unit of the figure, and ``driver``, the choice
        whose own values lie farthest apart; blank where no choice moves it
        """
        by_choice = self.by_choice(base)
        spread = (by_choice["high"] - by_choice["low"]).unstack("choice")
        driver = spread.idxmax(axis="columns").where(spread.max(axis="columns") > 0, "")
        of_code = by_choice.groupby("code")
        return pd.DataFrame(
            {
                "base": base,
                "low": of_code["low"].min().reindex(base.index),
                "high": of_code["high"].max().reindex(base.index),
                "driver": driver.reindex(base.index),
            }
        )

    def by_choice(self, base: pd.Series) -> pd.DataFrame:
        """Between what each choice alone moves each province's figure.

        Parameters
        ----------
        base : as of :meth:`ranges`

        Returns
        -------
        DataFrame, index ``choice, code``; ``low, high``, the run's own figure lying between them
        """
        figure = self.provinces[str(base.name)]
        of_pair = figure.groupby(["choice", "code"], sort=False)
        low, high = of_pair.min(), of_pair.max()
        own = base.reindex(low.index.get_level_values("code")).to_numpy()
        return pd.DataFrame({"low": low.clip(upper=own), "high": high.clip(lower=own)})
