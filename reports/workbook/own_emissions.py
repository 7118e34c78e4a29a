"""Emissions of the dataset's year that those of the base year are made of."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.indicators.emissions import emissions_from_column, emissions_from_fuels
from capshare.reports.workbook.figures import figures
from capshare.reports.workbook.sheets.assumptions import fuel_factors
from capshare.reports.workbook.workbook_data import WorkbookData


def nowcast_years(data: WorkbookData) -> tuple[int, ...]:
    """Years that emissions are carried through, to the base year; none where the dataset reaches it.

    Parameters
    ----------
    data : of the run
    """
    return tuple(int(year) for year in figures(data, "nowcast_growth").index)


def own_emissions(data: WorkbookData) -> pd.Series | None:
    """Emissions of the dataset's year that the run's follow, index code, Mt CO2; None where it does not say.

    Parameters
    ----------
    data : of the run
    """
    column, table = data.setting("emissions.column", None), data.setting("emissions.table", None)
    name = column if table is None else f"{table}.{column}"
    if data.setting("emissions.method", "") == "column" and name in data.inputs:
        found = emissions_from_column(data.inputs, name)
    elif fuel_factors(data):
        found = emissions_from_fuels(data.inputs, fuel_factors(data))
    else:
        return None
    carried = found.copy() if data.used is None or data.used.nowcast is None else _last_of_nowcast(data)
    # Where they arise: another view of electricity is made of them.
    views = None if data.used is None else data.used.electricity
    arisen = data.inputs["emissions_mt"] if views is None else views["production_mt"].loc[list(data.codes)]
    # A run may count emissions in another way, which then is its own to explain.
    same = np.allclose(carried.loc[list(data.codes)], arisen, rtol=1e-9, atol=0.0)
    return found if same else None


def _last_of_nowcast(data: WorkbookData) -> pd.Series:
    table = data.used.nowcast if data.used else None
    if table is None:
        raise ValueError("the run has no nowcast")
    return table["emissions_mt"].xs(table.index.get_level_values(0).max(), level=0)


def is_carried(data: WorkbookData) -> bool:
    """Whether the workbook carries the dataset's emissions forward to the base year.

    Parameters
    ----------
    data : of the run
    """
    return bool(nowcast_years(data)) and own_emissions(data) is not None
