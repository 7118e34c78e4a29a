"""Facts: what a data package says of its figures beyond their names, and tables of further kinds."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from capshare.base.conventions import USUAL, Conventions
from capshare.indicators.dataset.column_roles import ColumnRoles
from capshare.indicators.dataset.sums import Sum
from capshare.indicators.dataset.vintages import Vintages, no_vintages


@dataclass(frozen=True, eq=False)
class DescribedTable:
    """A table that is neither the provinces' nor the panel.

    Attributes
    ----------
    frame : index ``code`` or (code, year), one column per figure; a long table has its rows as they are
    described : index ``column`` (``variable`` of a long table), columns as of ``Dataset.fields``
    """

    frame: pd.DataFrame
    described: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Facts:
    """What a data package says of its figures.

    Attributes
    ----------
    roles : which column or series is what
    vintages : of what revision of the statistics a figure is
    sums : columns that add up to others
    conventions : its currency, and what it calls its regions
    """

    roles: ColumnRoles = field(default_factory=ColumnRoles)
    vintages: Vintages = field(default_factory=no_vintages)
    sums: tuple[Sum, ...] = ()
    conventions: Conventions = USUAL
