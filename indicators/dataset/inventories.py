"""Inventories: emissions of every year that a dataset has, and how far a second inventory is from them."""

from __future__ import annotations

import pandas as pd

from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.once_per_dataset import once_per_dataset


def inventory_distances(dataset: Dataset) -> pd.DataFrame | None:
    r"""How far the second inventory is from the first, in every year that both have.

    .. math:: d_i = 100\,(M_i - E_i)/E_i

    Parameters
    ----------
    dataset : with the roles ``emissions`` and ``second_inventory``

    Returns
    -------
    DataFrame, index (year, code); ``emissions_mt, second_inventory_mt, difference_mt, difference_pct``; None
        where there is no second inventory or no year in common
    """
    if dataset.facts.roles.find("panel", "second_inventory") is None:
        return None
    second, first = _by_year(dataset.panel_of("second_inventory")), emissions_history(dataset)
    table = pd.DataFrame({"emissions_mt": first, "second_inventory_mt": second}).dropna()
    if table.empty:
        return None
    table["difference_mt"] = table["second_inventory_mt"] - table["emissions_mt"]
    table["difference_pct"] = 100 * table["difference_mt"] / table["emissions_mt"]
    return table.reorder_levels(["year", "code"]).sort_index()


@once_per_dataset
def emissions_history(dataset: Dataset) -> pd.Series:
    """Emissions of every region and year that the dataset has, of its standard inventory.

    Parameters
    ----------
    dataset : with the role ``emissions`` in the inventory, the panel or the provinces' table

    Returns
    -------
    Series ``emissions_mt``, index (code, year), Mt; the inventory by item where two tables have a year
    """
    roles = dataset.facts.roles
    parts: list[pd.Series] = []
    if (column := roles.find("inventory", "emissions")) and "inventory" in dataset.tables:
        parts.append(dataset.table_of("inventory")[column])
    if roles.find("panel", "emissions"):
        parts.append(_by_year(dataset.panel_of("emissions")))
    if column := roles.find("provinces", "emissions"):
        parts.append(_by_year(dataset.table[[column]].set_axis([dataset.base_year], axis="columns")))
    if not parts:
        return pd.Series(dtype=float, index=pd.MultiIndex.from_arrays([[], []], names=["code", "year"]))
    history: pd.Series = pd.concat(parts)
    return history[~history.index.duplicated()].sort_index().rename("emissions_mt")


def inventory_sum(dataset: Dataset, first: int, last: int) -> tuple[pd.Series, tuple[int, ...]] | None:
    """Emissions added up over the years that the inventory has of every region.

    Parameters
    ----------
    dataset : as for :func:`emissions_history`
    first, last : years outside are left out

    Returns
    -------
    Series ``cumulative_emissions_mt``, index code, Mt, and the years; None where fewer than two are
        complete: emissions of one year are no history
    """
    complete = _complete_years(dataset)
    years = tuple(year for year in map(int, complete.columns) if first <= year <= last)
    if len(years) < 2:
        return None
    return complete[list(years)].sum(axis="columns").rename("cumulative_emissions_mt"), years


def power_and_heat_shares(dataset: Dataset, last: int) -> pd.DataFrame:
    """The power and heat sector's part of each region's emissions, in the last year that has it.

    Parameters
    ----------
    dataset : with the roles ``emissions`` and ``power_and_heat`` in its inventory
    last : years after it are left out

    Returns
    -------
    DataFrame, index code; ``share`` (0 to 1) and ``year``; without a row where a region has none
    """
    roles = dataset.facts.roles
    columns = [roles.find("inventory", role) for role in ("power_and_heat", "emissions")]
    if None in columns or "inventory" not in dataset.tables:
        return pd.DataFrame({"share": [], "year": []}, index=pd.Index([], name="code"))
    sector, whole = (dataset.table_of("inventory")[column].dropna() for column in columns)
    share = (sector / whole).dropna().rename("share").reset_index()
    return share[share["year"] <= last].sort_values("year").groupby("code").last()


@once_per_dataset
def _complete_years(dataset: Dataset) -> pd.DataFrame:
    """Emissions of the years that every region has, code × year, Mt."""
    return emissions_history(dataset).unstack("year").dropna(axis="columns")


def _by_year(table: pd.DataFrame) -> pd.Series:
    """Cells of code × year that have a figure, index (code, year)."""
    rows = table.rename_axis(index="code", columns="year").reset_index().melt("code", var_name="year")
    return rows.dropna().astype({"year": int}).set_index(["code", "year"])["value"]
