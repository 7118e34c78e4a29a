"""Rows of a table in the order of one of its columns, by formulas: what a sorted chart draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from capshare.reports.workbook.grid import Field, Grid, Label, ToFormula

# What a table in order begins with: place, rounded amount, rank, and the place of the row in its source.
ORDER = ("order", "sort_value", "sort_key", "source_place")


def in_order(values: pd.Series, digits: int) -> pd.DataFrame:
    """What puts rows in order, the largest first; equal ones keep their order.

    Parameters
    ----------
    values : by place in the source, index 1, 2, …
    digits : that count, so that equal amounts tie whatever rounding left of them

    Returns
    -------
    DataFrame
        columns of `ORDER` but the first, index as of `values`: of each place its rounded value and rank,
        and which place is the first, second, … in order
    """
    rounded = values.round(digits)
    key = rounded.rank(ascending=False, method="min") + values.index.to_numpy() / (len(values) + 1)
    place = pd.Series(key.sort_values().index, index=values.index)
    return pd.DataFrame(dict(zip(ORDER[1:], (rounded, key, place), strict=True)))


def order_fields(
    grid: Grid, order: pd.DataFrame, amount: ToFormula, digits: str, names: Sequence[str] = ORDER
) -> list[Field]:
    """The first columns of a table in order.

    Parameters
    ----------
    grid : of the table; its labels are the places 1, 2, …
    order : of :func:`in_order`
    amount : place in the source → cell with what is put in order
    digits : name of the cell with the digits that count
    names : of the four columns
    """
    first, value, key, place = names
    values, keys = grid.span(value), grid.span(key)
    formulas: Mapping[str, ToFormula] = {
        value: lambda label: f"ROUND({amount(label)},{digits})",
        key: lambda label: (
            f"RANK({grid.at(value, label)},{values})+{grid.at(first, label)}/(ROWS({values})+1)"
        ),
        place: lambda label: f"MATCH(SMALL({keys},{grid.at(first, label)}),{keys},0)",
    }
    found = dict(zip(names[1:], (order[column] for column in ORDER[1:]), strict=True))
    return [
        Field(first, {label: label for label in grid.labels}, unit=""),
        *(Field(name, found[name].to_dict(), "live", formulas[name], "") for name in names[1:]),
    ]


def picked(source: Grid, name: str, grid: Grid, place: Label, by: str = ORDER[3]) -> str:
    """What the source holds in the row that stands in a place: a formula without =.

    Parameters
    ----------
    source, name : table and column
    grid, place : of the table in order, and its row
    by : its column with places in the source
    """
    return f"INDEX({source.column(name)},{grid.at(by, place)})"
