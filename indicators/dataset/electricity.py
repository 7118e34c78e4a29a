"""Electricity figures of a dataset: generation, consumption and CO2 factors, in the units of formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.column_names import year_of
from capshare.indicators.dataset.column_units import converted, unit_factor
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.package_json import FILE_NAME

Role = Literal["electricity_generation", "electricity_consumption"]
# Units of a factor that are kilograms of CO2 per kilowatt-hour.
_KG_PER_KWH = ("kg CO2/kWh", "kg/kWh", "t CO2/MWh", "t/MWh")
# Of the unit that the provinces' table is read in.
_TWH_PER_1E8KWH = Fraction(1, 10)


def electricity_twh(dataset: Dataset, role: Role) -> pd.DataFrame:
    """Electricity of every year that all regions have, of the panel and of the provinces' table.

    Parameters
    ----------
    dataset : with the role in one of the two tables
    role : of the figures

    Returns
    -------
    DataFrame, code × year, TWh; without columns where the dataset has none

    Raises
    ------
    CapshareError
        where the panel's unit is none of electricity.
    """
    parts, roles = [], dataset.facts.roles
    if roles.find("panel", role) is not None:
        parts.append(dataset.panel_of(role) * _twh_per_unit(dataset, str(roles.find("panel", role))))
    column = roles.find("provinces", role)
    if column is not None:
        own = converted(dataset.table[column], _TWH_PER_1E8KWH)
        parts.append(own.to_frame(year_of(column, dataset.base_year)))
    if not parts:
        return pd.DataFrame(index=dataset.table.index)
    whole = pd.concat(parts, axis="columns").reindex(dataset.table.index)
    return whole.loc[:, ~whole.columns.duplicated()].dropna(axis="columns").sort_index(axis="columns")


def electricity_source(dataset: Dataset, role: Role, year: int) -> tuple[str, str, pd.Series, str]:
    """Where the electricity of a year stands in a dataset.

    Parameters
    ----------
    dataset, role : as of :func:`electricity_twh`
    year : one of its columns

    Returns
    -------
    the role of the table, the column or variable, its figures (index code) and their unit
    """
    roles = dataset.facts.roles
    variable = roles.find("panel", role)
    if variable is not None and year in dataset.panel_of(role).dropna(axis="columns").columns:
        rows = pd.DataFrame() if dataset.panel is None else dataset.panel
        unit = str(rows.loc[rows["variable"] == variable, "unit"].iloc[0])
        return "panel", variable, dataset.panel_of(role)[year].reindex(dataset.table.index), unit
    column = roles.require("provinces", role, dataset.name)
    return "provinces", column, dataset.table[column], str(dataset.fields.loc[column, "unit"])


def grid_factors_kg_per_kwh(dataset: Dataset) -> pd.DataFrame:
    """Mean CO2 factor of the electricity that each region generates, of the years that all of them have.

    Parameters
    ----------
    dataset : with the role ``electricity`` in its table of emission factors

    Returns
    -------
    DataFrame, code × year, kg CO2 per kWh; without columns where the dataset has none

    Raises
    ------
    CapshareError
        where their unit is another.
    """
    name = dataset.facts.roles.find("emission_factors", "electricity")
    if name is None or "emission_factors" not in dataset.tables:
        return pd.DataFrame(index=dataset.table.index)
    rows = dataset.table_of("emission_factors")
    rows = rows[rows["variable"] == name]
    _require_factor_unit(dataset, name, rows["unit"])
    table = rows.pivot(index="code", columns="year", values="value").reindex(dataset.table.index)
    return table.dropna(axis="columns")


def national_grid_factor_kg_per_kwh(dataset: Dataset) -> pd.Series:
    """Mean CO2 factor of the nation's electricity.

    Parameters
    ----------
    dataset : with the role ``electricity_factor`` in its national table

    Returns
    -------
    Series, index year, kg CO2 per kWh; empty where the dataset has none

    Raises
    ------
    CapshareError
        where its unit is another.
    """
    name = dataset.facts.roles.find("national", "electricity_factor")
    if name is None or dataset.national is None:
        return pd.Series(dtype=float)
    rows = dataset.national[dataset.national["variable"] == name]
    _require_factor_unit(dataset, name, rows["unit"])
    return rows.set_index("year")["value"].sort_index()


def _twh_per_unit(dataset: Dataset, variable: str) -> float:
    rows = pd.DataFrame() if dataset.panel is None else dataset.panel
    units = rows.loc[rows["variable"] == variable, "unit"].unique()
    factors = [unit_factor(unit, "TWh") for unit in units]
    if len(factors) == 1 and factors[0] is not None:
        return float(factors[0])
    found, remedy = shown(", ".join(units)), f"Correct the unit of {variable} in {FILE_NAME}."
    raise CapshareError(Problem(f"dataset {dataset.name}", variable, "a unit of electricity", found, remedy))


def _require_factor_unit(dataset: Dataset, variable: str, units: pd.Series) -> None:
    other = [unit for unit in units.unique() if unit not in _KG_PER_KWH]
    if other:
        expected, remedy = " or ".join(_KG_PER_KWH), "Convert the factors."
        source = f"dataset {dataset.name}"
        raise CapshareError(Problem(source, variable, expected, shown(", ".join(other)), remedy))
