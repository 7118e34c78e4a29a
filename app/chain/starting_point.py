"""Where a cap from pledges on intensity starts: the base year's emissions, and the cut reached by then."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.package_json import FILE_NAME
from capshare.indicators.emissions import FUEL_FACTORS, SINGLE_COUNT_FUELS, emissions_from_fuels
from capshare.model.cap.path import StartingPoint, achieved_cut_pct
from capshare.study.study import Study


def starting_point(study: Study, dataset: Dataset, base_mt: float, which: str) -> StartingPoint:
    """Emissions and achieved cut of the base year, by the official figure or by the inventory itself.

    Parameters
    ----------
    study : its base year, and what its emissions count
    dataset : has the official cut, or the panel of fuels and real GDP
    base_mt : emissions of all provinces in the base year, Mt CO2
    which : "official" or "inventory"
    """
    base = study.study.base_year
    inventory = "fuels: " + ", ".join(study.emissions.fuels)
    if study.emissions.method == "column":
        inventory = f"column {study.emissions.column}"
    if which == "official":
        official = _national(dataset, "official_cut")
        return StartingPoint(
            "official", base, base_mt, float(official.loc[base]), inventory, str(official.name)
        )
    since = dataset.facts.roles.require_reference_year(dataset.name)
    cut = _inventory_cut(study, dataset, since)
    return StartingPoint(
        "inventory", base, base_mt, cut, inventory, f"the same fuels in {since} and the base year"
    )


def _inventory_cut(study: Study, dataset: Dataset, since: int) -> float:
    """Cut since the reference year that the fuels themselves show."""
    base = study.study.base_year
    national = pd.Series(
        {year: float(panel_emissions_mt(study, dataset, year).sum()) for year in (since, base)}
    )
    ratio = _national(dataset, "real_gdp").loc[[since, base]]
    return float(achieved_cut_pct(national, ratio, since).loc[base])


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


def _national(dataset: Dataset, role: str) -> pd.Series:
    """National series of a role, as the cap by pledges needs it."""
    if dataset.national is None or dataset.facts.roles.find("national", role) is None:
        expected = f"the role {role} among the national series of dataset {dataset.name}"
        remedy = f'Use method "table", "absolute" or "budget", or name it in {FILE_NAME}, roles.national.'
        raise CapshareError(Problem("study", "cap.method", expected, "none", remedy))
    return dataset.national_series(role)
