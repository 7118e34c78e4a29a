"""Figures of other years that a run follows: what the outcome keeps of them, and the keys of their cells."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.reports.workbook.grid import Label
from capshare.reports.workbook.workbook_data import WorkbookData

# Methods of a cap that follows cuts of intensity, and so the growth of the nation.
BY_CUTS = ("intensity", "intensity-plan")


def figures(data: WorkbookData, purpose: str) -> pd.DataFrame:
    """Figures of the nation that serve one purpose; empty where the run follows none.

    Parameters
    ----------
    data : of the run
    purpose : "growth", "nowcast_growth", "nowcast_change", "official_cut" or "anchor"

    Returns
    -------
    DataFrame, index year; ``table, variable, value, unit, source``
    """
    known = None if data.used is None else data.used.national
    if known is None or purpose not in known.index.get_level_values("purpose"):
        return pd.DataFrame({"table": [], "variable": [], "value": []}, pd.Index([], name="series_year"))
    found = known[known.index.get_level_values("purpose") == purpose]
    return found.droplevel("purpose")


def provincial_figures(data: WorkbookData, purpose: str) -> pd.DataFrame:
    """Figures of the provinces that serve one purpose.

    Parameters
    ----------
    data : of the run
    purpose : "past_growth" or "second_inventory"

    Returns
    -------
    DataFrame, code × year, in the unit of the dataset; empty where the run follows none
    """
    known = None if data.used is None else data.used.provincial
    if known is None or purpose not in known.index.get_level_values("purpose"):
        return pd.DataFrame(index=pd.Index(data.codes, name="code"))
    values = known.xs(purpose, level="purpose")["value"]
    return values.unstack("series_year").reindex(list(data.codes))


def require_figures(data: WorkbookData) -> None:
    """Refuse a run whose folder lacks figures that its formulas need, as older versions wrote it.

    Parameters
    ----------
    data : of the run

    Raises
    ------
    CapshareError
        for each kind of figures that the study follows and the run does not keep
    """
    needed = {
        "growth": _follows_growth(data) and data.all_years[-1] > data.base_year,
        "nowcast_growth": data.used is not None and data.used.nowcast is not None,
    }
    problems = [
        Problem(
            "national_series.csv",
            f"purpose {purpose}",
            "the figures that the study follows, which the workbook's formulas start from",
            "none: an older version of capshare wrote this run",
            "Run the study again with this version, from the folder's study.toml.",
        )
        for purpose, is_needed in needed.items()
        if is_needed and figures(data, purpose).empty
    ]
    if problems:
        raise CapshareError(problems)


def _follows_growth(data: WorkbookData) -> bool:
    by_cuts = data.used is not None and data.setting("cap.method", "") in BY_CUTS
    return by_cuts or data.setting("baseline.method", "") == "growth"


def figure_key(known: pd.DataFrame, year: Label) -> str:
    """Key of a figure of the nation.

    Parameters
    ----------
    known : of :func:`figures`
    year : one of its years
    """
    row = known.loc[year]
    return f"inputs.{row['table']}.{row['variable']}.{year}"


def provincial_variable(data: WorkbookData, purpose: str) -> str:
    """Name of the panel's series that serves a purpose.

    Parameters
    ----------
    data, purpose : as of :func:`provincial_figures`; the run follows one
    """
    if data.used is None or data.used.provincial is None:
        raise ValueError(f"the run follows no {purpose}")
    return str(data.used.provincial.xs(purpose, level="purpose")["variable"].iloc[0])
