"""Groups of runs, run beside run."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from capshare.reports.comparison.compared_run import SIDES, ComparedRun

GROUP_COLUMNS = ("cap_mt", "cap_share", "price_yuan_per_t", *SIDES)


def groups_of_runs(runs: Sequence[ComparedRun], year: int) -> pd.DataFrame:
    """Groups of one year with their provinces, caps and prices, those of one name together.

    Parameters
    ----------
    runs : in order
    year : that every run allocates

    Returns
    -------
    DataFrame, index ``group, run``; ``members`` (codes), caps, Mt CO2, and prices, yuan/t; their sides only
    where every run has them: a blank is a side that is infeasible
    """
    blocks = [run.outcome.allocation.blocks for run in runs]
    columns = [column for column in GROUP_COLUMNS if all(column in frame for frame in blocks)]
    every = pd.concat({run.label: _groups(run, year, columns) for run in runs}, names=["run"])
    return _by_group(every.swaplevel())


def _groups(run: ComparedRun, year: int, columns: list[str]) -> pd.DataFrame:
    """A run's groups with the codes of their provinces; in national scope its one block holds them all."""
    found = run.outcome.in_year(year)
    frame, provinces = found.blocks, found.provinces
    members = {
        group: tuple(provinces.index[(provinces["group"] == group) | (group == "all")])
        for group in frame.index
    }
    # A side without a price is None there, and has no figure here.
    return frame[columns].astype(float).assign(members=pd.Series(members))


def _by_group(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of one group together, groups and runs in the order in which they come."""
    order = list(dict.fromkeys(frame.index.get_level_values("group")))
    rows = sorted(frame.index, key=lambda row: order.index(row[0]))
    return frame.loc[rows]
