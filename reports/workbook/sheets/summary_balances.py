"""What charts of the year chosen draw: balances in the column of their class, quotas; the largest first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from capshare.model.outcome.balance import BALANCE_CLASSES
from capshare.model.outcome.distance import RANK_DIGITS
from capshare.reports.words.shown_units import PER_MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cells import CHOSEN
from capshare.reports.workbook.formats import mark_unit
from capshare.reports.workbook.grid import Field, Grid, Label
from capshare.reports.workbook.in_order import ORDER, in_order, order_fields, picked
from capshare.reports.workbook.sheets.summary_provinces import (
    BALANCE_ORDER,
    CLASS,
    QUOTAS,
    QUOTAS_DRAWN,
    class_columns,
    name_column,
)


def write_class_balances(builder: WorkbookBuilder, rows: pd.DataFrame) -> None:
    """The balance in the column of its class, 0 in the others: what the chart draws in the class's colour.

    Parameters
    ----------
    builder : with the table of provinces written and the place of ``class_balances``
    rows : as :func:`~capshare.reports.workbook.sheets.summary_provinces.write_provinces` gives them
    """
    grid, source = builder.grids["class_balances"], builder.grids["top_provinces"]
    sheet, per_mt = builder.book[grid.sheet], PER_MT[builder.shown_unit]
    order = in_order(rows["balance_mt"] * per_mt, RANK_DIGITS)
    drawn = rows.loc[order[ORDER[-1]]].set_axis(rows.index)
    shown = drawn["balance_mt"] * per_mt

    def pick(name: str, place: Label) -> str:
        return picked(source, name, grid, place, BALANCE_ORDER[-1])

    def field(name: str, kind: str) -> Field:
        def formula(place: Label) -> str:
            mine = f"{pick(CLASS, place)}={grid.letter(name)}${grid.top}"
            return f"IF({mine},{pick('shown_balance_mt', place)},0)"

        found = shown.where(drawn[CLASS] == kind, 0.0).to_dict()
        return Field(name, found, "live", formula, CHOSEN, builder.word(kind))

    def same(name: str) -> Field:
        return Field(name, drawn[name].to_dict(), "live", lambda place: pick(name, place))

    builder.subtitle(sheet, grid.top - 1, "class_balances")
    classes = zip(class_columns(), BALANCE_CLASSES, strict=True)
    fields = [
        *_ordered(builder, grid, order, "shown_balance_mt", ("order", *BALANCE_ORDER)),
        *map(same, ("code", name_column(builder))),
        *(field(*one) for one in classes),
    ]
    builder.write("class_balances", fields)
    for name in class_columns():
        mark_unit(sheet, grid, name, builder.named("unit_per_mt"))


def _ordered(
    builder: WorkbookBuilder, grid: Grid, order: pd.DataFrame, amount: str, names: Sequence[str]
) -> list[Field]:
    source = builder.grids["top_provinces"]
    return order_fields(
        grid, order, lambda place: source.peer(amount, place), builder.named("rank_digits"), names
    )


def write_quotas_in_order(builder: WorkbookBuilder, rows: pd.DataFrame) -> None:
    """Quotas and emissions, the largest quota first, where the table of provinces is in another order.

    Parameters
    ----------
    builder, rows : as of :func:`write_class_balances`; nothing is done without the place of
        ``quotas_in_order``
    """
    grid = builder.grids.get(QUOTAS)
    if grid is None:
        return
    source, sheet, per_mt = (
        builder.grids["top_provinces"],
        builder.book[grid.sheet],
        PER_MT[builder.shown_unit],
    )
    order = in_order(rows["quota_mt"] * per_mt, RANK_DIGITS)
    drawn = rows.loc[order[ORDER[-1]]].set_axis(rows.index)

    def same(name: str, values: pd.Series, unit: str = "auto", heading: str = "") -> Field:
        def formula(place: Label) -> str:
            return picked(source, name, grid, place)

        return Field(name, values.to_dict(), "live", formula, unit, heading)

    builder.subtitle(sheet, grid.top - 1, QUOTAS)
    called = name_column(builder)
    amounts = [
        same(f"shown_{name}", drawn[name] * per_mt, CHOSEN, builder.about(name).label)
        for name in QUOTAS_DRAWN
    ]
    builder.write(
        QUOTAS,
        [
            *_ordered(builder, grid, order, "shown_quota_mt", ORDER),
            *(same(name, drawn[name]) for name in ("code", called)),
            *amounts,
        ],
    )
    for name in QUOTAS_DRAWN:
        mark_unit(sheet, grid, f"shown_{name}", builder.named("unit_per_mt"))
