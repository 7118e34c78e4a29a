"""The estimate behind the abatement steps: each province's price and fit, and every curve on offer."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import describe
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cost_curve import CostCurve
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.sheets.cost_levels import (
    ANCHOR,
    FIT,
    LEVEL,
    anchor_fields,
    level_fields,
    level_names,
)

_PROVINCES, _CURVES = "marginal_costs", "cost_curves"


def reserve(builder: WorkbookBuilder, curve: CostCurve | None) -> None:
    """Place the tables that levels and steps are computed from.

    Parameters
    ----------
    builder : takes the places of ``marginal_costs``, ``price_anchor`` and ``cost_fit``, if there are such
    curve : of the run; None where steps have no closed form
    """
    data, costs = builder.data, builder.data.outcome.costs
    if costs is None and curve is None:
        return
    names = [field.name for field in builder.code_fields(data.codes)]
    names += _solved_names(costs.marginal if costs else None, curve)
    grid = builder.grid(_PROVINCES, "costs", data.codes, [*names, *level_names(curve)])
    top = grid.bottom + 3
    if curve is not None and curve.anchor_yuan_per_t is not None:
        top = (
            builder.grid(ANCHOR, "costs", (ANCHOR,), ("median_price", "anchored_to", "times"), top).bottom + 3
        )
    if costs is not None and costs.fit is not None:
        builder.grid(FIT, "costs", tuple(map(str, costs.fit.index)), ("curve", *costs.fit.columns), top)


def _solved_names(marginal: pd.DataFrame | None, curve: CostCurve | None) -> list[str]:
    """Columns of the estimate; its price is live where the curve says how."""
    names = [] if marginal is None else [str(name) for name in marginal.columns]
    return [name for name in names if curve is None or name != LEVEL]


def costs_sheet(builder: WorkbookBuilder, curve: CostCurve | None) -> None:
    """One row per province; below it one per curve, and how the curve used fits.

    Parameters
    ----------
    builder : with the places of ``inputs``, ``assumptions`` and what :func:`reserve` placed
    curve : as of :func:`reserve`
    """
    data, costs = builder.data, builder.data.outcome.costs
    sheet = builder.open("costs")
    if _PROVINCES not in builder.grids:
        builder.say_here(sheet, HEADING_ROW, "no_costs")
        return
    fields = builder.code_fields(data.codes)
    identity = len(fields)
    if costs is not None:
        marginal = costs.marginal.reindex(list(data.codes))
        fields += _solved(builder, _PROVINCES, marginal[_solved_names(marginal, curve)])
    if curve is not None:
        fields += level_fields(builder, curve)
    builder.write(_PROVINCES, fields, frozen=identity)
    top = builder.grids[_PROVINCES].bottom + 3
    if curve is not None and ANCHOR in builder.grids:
        builder.subtitle(sheet, builder.grids[ANCHOR].top - 1, ANCHOR)
        builder.write(ANCHOR, anchor_fields(builder, curve))
        top = builder.grids[ANCHOR].bottom + 3
    if costs is None:
        return
    if costs.fit is not None:
        top = _by_curve(builder, FIT, costs.fit, top)
    _by_curve(builder, _CURVES, costs.curves, top)


def _by_curve(builder: WorkbookBuilder, name: str, frame: pd.DataFrame, top: int) -> int:
    """A table with a row per curve; gives the row at which the next one may begin."""
    curves = tuple(map(str, frame.index))
    said = {curve: term("curves", curve, builder.lang) for curve in curves}
    fields = [Field("curve", said), *_solved(builder, name, frame)]
    grid = builder.grid(name, "costs", curves, [field.name for field in fields], top)
    builder.subtitle(builder.book[grid.sheet], top - 1, name)
    builder.write(name, fields)
    return grid.bottom + 3


def _solved(builder: WorkbookBuilder, table: str, frame: pd.DataFrame) -> list[Field]:
    """The columns of a table of the run, as they are."""
    fields = []
    for name in map(str, frame.columns):
        known = describe(table, name, builder.lang)
        values = frame[name].to_dict()
        fields.append(
            Field(name, values, "solved", unit=known.unit, heading=known.label, meaning=known.meaning)
        )
    return fields
