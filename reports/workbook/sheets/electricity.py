r"""Electricity that crosses borders: emissions by production, by consumption and shared; all live.

.. math:: N_i = C_i\,\frac{\sum_j G_j}{\sum_j C_j} - G_i, \qquad E^{con}_i = E^{pro}_i + f_i N_i
"""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import KG_PER_KWH, MT, TWH
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.figures import figures
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.own_emissions import is_carried, nowcast_years, own_emissions
from capshare.reports.workbook.whose_assumptions import GRID_FACTOR, PURPOSES, electricity_figures
from capshare.reports.workbook.workbook_data import WorkbookData

SHEET = "electricity"
_NAMES = (
    *("generation_as_published", "consumption_as_published", "generation_twh", "consumption_twh"),
    *("net_import_twh", "own_factor_kg_per_kwh", "factor_kg_per_kwh"),
    *("production_mt", "difference_mt", "consumption_mt", "shared_mt"),
)


def has_electricity(data: WorkbookData) -> bool:
    """Whether a run looks at electricity that crosses borders, and keeps the figures it follows.

    Parameters
    ----------
    data : of the run
    """
    shown = data.used is not None and data.used.electricity is not None
    return shown and not any(electricity_figures(data, purpose).empty for purpose in PURPOSES)


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table, which emissions of another view than production refer to.

    Parameters
    ----------
    builder : takes the place of ``electricity``
    """
    data = builder.data
    if has_electricity(data):
        identity = [field.name for field in builder.code_fields(data.codes)]
        builder.grid(SHEET, SHEET, data.codes, (*identity, *_NAMES))


def electricity_sheet(builder: WorkbookBuilder) -> None:
    """One row per province.

    Parameters
    ----------
    builder : with the places of ``inputs``, ``assumptions`` and what :func:`reserve` placed
    """
    used = builder.data.used
    if SHEET not in builder.grids or used is None or used.electricity is None:
        return
    table = used.electricity.loc[list(builder.data.codes)]
    builder.open(SHEET)
    identity = builder.code_fields(builder.data.codes)
    fields = [*identity, *_traded(builder, table), *_factors(builder, table), *_views(builder, table)]
    builder.write(SHEET, fields, frozen=len(identity))


def _traded(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    grid = builder.grids[SHEET]
    generation, consumption = (f"{purpose}_as_published" for purpose in PURPOSES)

    def made(code: Label) -> str:
        return f"{grid.at(generation, code)}*{builder.named('twh_per_generation')}"

    def used(code: Label) -> str:
        total = f"SUM({grid.span('generation_twh')})/SUM({grid.span(consumption)})"
        return f"{grid.at(consumption, code)}*{total}"

    def net(code: Label) -> str:
        return f"{grid.at('consumption_twh', code)}-{grid.at('generation_twh', code)}"

    return [
        *(_published(builder, purpose) for purpose in PURPOSES),
        Field("generation_twh", table["generation_twh"].to_dict(), "live", made, TWH),
        Field("consumption_twh", table["consumption_twh"].to_dict(), "live", used, TWH),
        Field("net_import_twh", table["net_import_twh"].to_dict(), "live", net, TWH),
    ]


def _published(builder: WorkbookBuilder, purpose: str) -> Field:
    """Figures of the dataset, in its own unit."""
    known = electricity_figures(builder.data, purpose)
    year, first = int(known.index.get_level_values("series_year")[0]), known.iloc[0]
    place = (
        f"inputs.{first['variable']}"
        if first["table"] == "provinces"
        else f"inputs.panel.{first['variable']}"
    )
    ending = "" if first["table"] == "provinces" else f".{year}"
    return Field(
        f"{purpose}_as_published",
        known["value"].droplevel("series_year").astype(float).to_dict(),
        "input",
        unit=str(first["unit"]),
        heading=builder.say(f"heading.{purpose}_of", year=year),
        key=lambda code: f"{place}.{code}{ending}",
    )


def _factors(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    grid = builder.grids[SHEET]

    def crossing(code: Label) -> str:
        own, net = grid.at("own_factor_kg_per_kwh", code), grid.at("net_import_twh", code)
        if builder.data.setting("electricity.factor", "") == "national":
            return own
        trade, factors = grid.span("net_import_twh"), grid.span("own_factor_kg_per_kwh")
        sent = f'SUMIF({trade},"<0")'
        mean = f"SUMPRODUCT(({trade}<0)*{trade}*{factors})/{sent}"
        return f"IF({net}<0,{own},IF({sent}=0,{own},{mean}))"

    return [
        _own_factor(builder, table["own_factor_kg_per_kwh"]),
        Field("factor_kg_per_kwh", table["factor_kg_per_kwh"].to_dict(), "live", crossing, KG_PER_KWH),
    ]


def _own_factor(builder: WorkbookBuilder, values: pd.Series) -> Field:
    """Factors of the dataset, or the nation's for everybody; older runs did not keep where they stand."""
    data, name = builder.data, "own_factor_kg_per_kwh"
    if not figures(data, GRID_FACTOR).empty:
        return Field(name, values.to_dict(), "live", lambda _: builder.named(GRID_FACTOR), KG_PER_KWH)
    known = electricity_figures(data, GRID_FACTOR)
    if known.empty:
        return Field(name, values.to_dict(), "solved", unit=KG_PER_KWH)
    year, variable = int(known.index.get_level_values("series_year")[0]), known["variable"].iloc[0]
    return Field(
        name,
        values.to_dict(),
        "input",
        unit=KG_PER_KWH,
        key=lambda code: f"inputs.emission_factors.{variable}.{code}.{year}",
    )


def _views(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    grid = builder.grids[SHEET]

    def difference(code: Label) -> str:
        return f"{grid.at('net_import_twh', code)}*{grid.at('factor_kg_per_kwh', code)}"

    def consumption(code: Label) -> str:
        return f"{grid.at('production_mt', code)}+{grid.at('difference_mt', code)}"

    def shared(code: Label) -> str:
        both = f"{grid.at('production_mt', code)}+{grid.at('consumption_mt', code)}"
        return f"({both})/{builder.named('two')}"

    return [
        _production(builder, table["production_mt"]),
        Field("difference_mt", table["difference_mt"].to_dict(), "live", difference, MT),
        Field("consumption_mt", table["consumption_mt"].to_dict(), "live", consumption, MT),
        Field("shared_mt", table["shared_mt"].to_dict(), "live", shared, MT),
    ]


def _production(builder: WorkbookBuilder, values: pd.Series) -> Field:
    """Emissions where they arise: carried forward, or the dataset's, or else as the run has them."""
    data = builder.data
    if is_carried(data):
        base, last = builder.grids["base_year"], f"emissions_{nowcast_years(data)[-1]}_mt"
        return Field("production_mt", values.to_dict(), "live", lambda code: base.peer(last, code), MT)
    if own_emissions(data) is None:
        return Field("production_mt", values.to_dict(), "solved", unit=MT)
    inputs = builder.grids["inputs"]
    own = "own_emissions_mt" if "own_emissions_mt" in inputs.names else "emissions_mt"
    return Field("production_mt", values.to_dict(), "live", lambda code: inputs.peer(own, code), MT)
