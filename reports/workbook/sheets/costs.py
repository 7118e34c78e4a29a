"""The estimate behind the abatement steps: each province's price and fit, and every curve on offer."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import describe
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field

_PROVINCES, _CURVES, _FIT = "marginal_costs", "cost_curves", "cost_fit"


def costs_sheet(builder: WorkbookBuilder) -> None:
    """One row per province; below it one per curve, and how the curve used fits.

    Parameters
    ----------
    builder : its outcome's costs are read
    """
    costs = builder.data.outcome.costs
    sheet = builder.open("costs")
    if costs is None:
        builder.say_here(sheet, HEADING_ROW, "no_costs")
        return
    marginal = costs.marginal.reindex(list(builder.data.codes))
    identity = builder.code_fields(builder.data.codes)
    fields = [*identity, *_solved(builder, _PROVINCES, marginal)]
    builder.grid(_PROVINCES, "costs", builder.data.codes, [field.name for field in fields])
    builder.write(_PROVINCES, fields, frozen=len(identity))
    top = builder.grids[_PROVINCES].bottom + 3
    for name, frame in ((_CURVES, costs.curves), (_FIT, costs.fit)):
        if frame is not None:
            top = _by_curve(builder, name, frame, top)


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
