r"""Formulas of a cap that follows from pledges.

.. math:: Q_t = Q_0\,\frac{Y_t}{Y_0}\,\frac{1-r_t}{1-r_0},\qquad
    Q_t = Q_p - \sigma\,c\,G_p\,\frac{t-p}{T-p}\ \text{after the peak } p
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from capshare.reports.workbook.grid import Label

if TYPE_CHECKING:
    from capshare.reports.workbook.builder import WorkbookBuilder

_PLEDGED = ("base_mt", "base_cut_pct", "gdp_ratio", "cut_status", "cut_pct")
_PEAK = (
    *("peak_year", "peak_mt", "peak_net_ghg_mt", "co2_share_of_cut", "target_year"),
    "cut_below_peak_pct",
)
_PLAN = ("constant_intensity_mt", "cut_status", "cut_pct")
_ANNOUNCED = ("base", "pledged")
_STATED, _BETWEEN = "stated", "interpolated"


def cap_inputs(cap: pd.DataFrame) -> tuple[str, ...]:
    """The columns of the cap path that its cap follows from; none where it is simply given.

    Parameters
    ----------
    cap : index year; columns of ``cap.csv``
    """
    after = tuple(name for name in _PEAK if set(_PEAK) <= set(cap.columns))
    if set(_PLAN) <= set(cap.columns):
        return (*_PLAN, *after)
    if not set(_PLEDGED) <= set(cap.columns):
        return ()
    return (*_PLEDGED, *after)


def is_of_plan(builder: WorkbookBuilder) -> bool:
    """Whether the cap follows a plan's cut from the base year on, and not pledges against an earlier year.

    Parameters
    ----------
    builder : its data is read
    """
    columns = set(builder.data.outcome.cap.path.columns)
    return set(_PLAN) <= columns and not set(_PLEDGED) <= columns


def cap_formula(builder: WorkbookBuilder, year: Label) -> str:
    """The cap of a year; empty where no formula gives what the run has.

    Parameters
    ----------
    builder : with the place of ``cap``
    year : of the cap path
    """
    grid, row = builder.grids["cap"], builder.data.outcome.cap.path.loc[year].to_dict()
    if is_of_plan(builder) and row["cut_status"] in (_STATED, _BETWEEN):
        constant, cut = (grid.at(name, year) for name in ("constant_intensity_mt", "cut_pct"))
        return f"{constant}*(1-{cut}/100)"
    if row["cut_status"] in (*_ANNOUNCED, _BETWEEN):
        base, start, ratio, cut = (
            grid.at(n, year) for n in ("base_mt", "base_cut_pct", "gdp_ratio", "cut_pct")
        )
        made = row["base_mt"] * row["gdp_ratio"] * (100 - row["cut_pct"]) / (100 - row["base_cut_pct"])
        return _if_right(f"{base}*{ratio}*(100-{cut})/(100-{start})", made, row["cap_mt"])
    if not set(_PEAK) <= set(row):
        return ""
    peak, level, gases, share, target, cut = (grid.at(name, year) for name in _PEAK)
    passed = (year - row["peak_year"]) / (row["target_year"] - row["peak_year"])
    drop = row["co2_share_of_cut"] * row["cut_below_peak_pct"] / 100 * row["peak_net_ghg_mt"]
    time = f"({grid.at('year', year)}-{peak})/({target}-{peak})"
    return _if_right(
        f"{level}-{share}*{cut}/100*{gases}*{time}", row["peak_mt"] - drop * passed, row["cap_mt"]
    )


def _if_right(formula: str, made: float, found: float) -> str:
    return formula if np.isclose(made, found, rtol=1e-9, atol=0.0) else ""


def cut_formula(builder: WorkbookBuilder, year: Label) -> str:
    """The cut of intensity of a year: announced years are inputs, others follow.

    Parameters
    ----------
    builder, year : as of :func:`cap_formula`
    """
    grid, cap = builder.grids["cap"], builder.data.outcome.cap.path
    row, years = cap.loc[year].to_dict(), list(builder.data.all_years)
    if is_of_plan(builder):
        return _cut_of_plan(builder, year, row["cut_status"])
    if row["cut_status"] == _BETWEEN:
        announced = [t for t in years if cap.loc[t, "cut_status"] in _ANNOUNCED]
        before = [t for t in announced if t < year]
        after = [t for t in announced if t > year]
        return _between(builder, year, before[-1], after[0]) if before and after else ""
    if row["cut_status"] in _ANNOUNCED:
        return ""
    base, start, ratio = (grid.at(name, year) for name in ("base_mt", "base_cut_pct", "gdp_ratio"))
    made = 100 - (100 - row["base_cut_pct"]) * row["cap_mt"] / (row["base_mt"] * row["gdp_ratio"])
    formula = f"100-(100-{start})*{grid.at('cap_mt', year)}/({base}*{ratio})"
    return _if_right(formula, made, row["cut_pct"]) if cap_formula(builder, year) else ""


def _cut_of_plan(builder: WorkbookBuilder, year: int, status: str) -> str:
    """Stated cuts are inputs; those after the plan are what the falling cap means."""
    if status in (_STATED, _BETWEEN):
        return _between_stated(builder, year) if status == _BETWEEN else ""
    grid = builder.grids["cap"]
    return f"100*(1-{grid.at('cap_mt', year)}/{grid.at('constant_intensity_mt', year)})"


def _between_stated(builder: WorkbookBuilder, year: int) -> str:
    """The cut of a year between two that a plan states; the base year is stated with a cut of 0."""
    data, grid = builder.data, builder.grids["cap"]
    base, last = data.base_year, int(data.setting("cap.plan_year", data.all_years[-1]))
    stated = {base: 0.0, last: float(data.setting("cap.cut_pct", 0.0))}
    first = data.setting("cap.first_year_cut_pct", None)
    if first is not None and last > base + 1:
        stated[base + 1] = float(first)
    before, after = max(t for t in stated if t < year), min(t for t in stated if t > year)
    # A year that the plan states need not be one of those allocated.
    low, high = (
        f"(1-{grid.at('cut_pct', t) if t in data.all_years else repr(stated[t])}/100)"
        for t in (before, after)
    )
    passed = f"({grid.at('year', year)}-{before})/{after - before}"
    return f"100*(1-{low}*({high}/{low})^({passed}))"


def _between(builder: WorkbookBuilder, year: Label, before: int, after: int) -> str:
    grid, cap = builder.grids["cap"], builder.data.outcome.cap.path["cut_pct"]
    part = (year - before) / (after - before)
    made = 100 * (1 - (1 - cap[before] / 100) ** (1 - part) * (1 - cap[after] / 100) ** part)
    now, first, last = (grid.at("year", t) for t in (year, before, after))
    low, high = (f"(1-{grid.at('cut_pct', t)}/100)" for t in (before, after))
    span = f"({last}-{first})"
    formula = f"100*(1-{low}^(({last}-{now})/{span})*{high}^(({now}-{first})/{span}))"
    return _if_right(formula, made, cap[year])
