r"""Emissions and GDP of the base year: the dataset's, carried forward to it where it is a later one.

.. math:: E_{i,t} = E_{i,t-1}\,(1+g_t)(1+\iota_t),\qquad\text{or by the second inventory}\quad
    E_{i,t} = E_{i,t-1}\frac{M_{i,t}}{M_{i,t-1}}\,\lambda_t
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.indicators.emissions import emissions_from_column, emissions_from_fuels
from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.figures import (
    figure_key,
    figures,
    provincial_figures,
    provincial_variable,
)
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.assumptions import fuel_factors
from capshare.reports.workbook.workbook_data import WorkbookData

RATES, PROVINCES = "nowcast_rates", "base_year"


def nowcast_years(data: WorkbookData) -> tuple[int, ...]:
    """Years that emissions are carried through, to the base year; none where the dataset reaches it.

    Parameters
    ----------
    data : of the run
    """
    return tuple(int(year) for year in figures(data, "nowcast_growth").index)


def own_emissions(data: WorkbookData) -> pd.Series | None:
    """Emissions of the dataset's year that the run's follow, index code, Mt CO2; None where it does not say.

    Parameters
    ----------
    data : of the run
    """
    column, table = data.setting("emissions.column", None), data.setting("emissions.table", None)
    name = column if table is None else f"{table}.{column}"
    if data.setting("emissions.method", "") == "column" and name in data.inputs:
        found = emissions_from_column(data.inputs, name)
    elif fuel_factors(data):
        found = emissions_from_fuels(data.inputs, fuel_factors(data))
    else:
        return None
    carried = found.copy() if data.used is None or data.used.nowcast is None else _last_of_nowcast(data)
    views = None if data.used is None else data.used.electricity
    arisen = data.inputs["emissions_mt"] if views is None else views["production_mt"].loc[list(data.codes)]
    # A run may count emissions in another way, which then is its own to explain.
    same = np.allclose(carried.loc[list(data.codes)], arisen, rtol=1e-9, atol=0.0)
    return found if same else None


def _last_of_nowcast(data: WorkbookData) -> pd.Series:
    table = data.used.nowcast if data.used else None
    if table is None:
        raise ValueError("the run has no nowcast")
    return table["emissions_mt"].xs(table.index.get_level_values(0).max(), level=0)


def is_carried(data: WorkbookData) -> bool:
    """Whether the workbook carries the dataset's emissions forward to the base year.

    Parameters
    ----------
    data : of the run
    """
    return bool(nowcast_years(data)) and own_emissions(data) is not None


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
    columns = [*_names_of_emissions(data), *_names_of_gdp(data)]
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


def _names_of_gdp(data: WorkbookData) -> list[str]:
    if data.setting("baseline.method", "") != "growth":
        return []
    window = provincial_figures(data, "past_growth").columns
    return ["base_gdp_1e8yuan", *(f"gdp_index_{year}" for year in window), *(["lead"] if len(window) else [])]


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
        builder.write(PROVINCES, [*identity, *_emissions(builder), *_gdp(builder)])


def _rates(builder: WorkbookBuilder) -> list[Field]:
    data, grid = builder.data, builder.grids[RATES]
    growth, change = (figures(data, name) for name in ("nowcast_growth", "nowcast_change"))
    percent, years = builder.named("percent"), nowcast_years(data)
    factor = (1 + growth["value"] / 100) * (1 + change["value"] / 100)

    def so_far(year: Label) -> str:
        above = f"{grid.letter('growth_so_far')}{grid.row(year) - 1}"
        before = f"IF({grid.at('year', year)}=MIN({grid.span('year')}),1,{above})"
        return f"{before}*(1+{grid.at('growth_pct', year)}/{percent})"

    return [
        Field("year", {year: year for year in years}, unit=""),
        Field(
            "growth_pct",
            growth["value"].to_dict(),
            "input",
            unit=PERCENT,
            key=lambda year: figure_key(growth, year),
        ),
        Field(
            "national_change_pct",
            change["value"].to_dict(),
            "input",
            unit=PERCENT,
            key=lambda year: figure_key(change, year),
        ),
        Field(
            "national_factor",
            factor.to_dict(),
            "live",
            lambda year: (
                f"(1+{grid.at('growth_pct', year)}/{percent})*(1+{grid.at('national_change_pct', year)}/{percent})"
            ),
            "",
        ),
        Field("growth_so_far", (1 + growth["value"] / 100).cumprod().to_dict(), "live", so_far, ""),
    ]


def _emissions(builder: WorkbookBuilder) -> list[Field]:
    data = builder.data
    own = own_emissions(data)
    if own is None or not is_carried(data):
        return []
    second, inputs = provincial_figures(data, "second_inventory"), builder.grids["inputs"]
    fields = [_second(builder, year, second[year]) for year in second.columns]
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
    """Emissions of the year: of the year before times the nation's factor, or in proportion to another column."""
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


def base_gdp(data: WorkbookData) -> pd.Series:
    """GDP of the base year, index code, 1e8 yuan at prices of the dataset's year.

    Parameters
    ----------
    data : of the run, whose baseline follows it
    """
    growth = figures(data, "nowcast_growth")["value"].astype(float)
    return data.inputs[gdp_column(data)].loc[list(data.codes)] * float((1 + growth / 100).prod())


def gdp_column(data: WorkbookData) -> str:
    """Column of the inputs that holds GDP in the unit of rules.

    Parameters
    ----------
    data : of the run
    """
    return str(data.setting("baseline.gdp_column", "gdp_1e8yuan"))


def _gdp(builder: WorkbookBuilder) -> list[Field]:
    data = builder.data
    if data.setting("baseline.method", "") != "growth":
        return []
    grid, inputs = builder.grids[PROVINCES], builder.grids["inputs"]
    years = nowcast_years(data)
    carried = f"*{builder.grids[RATES].ref('growth_so_far', years[-1])}" if years else ""
    index = provincial_figures(data, "past_growth")
    names = [f"gdp_index_{year}" for year in index.columns]
    fields = [
        Field(
            "base_gdp_1e8yuan",
            base_gdp(data).to_dict(),
            "live",
            lambda code: f"{inputs.peer(gdp_column(data), code)}{carried}",
        ),
        *(_past(builder, int(year), index[year]) for year in index.columns),
    ]
    if not names:
        return fields
    percent = builder.named("percent")

    def lead(code: Label) -> str:
        past = grid.across(names[0], names[-1], code)
        return f"(PRODUCT({past})/{percent}^COUNT({past}))^(1/COUNT({past}))"

    return [*fields, Field("lead", past_factor(data).to_dict(), "live", lead, "")]


def past_factor(data: WorkbookData) -> pd.Series:
    """Mean yearly growth of each province's GDP over the window as a factor, index code.

    Parameters
    ----------
    data : of a run whose provinces grow apart
    """
    index = provincial_figures(data, "past_growth")
    return (index / 100).prod(axis=1) ** (1 / len(index.columns))


def _past(builder: WorkbookBuilder, year: int, values: pd.Series) -> Field:
    variable = provincial_variable(builder.data, "past_growth")
    return Field(
        f"gdp_index_{year}",
        values.to_dict(),
        "input",
        unit="",
        heading=builder.say("heading.gdp_index", year=year),
        key=lambda code: f"inputs.panel.{variable}.{code}.{year}",
    )
