"""A run beside the run before its workbook was edited: what is compared, and the differences."""

from __future__ import annotations

import pandas as pd

from capshare.base.years import YEAR
from capshare.model.outcome.edits import AFTER, BEFORE, CHANGE, OF_PROVINCES, OF_YEARS, Edits
from capshare.model.outcome.outcome import Outcome
from capshare.model.targets.cuts import decided_by


def figures(outcome: Outcome) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is set side by side: of provinces, index ``year, code``, and of years.

    Parameters
    ----------
    outcome : of a run

    Returns
    -------
    quota, cut where the dataset has GDP, and what decided it; cap, price, cost and abatement
    """
    provinces, years = outcome.allocation.provinces, outcome.cap.years
    known = [column for column in OF_PROVINCES.values() if column in provinces]
    decided = pd.concat({year: _decided(outcome, year) for year in outcome.years}, names=[YEAR, "code"])
    return provinces[known].assign(decided_by=decided), years[list(OF_YEARS.values())]


def beside_before(cells: pd.DataFrame, before: tuple[pd.DataFrame, pd.DataFrame], after: Outcome) -> Edits:
    """The edited cells with what they changed.

    Parameters
    ----------
    cells : as of :class:`Edits`
    before : of :func:`figures`
    after : the run of the edited numbers; years that only one of the two runs has are left out
    """
    then, now = before, figures(after)
    provinces = _beside(then[0], now[0], OF_PROVINCES)
    decided = {
        f"decided_{side}": frame["decided_by"].reindex(provinces.index)
        for side, frame in ((BEFORE, then[0]), (AFTER, now[0]))
    }
    return Edits(cells, provinces.assign(**decided), _beside(then[1], now[1], OF_YEARS))


def _beside(before: pd.DataFrame, after: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    rows = after.index.intersection(before.index, sort=False)
    found: dict[str, pd.Series] = {}
    for name, column in names.items():
        if column in before and column in after:
            then, now = before[column].loc[rows], after[column].loc[rows]
            # Adding 0.0 takes the sign off a nothing.
            found |= {name.format(BEFORE): then, name.format(AFTER): now, _changed(name): now - then + 0.0}
    return pd.DataFrame(found, index=rows)


def _changed(name: str) -> str:
    """Name of a difference: of percentages it is in points."""
    return name.format(CHANGE).replace("_pct", "_points")


def _decided(outcome: Outcome, year: int) -> pd.Series:
    """The rule of the highest price, else one that holds the quota, else trade or cost; index code."""
    one = outcome.in_year(year)
    rules = one.contributions["rules_yuan_per_t"]
    tiers = (
        one.provinces["group"] if outcome.targets is not None and outcome.targets.cuts is not None else None
    )
    return decided_by(one.prices, rules, one.provinces.index, tiers)
