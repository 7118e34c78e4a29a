"""Checks of whole tables: no row twice, no region absent, no variable nobody described."""

from __future__ import annotations

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_units import unit_factor
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.typed_table import TypedTable


def repeated(table: TypedTable, key: list[str]) -> list[Problem]:
    """Rows whose key an earlier row has already.

    Parameters
    ----------
    table : with its regions as codes
    key : columns that together may occur once

    Returns
    -------
    one problem per repetition; none where a column of the key could not be read
    """
    if not set(key) <= set(table.frame.columns):
        return []
    frame = table.frame.dropna(subset=key)
    first = frame.assign(row=frame.index).groupby(key, sort=False)["row"].transform("first")
    expected = f"each {', '.join(key)} once"
    return [
        Problem(
            table.resource.path,
            f"row {row}",
            expected,
            f"{', '.join(str(frame.at[row, column]) for column in key)} again, as in row {first[row]}",
            "Drop one of the rows.",
        )
        for row in frame.index[first != frame.index]
    ]


def absent(table: TypedTable, regions: Regions) -> list[Problem]:
    """Regions that have no row.

    Parameters
    ----------
    table : with its regions as codes
    regions : those that must be there

    Returns
    -------
    one problem per missing region; none where the regions could not be read
    """
    if "code" not in table.frame:
        return []
    present = set(table.frame["code"])
    return [
        Problem(
            table.resource.path,
            f"region {regions.label(code)}",
            "a row for every region",
            "none",
            "Add its row, or take the region out of the table of regions.",
        )
        for code in regions.codes
        if code not in present
    ]


def undescribed(table: TypedTable) -> list[Problem]:
    """Variables of a long table that the package does not describe, or whose unit does not convert.

    Parameters
    ----------
    table : a long table

    Returns
    -------
    one problem per row
    """
    variables = table.resource.variables
    if variables is None or not {"variable", "unit"} <= set(table.frame.columns):
        return []
    frame = table.frame.dropna(subset=["variable", "unit"])
    known = frame["variable"].isin(variables.index)
    problems = [
        Problem(
            table.resource.path,
            f"row {row}, column variable",
            "a variable that the dataset describes",
            shown(name),
            suggestion(str(name), variables.index),
        )
        for row, name in frame.loc[~known, "variable"].items()
    ]
    described = frame.loc[known, ["variable", "unit"]]
    units = described["variable"].map(variables["unit"])
    remedy = "Convert the value, or correct the unit."
    return problems + [
        Problem(
            table.resource.path, f"row {row}, column unit", f"{units[row]} for {name}", shown(unit), remedy
        )
        for row, name, unit in described[units != described["unit"]].itertuples()
        if unit_factor(unit, units[row]) is None
    ]
