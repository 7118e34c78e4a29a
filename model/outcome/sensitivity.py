"""How far the choices of a study move its result, one at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

LOW, HIGH, DRIVER = "low", "high", "driver"


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
    ranges : index code; ``name_en, name_zh``, the run's own cut (without GDP, quota), its ends with ``low_``
        and ``high_`` before the name, and ``driver``, the choice that moves it most
    """

    provinces: pd.DataFrame
    nation: pd.DataFrame
    ranges: pd.DataFrame

    @property
    def figure(self) -> str:
        """What the ranges are of: ``cut_pct``, or ``quota_mt`` where GDP is not known."""
        return "cut_pct" if "cut_pct" in self.ranges else "quota_mt"

    def movers(self) -> pd.Series:
        """What each choice moves, index choice; ``moved_mt`` of its farther side, the largest first."""
        moved = self.nation["moved_mt"].groupby(level="choice", sort=False).max().dropna()
        return moved.sort_values(ascending=False, kind="stable")


def ranges(provinces: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    """Between what each province's figure moves, and which choice moves it most.

    Parameters
    ----------
    provinces : index ``choice, side, value, code``; the figure with each choice made otherwise
    own : index code; the run's own figure, named like a column of `provinces`

    Returns
    -------
    DataFrame, index code; the figure, ``low_`` and ``high_`` of it in the same unit, and ``driver``, the
    choice whose values lie farthest apart, the run's own among them; blank where nothing moves it
    """
    name = str(own.name)
    of_pair = provinces[name].groupby(level=["choice", "code"], sort=False)
    by_choice = pd.DataFrame({LOW: of_pair.min(), HIGH: of_pair.max()})
    base = own.reindex(by_choice.index.get_level_values("code")).to_numpy()
    spread = by_choice[HIGH].clip(lower=base) - by_choice[LOW].clip(upper=base)
    by_code = spread.unstack("choice").reindex(own.index)
    of_code = by_choice.groupby(level="code")
    return pd.DataFrame(
        {
            name: own,
            f"{LOW}_{name}": of_code[LOW].min().reindex(own.index).fillna(own).clip(upper=own),
            f"{HIGH}_{name}": of_code[HIGH].max().reindex(own.index).fillna(own).clip(lower=own),
            DRIVER: _widest(by_code),
        }
    )


def _widest(spread: pd.DataFrame) -> pd.Series:
    """The choice of the widest spread, code × choice; blank where none has any."""
    if spread.empty:
        return pd.Series("", index=spread.index, dtype=str)
    return spread.idxmax(axis="columns").where(spread.max(axis="columns") > 0, "")
