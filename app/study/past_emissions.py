"""Emissions of the past, added up over the years that the panel has in full."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.notes import Note, detail
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import inventory_sum
from capshare.indicators.emissions import FUEL_FACTORS, SINGLE_COUNT_FUELS, emissions_from_fuels
from capshare.study.study import Study


@dataclass(frozen=True)
class PastEmissions:
    """Cumulative emissions and what they are made of.

    Attributes
    ----------
    emissions_mt : index code; sum over the years, Mt CO2
    years : the years added up
    fuels : whose emissions they are; none where they are the dataset's own inventory
    """

    emissions_mt: pd.Series
    years: tuple[int, ...]
    fuels: tuple[str, ...]

    @property
    def note(self) -> Note:
        """Which years and fuels were added up."""
        first, last = self.years[0], self.years[-1]
        gaps = sorted(set(range(first, last + 1)) - set(self.years))
        if not self.fuels:
            return detail("cumulative_inventory", first=first, last=last, years=len(self.years))
        if gaps:
            return detail("cumulative_with_gaps", first=first, last=last, gaps=gaps, fuels=self.fuels)
        return detail("cumulative", first=first, last=last, fuels=self.fuels)


def past_emissions(study: Study, dataset: Dataset, since: int | None = None) -> PastEmissions | None:
    """Add up the emissions of each province over the complete years up to the base year.

    A study whose emissions are the dataset's inventory is followed with the inventory. One that takes another
    column is followed with the fuels that count no carbon twice. Cells of ``prices.absent_as_zero`` that are
    absent count as 0; a year with another absent cell is left out.

    Parameters
    ----------
    study : its fuels, factors and base year
    dataset : with a panel of fuel quantities in the units of the emission factors
    since : first year; by default the panel's

    Returns
    -------
    PastEmissions, or None where the panel has no complete year
    """
    if takes_inventory(study, dataset):
        added_up = inventory_sum(dataset, since or 0, study.study.base_year)
        return None if added_up is None else PastEmissions(*added_up, ())
    fuels = study.emissions.fuels or SINGLE_COUNT_FUELS
    cells = _cells(dataset, fuels, tuple(study.prices.absent_as_zero))
    if cells is None:
        return None
    year = cells.index.get_level_values("year")
    cells = cells[(year <= study.study.base_year) & (year >= (since or 0))]
    whole = cells.notna().all(axis="columns").groupby(level="year").sum() == len(dataset.table)
    years = tuple(int(year) for year in whole.index[whole])
    if not years:
        return None
    factors = {fuel: study.emissions.factors.get(fuel, FUEL_FACTORS[fuel]) for fuel in fuels}
    complete = cells[cells.index.get_level_values("year").isin(years)]
    total = emissions_from_fuels(complete, factors).groupby(level="code").sum()
    return PastEmissions(total.reindex(dataset.table.index).rename("cumulative_emissions_mt"), years, fuels)


def takes_inventory(study: Study, dataset: Dataset) -> bool:
    """Whether a study's emissions are the column that its dataset calls its inventory.

    Parameters
    ----------
    study : says which column its emissions are
    dataset : says which column its inventory has
    """
    asked, own = study.emissions, dataset.facts.roles.find("provinces", "emissions")
    return asked.method == "column" and asked.table is None and asked.column == own


def _cells(dataset: Dataset, fuels: tuple[str, ...], absent_as_zero: tuple[str, ...]) -> pd.DataFrame | None:
    """Quantities, index (code, year), columns as the emission factors want them; absent cells are NaN."""
    if dataset.panel is None or not set(fuels) <= set(FUEL_FACTORS):
        return None
    columns = {
        f"{fuel}_consumption": f"{fuel}_1e8m3" if fuel == "natural_gas" else f"{fuel}_1e4t" for fuel in fuels
    }
    rows = dataset.panel[dataset.panel["variable"].isin(columns)]
    if set(rows["variable"]) != set(columns):
        return None
    cells = rows.pivot(index=["code", "year"], columns="variable", values="value").rename(columns=columns)
    zeros = {columns[f"{fuel}_consumption"]: 0.0 for fuel in absent_as_zero if fuel in fuels}
    return cells.fillna(zeros)
