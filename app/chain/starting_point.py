"""Where a cap from pledges on intensity starts: the base year's emissions, and the cut reached by then."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.emissions import FUEL_FACTORS, SINGLE_COUNT_FUELS, emissions_from_fuels
from capshare.model.cap.path import StartingPoint, achieved_cut_pct
from capshare.study.study import Study

# The year against which China pledges its cuts of intensity.
REFERENCE_YEAR = 2005
OFFICIAL_CUT = "intensity_cut_vs_2005_official"
REAL_GDP = "gdp_real_index_2005"


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
        return StartingPoint("official", base, base_mt, _official_cut(dataset, base), inventory, OFFICIAL_CUT)
    cut = _inventory_cut(study, dataset, base)
    return StartingPoint(
        "inventory", base, base_mt, cut, inventory, "the same fuels in 2005 and the base year"
    )


def _official_cut(dataset: Dataset, year: int) -> float:
    return float(_national(dataset, OFFICIAL_CUT).loc[year])


def _inventory_cut(study: Study, dataset: Dataset, base: int) -> float:
    """Cut since 2005 that the fuels themselves show."""
    years = (REFERENCE_YEAR, base)
    national = pd.Series({year: float(panel_emissions_mt(study, dataset, year).sum()) for year in years})
    ratio = _national(dataset, REAL_GDP).loc[list(years)]
    return float(achieved_cut_pct(national, ratio, REFERENCE_YEAR).loc[base])


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


def _national(dataset: Dataset, variable: str) -> pd.Series:
    national = dataset.national
    rows = None if national is None else national[national["variable"] == variable]
    if rows is None or rows.empty:
        expected = f"the national series {variable} in dataset {dataset.name}"
        remedy = 'Use method "table", "absolute" or "budget".'
        raise CapshareError(Problem("study", "cap.method", expected, "none", remedy))
    return rows.set_index("year")["value"]
