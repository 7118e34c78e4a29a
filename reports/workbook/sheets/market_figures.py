"""The market's own figures of every year: need, price, and how far the last step and surpluses go; live."""

from __future__ import annotations

from collections.abc import Callable

from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.free_market import FreeMarket

FIGURES = (
    *("needed_mt", "outside_price", "clearing_price", "marginal_part", "sold_part"),
    *("permit_price", "price_of_run"),
)
_ToFormula = Callable[[WorkbookBuilder, Label], str]


def figure_fields(builder: WorkbookBuilder, market: FreeMarket) -> list[Field]:
    """One column per figure, one row per year.

    Parameters
    ----------
    builder : with the places of ``market``, ``market_figures``, ``assumptions`` and ``steps``
    market : of all years shown
    """
    years, found = builder.data.years, market.figures.to_dict()

    def live(name: str, formula: _ToFormula, unit: str) -> Field:
        return Field(name, found[name], "live", lambda year: formula(builder, year), unit)

    return [
        Field("year", {year: year for year in years}, unit=""),
        live("needed_mt", _need, MT),
        live("outside_price", _outside, PRICE),
        live("clearing_price", _price, PRICE),
        live("marginal_part", _part, ""),
        live("sold_part", _sold, ""),
        Field("permit_price", {year: _permit_price(builder, year) for year in years}, "solved", unit=PRICE),
        Field("price_of_run", {year: _price_of_run(builder, year) for year in years}, "solved", unit=PRICE),
    ]


def _steps(builder: WorkbookBuilder, name: str, year: Label) -> str:
    grid = builder.grids["steps"]
    return grid.column(name, [row for row in grid.labels if row[0] == year])


def _at(builder: WorkbookBuilder, name: str, year: Label) -> str:
    return builder.grids["market_figures"].at(name, year)


def _need(builder: WorkbookBuilder, year: Label) -> str:
    return f"SUM({builder.grids['market'].span('need_mt', builder.data.of_year(year))})"


def _outside(builder: WorkbookBuilder, year: Label) -> str:
    penalty = builder.named("penalty")
    return f"MAX({penalty},{_steps(builder, 'cost_yuan_per_t', year)})"


def _price(builder: WorkbookBuilder, year: Label) -> str:
    need, cost = _at(builder, "needed_mt", year), _steps(builder, "cost_yuan_per_t", year)
    before, size = (_steps(builder, name, year) for name in ("cheaper_all_mt", "size_mt"))
    reached = f"({before}<{need}-1E-9)*({size}>0)"
    return f"IF({need}<=1E-9,0,SUMPRODUCT(MAX({reached}*{cost})))"


def _part(builder: WorkbookBuilder, year: Label) -> str:
    cost, size = (_steps(builder, name, year) for name in ("cost_yuan_per_t", "size_mt"))
    need, price = (_at(builder, name, year) for name in ("needed_mt", "clearing_price"))
    below, marginal = (f"SUMPRODUCT(({cost}{sign}{price})*{size})" for sign in "<=")
    return f"IF({marginal}>0,MIN(1,MAX(0,({need}-{below})/{marginal})),0)"


def _sold(builder: WorkbookBuilder, year: Label) -> str:
    grid, rows = builder.grids["market"], builder.data.of_year(year)
    bought, spare = (grid.span(name, rows) for name in ("market_purchase_mt", "spare_mt"))
    slack = f"AND({_at(builder, 'needed_mt', year)}<-1E-9,SUM({spare})>0)"
    return f"IF({slack},MIN(1,SUM({bought})/SUM({spare})),1)"


def _permit_price(builder: WorkbookBuilder, year: int) -> object:
    key = (year, "market", "national")
    prices = builder.data.prices["price_yuan_per_t"]
    return prices.loc[key] if key in prices.index else ""


def _price_of_run(builder: WorkbookBuilder, year: int) -> object:
    """What the run's own market cleared at, with its offsets, auction and price collar."""
    market = builder.data.outcome.market
    return "" if market is None else market.years.loc[year, "price_yuan_per_t"]
