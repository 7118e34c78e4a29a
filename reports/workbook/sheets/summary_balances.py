"""Balances of the year chosen, the largest first, each in the column of its class: what a chart draws."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.balance import BALANCE_CLASSES
from capshare.model.outcome.distance import RANK_DIGITS
from capshare.reports.words.shown_units import PER_MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cells import CHOSEN
from capshare.reports.workbook.formats import mark_unit
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.sheets.summary_provinces import CLASS, class_columns, name_column


def write_class_balances(builder: WorkbookBuilder, rows: pd.DataFrame) -> None:
    """The balance in the column of its class, 0 in the others: what the chart draws in the class's colour.

    Parameters
    ----------
    builder : with the table of provinces written and the place of ``class_balances``
    rows : as :func:`~capshare.reports.workbook.sheets.summary_provinces.write_provinces` gives them
    """
    grid, source = builder.grids["class_balances"], builder.grids["top_provinces"]
    sheet, order = builder.book[grid.sheet], _by_balance(builder, rows)
    drawn = rows.loc[order["balance_place"]].set_axis(rows.index)
    shown = drawn["balance_mt"] * PER_MT[builder.shown_unit]

    def picked(name: str, place: Label) -> str:
        return f"INDEX({source.column(name)},{grid.at('balance_place', place)})"

    def field(name: str, kind: str) -> Field:
        def formula(place: Label) -> str:
            mine = f"{picked(CLASS, place)}={grid.letter(name)}${grid.top}"
            return f"IF({mine},{picked('shown_balance_mt', place)},0)"

        found = shown.where(drawn[CLASS] == kind, 0.0).to_dict()
        return Field(name, found, "live", formula, CHOSEN, builder.word(kind))

    def same(name: str) -> Field:
        return Field(name, drawn[name].to_dict(), "live", lambda place: picked(name, place))

    builder.subtitle(sheet, grid.top - 1, "class_balances")
    classes = zip(class_columns(), BALANCE_CLASSES, strict=True)
    fields = [
        *_order_of_balances(builder, order),
        *map(same, ("code", name_column(builder))),
        *(field(*one) for one in classes),
    ]
    builder.write("class_balances", fields)
    for name in class_columns():
        mark_unit(sheet, grid, name, builder.named("unit_per_mt"))


def _by_balance(builder: WorkbookBuilder, rows: pd.DataFrame) -> pd.DataFrame:
    """By place: the rounded balance there, its rank, and whose balance is the largest, second, …"""
    value = (rows["balance_mt"] * PER_MT[builder.shown_unit]).round(RANK_DIGITS)
    key = value.rank(ascending=False, method="min") + rows.index.to_numpy() / (len(rows) + 1)
    place = pd.Series(key.sort_values().index, index=rows.index)
    return pd.DataFrame({"balance_sort": value, "balance_key": key, "balance_place": place})


def _order_of_balances(builder: WorkbookBuilder, order: pd.DataFrame) -> list[Field]:
    grid, source = builder.grids["class_balances"], builder.grids["top_provinces"]
    values, keys = grid.span("balance_sort"), grid.span("balance_key")
    formulas: dict[str, ToFormula] = {
        "balance_sort": lambda place: (
            f"ROUND({source.peer('shown_balance_mt', place)},{builder.named('rank_digits')})"
        ),
        "balance_key": lambda place: (
            f"RANK({grid.at('balance_sort', place)},{values})+{grid.at('order', place)}/(ROWS({values})+1)"
        ),
        "balance_place": lambda place: f"MATCH(SMALL({keys},{grid.at('order', place)}),{keys},0)",
    }
    return [
        Field("order", {place: place for place in order.index}, unit=""),
        *(Field(name, order[name].to_dict(), "live", formula, "") for name, formula in formulas.items()),
    ]
