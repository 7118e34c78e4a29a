"""Tables of a run folder read back as the frames they were written from."""

from __future__ import annotations

import pandas as pd

from capshare.base.years import YEAR
from capshare.reports.folder.read_columns import read_columns
from capshare.reports.folder.run_folder import RunFolder
from capshare.reports.folder.table import Table


def read_frame(folder: RunFolder, table: Table, year: int) -> pd.DataFrame | None:
    """A table of a run folder, with the year in its index; None where the run has no such table.

    Parameters
    ----------
    folder : of a run
    table : which one
    year : of the rows where the file does not say it

    Returns
    -------
    DataFrame, indexed as the table says; whole numbers as integers, an infeasible side of a price as None

    Raises
    ------
    CapshareError
        as of :func:`capshare.reports.folder.read_columns.read_columns`
    """
    columns = read_columns(folder, table)
    if columns is None:
        return None
    frame = pd.DataFrame({name: _series(name, values, table) for name, values in columns.items()})
    if table.yearly and YEAR not in frame:
        frame.insert(0, YEAR, year)
    return frame.set_index(list(table.index))


def _series(name: str, values: list[object], table: Table) -> pd.Series:
    if table.holds_text(name):
        return pd.Series(values, dtype=str)
    side = table.is_one_sided(name)
    # None is the mark of a side without a price; pandas makes NaN of it.
    return pd.Series(values, dtype=object if side else None if values else float)
