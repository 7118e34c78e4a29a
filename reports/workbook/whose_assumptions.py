"""Scalars that the national market's part and electricity that crosses borders follow."""

from __future__ import annotations

import pandas as pd

from capshare.indicators.dataset.column_units import unit_factor
from capshare.reports.words.columns import KG_PER_KWH, PERCENT
from capshare.reports.workbook.assumption import Assumption
from capshare.reports.workbook.figures import figure_key, figures
from capshare.reports.workbook.workbook_data import WorkbookData

PURPOSES = ("generation", "consumption")
# Of the figures of both kinds, and the name of the cell where one counts for the whole nation.
GRID_FACTOR = "grid_factor"


def whose_assumptions(data: WorkbookData) -> dict[str, Assumption]:
    """Scalars by the names that formulas use.

    Parameters
    ----------
    data : of the run
    """
    numbers: dict[str, Assumption] = {}
    change = data.setting("market_sectors.yearly_change_pct", None)
    if change is not None:
        numbers["market_yearly_change"] = Assumption(
            float(change), PERCENT, "market_sectors.yearly_change_pct"
        )
    for purpose in PURPOSES:
        known = electricity_figures(data, purpose)
        if not known.empty:
            numbers[f"twh_per_{purpose}"] = Assumption(_twh_per(str(known["unit"].iloc[0])), "")
    national = figures(data, GRID_FACTOR)
    if not national.empty:
        year = int(national.index[0])
        value = float(national["value"].iloc[0])
        numbers[GRID_FACTOR] = Assumption(value, KG_PER_KWH, figure_key(national, year))
    return numbers


def electricity_figures(data: WorkbookData, purpose: str) -> pd.DataFrame:
    """Electricity as the dataset has it.

    Parameters
    ----------
    data : of the run
    purpose : "generation", "consumption" or "grid_factor"

    Returns
    -------
    DataFrame, index (code, series_year), one year; ``table, variable, value, unit``; empty where the run does
    not look at electricity
    """
    known = None if data.used is None else data.used.provincial
    if known is None or purpose not in known.index.get_level_values("purpose"):
        return pd.DataFrame({"table": [], "variable": [], "value": [], "unit": []})
    return pd.DataFrame(known.xs(purpose, level="purpose"))


def _twh_per(unit: str) -> float:
    factor = unit_factor(unit, "TWh")
    if factor is None:
        raise ValueError(f"{unit} is no unit of electricity")
    return float(factor)
