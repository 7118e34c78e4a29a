"""Verification: whether a dataset agrees with itself, and how far its two inventories are apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.shown import shown
from capshare.indicators.dataset.column_names import year_of
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import inventory_distances
from capshare.indicators.dataset.sums import Sum

SIGNIFICANT = 5e-5
"""Relative difference of a figure that is printed in two tables to six and to five digits."""
CHECKS = ["kind", "what", "rows", "largest_difference", "allowed", "where", "agrees"]


@dataclass(frozen=True, eq=False)
class DatasetVerification:
    """What was found.

    Attributes
    ----------
    checks : one row per check; ``kind, what, rows, largest_difference, allowed, where,
        agrees``
    distances : index (year, code); ``emissions_mt, second_inventory_mt, difference_mt, difference_pct``; None
        where the dataset has no second inventory
    against_nation : index ``year``; ``regions_mt, national_mt, difference_pct`` of the second inventory; None
        where the dataset has no national figure of it
    """

    checks: pd.DataFrame
    distances: pd.DataFrame | None
    against_nation: pd.DataFrame | None

    @property
    def agrees(self) -> bool:
        """Whether every check holds."""
        return bool(self.checks["agrees"].all())


def verify_dataset(dataset: Dataset) -> DatasetVerification:
    """Check what a data package states of its own figures.

    Items add up to their totals; the provinces' column and the panel's series of one role are equal in the
    year that the column is of; no series has figures of two vintages that nothing tells apart.

    Parameters
    ----------
    dataset : any dataset

    Returns
    -------
    DatasetVerification
    """
    rows = [*_sums(dataset), *_same_figures(dataset), *_described_years(dataset)]
    checks = pd.DataFrame(rows, columns=CHECKS)
    return DatasetVerification(checks, inventory_distances(dataset), _against_nation(dataset))


def _against_nation(dataset: Dataset) -> pd.DataFrame | None:
    roles = dataset.facts.roles
    if not (roles.find("panel", "second_inventory") and roles.find("national", "second_inventory")):
        return None
    regions = dataset.panel_of("second_inventory").dropna(axis=1).sum()
    national = dataset.national_series("second_inventory")
    table = pd.DataFrame({"regions_mt": regions, "national_mt": national}).dropna()
    return table.assign(difference_pct=100 * (table["regions_mt"] / table["national_mt"] - 1))


def _sums(dataset: Dataset) -> Iterator[tuple[object, ...]]:
    for stated in dataset.facts.sums:
        frame = _frame(dataset, stated)
        difference = (frame[list(stated.items)].sum(axis=1, skipna=False) - frame[stated.total]).abs()
        what = f"{len(stated.items)} columns of {stated.table} add up to {stated.total}"
        yield _row("sum", what, difference, stated.tolerance)


def _frame(dataset: Dataset, stated: Sum) -> pd.DataFrame:
    if stated.table == "provinces":
        return dataset.table
    if stated.table in dataset.published:
        return dataset.published[stated.table]
    return dataset.table_of(stated.table)


def _same_figures(dataset: Dataset) -> Iterator[tuple[object, ...]]:
    """Provinces' column and panel series of one role, in the base year; relative differences."""
    names = dataset.facts.roles.names
    for role in names.get("provinces", {}):
        if role not in names.get("panel", {}):
            continue
        series, column = dataset.panel_of(role), dataset.table[names["provinces"][role]]
        year = year_of(str(column.name), dataset.base_year)
        if year not in series:
            continue
        difference = (series[year] / column - 1).abs()
        what = f"{role} of {year}: {column.name} and {names['panel'][role]} are equal"
        yield _row("tables", what, difference, SIGNIFICANT)


def _described_years(dataset: Dataset) -> Iterator[tuple[object, ...]]:
    """Long series have no figure in a year that lies between two stated vintages."""
    for (table, variable), spans in dataset.facts.vintages.spans.items():
        long = {"panel": dataset.panel, "national": dataset.national}.get(table)
        if long is None:
            continue
        years = long.loc[long["variable"] == variable, "year"]
        inside = [years.between(span.first_year, span.last_year) for span in spans]
        outside = years[~np.logical_or.reduce(inside)]
        used = {span.vintage for span, within in zip(spans, inside, strict=True) if within.any()}
        what = f"{variable} of {table}: every year has a vintage ({len(used)} in use)"
        where = shown(str(outside.iloc[0])) if len(outside) else ""
        yield "vintages", what, len(years), float(len(outside)), 0.0, where, outside.empty


def _row(kind: str, what: str, difference: pd.Series, allowed: float) -> tuple[object, ...]:
    known = difference.dropna()
    largest = float(known.max()) if len(known) else 0.0
    place = known.idxmax() if len(known) else ""
    where = ", ".join(map(str, place)) if isinstance(place, tuple) else str(place)
    return kind, what, len(known), largest, allowed, where, largest <= allowed
