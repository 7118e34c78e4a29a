"""National growth after the base year as the run has it, and what a baseline makes of it."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from capshare.indicators.dataset.scenarios import gdp_ratio
from capshare.reports.workbook.figures import figures, provincial_figures
from capshare.reports.workbook.workbook_data import WorkbookData


class Growth:
    """What a baseline by growth follows, as the run has it.

    Parameters
    ----------
    data : of the run
    """

    def __init__(self, data: WorkbookData) -> None:
        self.data, self.known = data, figures(data, "growth")

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years after the base year whose growth is stated."""
        return tuple(int(year) for year in self.known.index)

    @cached_property
    def ratio(self) -> pd.Series:
        """National GDP of each year as a multiple of the base year's."""
        growth = self.known["value"].astype(float)
        return gdp_ratio(growth, self.data.base_year, self.years[-1])

    @cached_property
    def power(self) -> pd.Series:
        """How often a province's lead has counted by each year, index year."""
        kept = float(self.data.setting("baseline.persistence", 0.0))
        first = self.data.base_year
        return pd.Series({year: sum(kept**k for k in range(year - first)) for year in self.years})

    @cached_property
    def left(self) -> pd.Series:
        """What the autonomous change leaves of intensity, index year."""
        change = float(self.data.setting("baseline.autonomous_change", 0.0))
        return pd.Series({year: (1 - change) ** (year - self.data.base_year) for year in self.years})


def nation_grows(data: WorkbookData) -> bool:
    """Whether emissions of later years or the cap follow growth of the nation.

    Parameters
    ----------
    data : of the run
    """
    return not figures(data, "growth").empty


def has_growth(data: WorkbookData) -> bool:
    """Whether emissions of later years follow growth.

    Parameters
    ----------
    data : of the run
    """
    return data.setting("baseline.method", "") == "growth" and nation_grows(data)


def leads_differ(data: WorkbookData) -> bool:
    """Whether provinces grow apart.

    Parameters
    ----------
    data : of the run
    """
    return not provincial_figures(data, "past_growth").empty
