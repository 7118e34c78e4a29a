"""The base year: emissions and GDP of a year after the dataset's own, carried forward by stated factors."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from capshare.chain.electricity import electricity_views
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.sizes import size_of
from capshare.indicators.emissions import FUEL_FACTORS, emissions_from_column, emissions_from_fuels
from capshare.indicators.nowcast import Nowcast, nowcast
from capshare.study.checks import published_table
from capshare.study.study import Study


class BaseYear(NamedTuple):
    """Emissions of a study's base year.

    Attributes
    ----------
    emissions_mt : index code, Mt; in the view of electricity that the study takes
    produced_mt : index code, Mt; where they arise
    nowcast : how they were carried forward from the dataset's year; None where it is the base year
    electricity : of :func:`~capshare.chain.electricity.electricity_views`; None where the study does not ask
        for it
    """

    emissions_mt: pd.Series
    produced_mt: pd.Series
    nowcast: Nowcast | None = None
    electricity: pd.DataFrame | None = None

    @property
    def crossing_mt(self) -> pd.Series | None:
        """What the view of electricity adds to them where they arise, index code, Mt; None for nothing."""
        return None if self.emissions_mt is self.produced_mt else self.emissions_mt - self.produced_mt


def base_year_emissions(study: Study, dataset: Dataset, file: str = "study") -> BaseYear:
    """Emissions of the study's base year, and how they were made.

    Parameters
    ----------
    study : its sections ``[emissions]``, ``[nowcast]`` and ``[electricity]``, and its base year
    dataset : for a nowcast with the roles ``gdp_growth`` and ``intensity_change`` of the national table, and
        ``second_inventory`` of the panel where the provinces' own change is asked for
    file : of the study, for the messages

    Returns
    -------
    BaseYear

    Raises
    ------
    CapshareError
        where a table, column, fuel or role, or a rate of one of the years, is missing.
    """
    produced, carried = _produced(study, dataset, file)
    views = electricity_views(study, dataset, produced, file)
    if views is None or study.electricity is None or study.electricity.view == "production":
        return BaseYear(produced, produced, carried, views)
    own = views[f"{study.electricity.view}_mt"].rename("emissions_mt")
    return BaseYear(own, produced, carried, views)


def _produced(study: Study, dataset: Dataset, file: str) -> tuple[pd.Series, Nowcast | None]:
    """Emissions of the base year where they arise, and how they were carried forward to it."""
    own, asked = emissions_mt(study, dataset, file), study.nowcast
    if asked is None:
        return own, None
    provincial = asked.provincial == "second-inventory"
    carried = nowcast(
        own,
        dataset.national_series("gdp_growth"),
        dataset.national_series("intensity_change"),
        from_year=asked.from_year,
        to_year=study.study.base_year,
        second_inventory_mt=dataset.panel_of("second_inventory") if provincial else None,
    )
    return carried.emissions_mt, carried


def base_year_gdp(study: Study, dataset: Dataset, column: str) -> pd.Series:
    """GDP of each province in the study's base year, at prices of the dataset's year.

    Parameters
    ----------
    study : its section ``[nowcast]`` and base year
    dataset : with the role ``gdp_growth`` where there is a nowcast
    column : of the provinces' table, any unit of money; or ``gdp_1e8yuan`` for the one in the role ``gdp``

    Returns
    -------
    Series, index code, 1e8 of the dataset's currency; carried forward by national growth, the only one
        there is, where the base year is not the dataset's
    """
    gdp = size_of(dataset, column)
    if study.nowcast is None:
        return gdp
    years = range(study.nowcast.from_year + 1, study.study.base_year + 1)
    for rate in dataset.national_series("gdp_growth").loc[list(years)]:
        gdp = gdp * (1 + rate / 100)
    return gdp


def emissions_mt(study: Study, dataset: Dataset, file: str = "study") -> pd.Series:
    """Emissions of the dataset's year as the study asks for them, index code, Mt.

    Parameters
    ----------
    study : says which table and column, or which fuels
    dataset : has them
    file : named in messages

    Raises
    ------
    CapshareError
        where a table, column or fuel is not in the dataset.
    """
    asked = study.emissions
    if asked.method == "fuels":
        factors = {fuel: asked.factors.get(fuel, FUEL_FACTORS.get(fuel, 0.0)) for fuel in asked.fuels}
        return emissions_from_fuels(dataset.table, factors)
    table = dataset.table
    if asked.table is not None:
        table = published_table(dataset, asked.table, file, "emissions.table")
    return emissions_from_column(table, asked.column or "")
