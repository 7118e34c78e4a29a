"""Cut of carbon intensity achieved by the base year: the official figure, or what an inventory shows."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import emissions_history
from capshare.indicators.dataset.package_json import FILE_NAME
from capshare.indicators.emissions import FUEL_FACTORS, SINGLE_COUNT_FUELS, emissions_from_fuels
from capshare.model.cap.path import achieved_cut_pct
from capshare.study.past_emissions import takes_inventory
from capshare.study.study import Study


def has_official_cut(dataset: Dataset, year: int) -> bool:
    """Whether the dataset has an official cut of a year.

    Parameters
    ----------
    dataset : its national series
    year : one it may have
    """
    if dataset.facts.roles.find("national", "official_cut") is None:
        return False
    return year in dataset.national_series("official_cut").index


def official_cut(dataset: Dataset, year: int) -> tuple[float, str]:
    """Officially announced cut against the reference year, %, and the series that says it.

    Parameters
    ----------
    dataset : its national series
    year : of the cut

    Raises
    ------
    CapshareError
        where no series plays this role, or it has no figure of the year.
    """
    series = _national(dataset, "official_cut", [year])
    return float(series.loc[year]), str(series.name)


def inventory_cut(study: Study, dataset: Dataset, base_mt: float) -> tuple[float, str]:
    """Cut since the reference year that the study's own inventory shows, %, and what it was taken from.

    Parameters
    ----------
    study : its emissions: the column that is the dataset's inventory, else its fuels
    dataset : with a reference year, and the role ``real_gdp`` in the national table
    base_mt : emissions of the base year, all regions, Mt

    Raises
    ------
    CapshareError
        where the inventory, the fuels or GDP of one of the years are not known.
    """
    base = study.study.base_year
    since = dataset.facts.roles.require_reference_year(dataset.name)
    if takes_inventory(study, dataset):
        history = emissions_history(dataset).groupby(level="year").sum()
        if since not in history.index:
            expected = f"emissions of {since} in the inventory of dataset {dataset.name}"
            remedy = 'Use start = "official", or another method.'
            raise CapshareError(Problem("study", "cap.start", expected, "none", remedy))
        national, what = pd.Series({since: float(history.loc[since]), base: base_mt}), "inventory"
    else:
        what = "fuels"
        national = pd.Series(
            {year: float(panel_emissions_mt(study, dataset, year).sum()) for year in (since, base)}
        )
    ratio = _national(dataset, "real_gdp", [since, base])
    cut = float(achieved_cut_pct(national, ratio, since).loc[base])
    return cut, f"the same {what} in {since} and the base year"


def panel_emissions_mt(study: Study, dataset: Dataset, year: int) -> pd.Series:
    """Emissions of a year of the panel by the study's fuels, index code, Mt.

    A study that takes a published column is followed with the fuels that count no carbon twice.

    Parameters
    ----------
    study : its fuels and their factors
    dataset : its panel, quantities in 1e4 t or 1e8 m3
    year : of the panel
    """
    fuels = study.emissions.fuels or SINGLE_COUNT_FUELS
    factors = {fuel: study.emissions.factors.get(fuel, FUEL_FACTORS[fuel]) for fuel in fuels}
    columns = {
        f"{fuel}_consumption": f"{fuel}_1e8m3" if fuel == "natural_gas" else f"{fuel}_1e4t" for fuel in fuels
    }
    panel = dataset.panel if dataset.panel is not None else pd.DataFrame(columns=["year", "variable"])
    wanted = panel[(panel["year"] == year) & panel["variable"].isin(columns)]
    table = wanted.pivot(index="code", columns="variable", values="value")
    return emissions_from_fuels(table.rename(columns=columns), factors)


def _national(dataset: Dataset, role: str, years: list[int]) -> pd.Series:
    """Figures of a national series that the cap by pledges needs."""
    if dataset.national is None or dataset.facts.roles.find("national", role) is None:
        expected = f"the role {role} among the national series of dataset {dataset.name}"
        remedy = f'Use method "table", "absolute" or "budget", or name it in {FILE_NAME}, roles.national.'
        raise CapshareError(Problem("study", "cap.method", expected, "none", remedy))
    series = dataset.national_series(role)
    missing = [str(year) for year in years if year not in series.index]
    if missing:
        expected = f"{series.name} of {' and '.join(map(str, years))} in dataset {dataset.name}"
        remedy = 'Use start = "inventory", or method "table", "absolute" or "budget".'
        if role != "official_cut":
            remedy = 'Use start = "official", or method "table", "absolute" or "budget".'
        raise CapshareError(Problem("study", "cap.start", expected, f"none of {', '.join(missing)}", remedy))
    return series.loc[years]
