"""A published split: what was assigned or printed, beside what was known when it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

Kind = Literal["cuts", "quotas", "balances"]


@dataclass(frozen=True, eq=False)
class PublishedSplit:
    r"""A table of cuts, quotas or balances, and the figures of its base year.

    Growth is taken as alike everywhere, so emissions at constant intensity are in proportion to those of the
    base year, and these stand for them: a cut of c % is the quota :math:`E_i(1-c_i/100)`.

    Attributes
    ----------
    name : of the table, ``13fyp``
    kind : "cuts" (% of emissions at constant intensity), "quotas" (Mt CO2), or "balances" (quotas less
        emissions, Mt CO2, where the study's emissions are not known: its quotas are not either)
    published : index ``code``; in the unit of its kind
    inputs : index ``code``; ``emissions_mt`` of the base year, other columns that rules read as far as known
    national_cut_pct : the nation's cut, known beforehand, %
    first_year, last_year : base year and year of the split
    """

    name: str
    kind: Kind
    published: pd.Series
    inputs: pd.DataFrame
    national_cut_pct: float
    first_year: int
    last_year: int

    @property
    def emissions_mt(self) -> pd.Series:
        """Emissions of the base year, Mt CO2."""
        return self.inputs["emissions_mt"]

    @property
    def cap_mt(self) -> float:
        """What is divided, Mt CO2."""
        return float(self.emissions_mt.sum()) * (1 - self.national_cut_pct / 100)

    @property
    def quota_mt(self) -> pd.Series | None:
        """Published quotas, Mt CO2; None where only balances are known."""
        if self.kind == "balances":
            return None
        return self.published if self.kind == "quotas" else self.at_cut(self.published)

    @property
    def balance_mt(self) -> pd.Series | None:
        """Published quotas less emissions, Mt CO2; None for cuts."""
        if self.kind == "cuts":
            return None
        return self.published if self.kind == "balances" else self.published - self.emissions_mt

    def at_cut(self, cut_pct: pd.Series) -> pd.Series:
        """Quotas of cuts, Mt CO2.

        Parameters
        ----------
        cut_pct : index ``code``, %
        """
        return self.emissions_mt * (1 - cut_pct / 100)

    def cut_pct(self, quota_mt: pd.Series) -> pd.Series:
        """Cuts of quotas, %.

        Parameters
        ----------
        quota_mt : index ``code``, Mt CO2
        """
        return 100 * (1 - quota_mt / self.emissions_mt)

    def to_national(self, cut_pct: pd.Series) -> pd.Series:
        r"""Cuts moved alike so that together they meet the nation's.

        .. math:: c_i + \bar c - \frac{\sum_j E_j c_j}{\sum_j E_j}

        Parameters
        ----------
        cut_pct : index ``code``, %
        """
        emissions = self.emissions_mt
        return cut_pct + self.national_cut_pct - float((emissions * cut_pct).sum() / emissions.sum())
