r"""Emissions and GDP of the base year: the dataset's, carried forward to it where it is a later one.

.. math:: E_{i,t} = E_{i,t-1}\,(1+g_t)(1+\iota_t),\qquad\text{or by the second inventory}\quad
    E_{i,t} = E_{i,t-1}\frac{M_{i,t}}{M_{i,t-1}}\,\lambda_t
"""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.figures import (
    figure_key,
    figures,
    provincial_figures,
    provincial_variable,
)
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.own_emissions import is_carried, nowcast_years, own_emissions
from capshare.reports.workbook.sheets.base_gdp import gdp_fields, names_of_gdp
from capshare.reports.workbook.workbook_data import WorkbookData

RATES, PROVINCES = "nowcast_rates", "base_year"


def reserve(builder: WorkbookBuilder, top: int) -> int:
    """Place the rates of the years before the base year, and the provinces in these years.

    Parameters
    ----------
    builder : takes the places of ``nowcast_rates`` and ``base_year``
    top : row of the headings of the first

    Returns
    -------
    row of the headings of what follows
    """
    data = builder.data
    years = nowcast_years(data)
    if years:
        names = ("year", "growth_pct", "national_change_pct", "national_factor", "growth_so_far")
        top = builder.grid(RATES, "baseline", years, names, top).bottom + 4
    columns = [*_names_of_emissions(data), *names_of_gdp(data)]
    if columns:
        identity = [field.name for field in builder.code_fields(data.codes)]
        top = builder.grid(PROVINCES, "baseline", data.codes, [*identity, *columns], top).bottom + 4
    return top


def _names_of_emissions(data: WorkbookData) -> list[str]:
    if not is_carried(data):
        return []
    second = provincial_figures(data, "second_inventory")
    names = [f"second_{year}_mt" for year in second.columns]
    names.append("own_mt")
    for year in nowcast_years(data):
        names += [f"unscaled_{year}_mt"] if _covered(second, year) else []
        names.append(f"emissions_{year}_mt")
    return names


def _covered(second: pd.DataFrame, year: int) -> bool:
    """Whether the second inventory says how all provinces changed in a year."""
    pair = [year - 1, year]
    return set(pair) <= set(second.columns) and bool(second[pair].notna().all(axis=None))


def base_year_tables(builder: WorkbookBuilder) -> None:
    """Rates year by year, and below them the provinces.

    Parameters
    ----------
    builder : with the place of ``inputs`` and what :func:`reserve` placed
    """
    sheet = builder.book[builder.title("baseline")]
    if RATES in builder.grids:
        builder.subtitle(sheet, builder.grids[RATES].top - 1, RATES)
        builder.write(RATES, _rates(builder))
    if PROVINCES in builder.grids:
        builder.subtitle(sheet, builder.grids[PROVINCES].top - 1, PROVINCES)
        identity = builder.code_fields(builder.data.codes)
        builder.write(PROVINCES, [*identity, *_emissions(builder), *gdp_fields(builder)])


def _rates(builder: WorkbookBuilder) -> list[Field]:
    data, grid = builder.data, builder.grids[RATES]
    percent, years = builder.named("percent"), nowcast_years(data)
    growth, change = (
        figures(data, name)["value"].astype(float) for name in ("nowcast_growth", "nowcast_change")
    )

    def left(name: str, year: Label) -> str:
        return f"(1+{grid.at(name, year)}/{percent})"

    def factor(year: Label) -> str:
        return f"{left('growth_pct', year)}*{left('national_change_pct', year)}"

    def so_far(year: Label) -> str:
        above = f"{grid.letter('growth_so_far')}{grid.row(year) - 1}"
        return f"IF({grid.at('year', year)}=MIN({grid.span('year')}),1,{above})*{left('growth_pct', year)}"

    factors = (1 + growth / 100) * (1 + change / 100)
    return [
        Field("year", {year: year for year in years}, unit=""),
        _rate(builder, "growth_pct", "nowcast_growth"),
        _rate(builder, "national_change_pct", "nowcast_change"),
        Field("national_factor", factors.to_dict(), "live", factor, ""),
        Field("growth_so_far", (1 + growth / 100).cumprod().to_dict(), "live", so_far, ""),
    ]


def _rate(builder: WorkbookBuilder, name: str, purpose: str) -> Field:
    known = figures(builder.data, purpose)
    values = known["value"].to_dict()
    return Field(name, values, "input", unit=PERCENT, key=lambda year: figure_key(known, year))


def _emissions(builder: WorkbookBuilder) -> list[Field]:
    data = builder.data
    own = own_emissions(data)
    if own is None or not is_carried(data):
        return []
    second, inputs = provincial_figures(data, "second_inventory"), builder.grids["inputs"]
    fields = [_second(builder, int(year), second[year]) for year in second.columns]
    fields.append(Field("own_mt", own.to_dict(), "live", lambda code: inputs.peer(own_column(builder), code)))
    before = "own_mt"
    for year in nowcast_years(data):
        if _covered(second, year):
            fields.append(_unscaled(builder, year, before))
        fields.append(_carried(builder, year, before))
        before = f"emissions_{year}_mt"
    return fields


def own_column(builder: WorkbookBuilder) -> str:
    """Column of the inputs with the emissions of the dataset's year in Mt CO2.

    Parameters
    ----------
    builder : with the place of ``inputs``
    """
    return "own_emissions_mt" if "own_emissions_mt" in builder.grids["inputs"].names else "emissions_mt"


def _second(builder: WorkbookBuilder, year: int, values: pd.Series) -> Field:
    variable = provincial_variable(builder.data, "second_inventory")
    return Field(
        f"second_{year}_mt",
        values.to_dict(),
        "input",
        unit=MT,
        heading=builder.say("heading.second_inventory", year=year),
        key=lambda code: f"inputs.panel.{variable}.{code}.{year}",
    )


def _of_nowcast(builder: WorkbookBuilder, year: int, column: str) -> pd.Series:
    used = builder.data.used
    if used is None or used.nowcast is None:
        raise ValueError("the run has no nowcast")
    return used.nowcast[column].xs(year, level=0)


def _unscaled(builder: WorkbookBuilder, year: int, before: str) -> Field:
    grid = builder.grids[PROVINCES]
    values = _of_nowcast(builder, year, "emissions_mt") / _of_nowcast(builder, year, "rescaling")

    def formula(code: Label) -> str:
        first, last = (grid.at(f"second_{at}_mt", code) for at in (year - 1, year))
        return f"{grid.at(before, code)}*{last}/{first}"

    heading = builder.say("heading.unscaled", year=year)
    return Field(f"unscaled_{year}_mt", values.to_dict(), "live", formula, MT, heading)


def _carried(builder: WorkbookBuilder, year: int, before: str) -> Field:
    """Emissions of the year: those before times the nation's factor, or as the second inventory changed."""
    grid, national = builder.grids[PROVINCES], builder.grids[RATES].ref("national_factor", year)
    unscaled = f"unscaled_{year}_mt"

    def formula(code: Label) -> str:
        if unscaled not in grid.names:
            return f"{grid.at(before, code)}*{national}"
        total = f"{national}*SUM({grid.span(before)})/SUM({grid.span(unscaled)})"
        return f"{grid.at(unscaled, code)}*{total}"

    heading = builder.say("heading.emissions_of", year=year)
    values = _of_nowcast(builder, year, "emissions_mt")
    return Field(f"emissions_{year}_mt", values.to_dict(), "live", formula, MT, heading)
