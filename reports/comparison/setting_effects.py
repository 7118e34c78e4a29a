"""What each setting that differs between runs moves when it alone is changed in the first run."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from capshare.base.notes import Note

# What settings do together beyond the sum of what each does alone.
INTERACTION = "interaction"
SOLVED, UNSOLVED = "solved", "unsolved"
COLUMNS = ("status", "moved_mt", "sum_mt", "most", "most_mt", "reason")


def _none() -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([[], []], names=["run", "setting"])
    return pd.DataFrame(columns=list(COLUMNS), index=index, dtype=object)


@dataclass(frozen=True)
class SettingEffects:
    """Effects of settings one by one.

    Attributes
    ----------
    table : index ``run, setting``, the largest effect of a run first, ``interaction`` last; ``status``
        ("solved", "unsolved"), ``moved_mt`` by :func:`changed_mt`, ``sum_mt`` (change of all together),
        ``most, most_mt`` (code of the province that moves most, and by how much), ``reason`` where unsolved
    notes : why there are none
    """

    table: pd.DataFrame = field(default_factory=_none)
    notes: tuple[Note, ...] = ()

    def largest(self) -> pd.Series:
        """The largest effect of each setting over the runs, index setting, Mt CO2."""
        moved = pd.to_numeric(self.table["moved_mt"]).groupby(level="setting", sort=False).max()
        return moved.drop(index=INTERACTION, errors="ignore").dropna()


def changed_mt(moved_mt: pd.Series) -> float:
    r"""How much quota a change gives or takes, whichever is more; half of what moves where the sum stays.

    .. math:: \max\Bigl(\sum_i \max(d_i,0),\; \sum_i \max(-d_i,0)\Bigr)

    Parameters
    ----------
    moved_mt : :math:`d`, index code, change of each quota, Mt CO2
    """
    return float(max(moved_mt.clip(lower=0.0).sum(), -moved_mt.clip(upper=0.0).sum()))
