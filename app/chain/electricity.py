"""Electricity that crosses borders, as a study counts it: emissions of the base year in every view."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.electricity import (
    Role,
    electricity_twh,
    grid_factors_kg_per_kwh,
    national_grid_factor_kg_per_kwh,
)
from capshare.indicators.electricity import emissions_by_view, net_imports_twh, origin_factors
from capshare.study.sections.source import Electricity
from capshare.study.study import Study

GENERATION: Role = "electricity_generation"
CONSUMPTION: Role = "electricity_consumption"
_OR_NONE = "Leave out [electricity], or use a dataset that has it."


def electricity_views(
    study: Study, dataset: Dataset, production_mt: pd.Series, file: str = "study"
) -> pd.DataFrame | None:
    """Emissions of the base year by production, by consumption and shared, with what they were made of.

    Parameters
    ----------
    study : its section ``[electricity]``
    dataset : with generation, consumption and CO2 factors of electricity
    production_mt : index code, Mt; emissions of the base year where they arise
    file : of the study, for the messages

    Returns
    -------
    DataFrame, index code; ``generation_twh, consumption_twh, net_import_twh``; ``own_factor_kg_per_kwh`` of
    what is generated, ``factor_kg_per_kwh`` of what crosses the border; the columns of
    :func:`~capshare.indicators.electricity.emissions_by_view`; ``published_consumption_twh`` as the dataset
    has it, ``generation_then_twh`` of the same year (NaN where that is not known), and the years of the
    figures. None where the study does not ask for it

    Raises
    ------
    CapshareError
        with every figure that the dataset lacks.
    """
    asked = study.electricity
    if asked is None:
        return None
    found, base = Collector(file), study.study.base_year
    generation = _of_year(dataset, GENERATION, asked.generation_year, base, found)
    consumption = _of_year(dataset, CONSUMPTION, None, base, found)
    factor = _factor(asked, dataset, base, found)
    if generation is None or consumption is None or factor is None:
        raise CapshareError(found.problems)
    traded = net_imports_twh(generation, consumption)
    crossing = origin_factors(traded["net_import_twh"], factor)
    if asked.factor == "national":
        crossing = factor.rename("factor_kg_per_kwh")
    views = emissions_by_view(production_mt, traded["net_import_twh"], crossing)
    return traded.join(factor.rename("own_factor_kg_per_kwh")).join(crossing).join(views).assign(
        published_consumption_twh=consumption,
        generation_then_twh=electricity_twh(dataset, GENERATION).get(_year(consumption), np.nan),
        generation_year=_year(generation),
        consumption_year=_year(consumption),
        factor_year=_year(factor),
    ).rename_axis("code")  # fmt: skip


def _of_year(
    dataset: Dataset, role: Role, asked: int | None, base_year: int, found: Collector
) -> pd.Series | None:
    """Electricity of a year, index code, TWh, named after it: the asked one, else the last to be had."""
    table = found.attempt(partial(electricity_twh, dataset, role))
    if table is None:
        return None
    known = [year for year in map(int, table.columns) if year <= base_year]
    if asked is not None and asked not in known:
        found.add(f"electricity.{role.removeprefix('electricity_')}_year",
                  f"a year up to {base_year} with the {_said(role)} of every province in {dataset.name}",
                  str(asked), f"Known: {', '.join(map(str, known)) or 'none'}.")  # fmt: skip
        return None
    if not known:
        found.add(
            "electricity", f"the {_said(role)} of every province in dataset {dataset.name}", "none", _OR_NONE
        )
        return None
    series: pd.Series = table[max(known) if asked is None else asked]
    return series


def _factor(asked: Electricity, dataset: Dataset, base_year: int, found: Collector) -> pd.Series | None:
    """Factor of the nation or of each province, index code, kg CO2 per kWh, named after its year."""
    if asked.factor == "national":
        series = found.attempt(partial(national_grid_factor_kg_per_kwh, dataset))
        if series is None:
            return None
        known = series[series.index <= base_year]
        if len(known):
            return pd.Series(float(known.iloc[-1]), dataset.table.index, name=int(known.index[-1]))
        what = "the nation's CO2 factor of electricity"
    else:
        table = found.attempt(partial(grid_factors_kg_per_kwh, dataset))
        if table is None:
            return None
        years = [year for year in map(int, table.columns) if year <= base_year]
        if years:
            own: pd.Series = table[max(years)]
            return own
        what = "the CO2 factor of electricity of every province"
    found.add("electricity.factor", f"{what} in dataset {dataset.name}", "none", _OR_NONE)
    return None


def _year(series: pd.Series) -> int:
    return int(str(series.name))


def _said(role: str) -> str:
    return role.replace("_", " ")
