"""What other tables hold for the year and the province of a row, found by its own cells."""

from __future__ import annotations

from capshare.reports.workbook.grid import Grid, Label

YEAR, ROW = ("year",), ("year", "code")


def summed(there: Grid, column: str, here: Grid, label: Label, by: tuple[str, ...] = ROW) -> str:
    """Sum of a column over the rows that agree with a row of another table.

    A key that either table lacks, such as the year where there is one, tells nothing apart and is left out.

    Parameters
    ----------
    there, column : table and column that are summed; words in it count as nothing
    here, label : table and row of the formula
    by : columns that must agree
    """
    keys = {name: here.at(name, label) for name in by if name in there.names and name in here.names}
    return there.sum_where(column, **keys) if keys else f"SUM({there.column(column)})"


def same(there: Grid, here: Grid, label: Label, by: tuple[str, ...] = YEAR) -> str:
    """1 for every row that agrees with a row of another table, as a factor inside SUMPRODUCT.

    Parameters
    ----------
    there, here, label, by : as of :func:`summed`
    """
    shared = [name for name in by if name in there.names and name in here.names]
    return "*".join(f"({there.column(name)}={here.at(name, label)})" for name in shared) or "1"
