"""The market's own figures of every year: need, price, and how far the last step and surpluses go; live."""

from __future__ import annotations

from collections.abc import Callable

from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Grid, Label
from capshare.reports.workbook.matching import YEAR, same, summed
from capshare.reports.workbook.sheets.free_market import FreeMarket

FIGURES = (
    *("needed_mt", "outside_price", "clearing_price", "marginal_part", "sold_part"),
    *("permit_price", "price_of_run"),
)
ROWS = ("first_row", "last_row")
_ToFormula = Callable[[WorkbookBuilder, Label], str]


def of_figures(builder: WorkbookBuilder, name: str, here: Grid, label: Label) -> str:
    """A figure of a row's own year.

    Parameters
    ----------
    builder : with the place of ``market_figures``
    name : of the figure
    here, label : table and row of the formula
    """
    grid = builder.grids["market_figures"]
    if "year" in here.names:
        return grid.find(name, here.at("year", label), by="year")
    return grid.ref(name, grid.labels[0])


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
        *(_rows(builder) if builder.data.several else []),
    ]


def _rows(builder: WorkbookBuilder) -> list[Field]:
    """Where the steps of each year begin and end, counted from the first: a year's steps are neighbours."""
    grid, years = builder.grids["steps"], builder.data.years
    of_step = [label[0] for label in grid.labels]
    first = {year: of_step.index(year) + 1 for year in years}
    last = {year: first[year] + of_step.count(year) - 1 for year in years}

    def begins(year: Label) -> str:
        return f"MATCH({_at(builder, 'year', year)},{grid.column('year')},0)"

    def ends(year: Label) -> str:
        count = f"COUNTIF({grid.column('year')},{_at(builder, 'year', year)})"
        return f"{_at(builder, 'first_row', year)}+{count}-1"

    return [Field("first_row", first, "live", begins, ""), Field("last_row", last, "live", ends, "")]


def _at(builder: WorkbookBuilder, name: str, year: Label) -> str:
    return builder.grids["market_figures"].at(name, year)


def _steps(builder: WorkbookBuilder, year: Label) -> tuple[str, str, str, str]:
    """Which steps are of the year, as a factor; their cost, size and what is cheaper."""
    grid, here = builder.grids["steps"], builder.grids["market_figures"]
    cost, size, before = (grid.column(name) for name in ("cost_yuan_per_t", "size_mt", "cheaper_all_mt"))
    return same(grid, here, year), cost, size, before


def _need(builder: WorkbookBuilder, year: Label) -> str:
    return summed(builder.grids["market"], "need_mt", builder.grids["market_figures"], year, YEAR)


def _outside(builder: WorkbookBuilder, year: Label) -> str:
    mine, cost, _, _ = _steps(builder, year)
    return f"MAX({builder.named('penalty')},SUMPRODUCT(MAX({mine}*{cost})))"


def _price(builder: WorkbookBuilder, year: Label) -> str:
    need, little = _at(builder, "needed_mt", year), builder.named("rounding_mt")
    mine, cost, size, before = _steps(builder, year)
    reached = f"{mine}*({before}<{need}-{little})*({size}>0)"
    return f"IF({need}<={little},0,SUMPRODUCT(MAX({reached}*{cost})))"


def _part(builder: WorkbookBuilder, year: Label) -> str:
    need, price = (_at(builder, name, year) for name in ("needed_mt", "clearing_price"))
    mine, cost, size, _ = _steps(builder, year)
    below, marginal = (f"SUMPRODUCT({mine}*({cost}{sign}{price})*{size})" for sign in "<=")
    return f"IF({marginal}>0,MIN(1,MAX(0,({need}-{below})/{marginal})),0)"


def _sold(builder: WorkbookBuilder, year: Label) -> str:
    grid, here = builder.grids["market"], builder.grids["market_figures"]
    bought, spare = (summed(grid, name, here, year, YEAR) for name in ("market_purchase_mt", "spare_mt"))
    slack = f"AND({_at(builder, 'needed_mt', year)}<-{builder.named('rounding_mt')},{spare}>0)"
    return f"IF({slack},MIN(1,{bought}/{spare}),1)"


def _permit_price(builder: WorkbookBuilder, year: int) -> object:
    key = (year, "market", "national")
    prices = builder.data.prices["price_yuan_per_t"]
    return prices.loc[key] if key in prices.index else ""


def _price_of_run(builder: WorkbookBuilder, year: int) -> object:
    """What the run's own market cleared at, with its offsets, auction and price collar."""
    market = builder.data.outcome.market
    return "" if market is None else market.years.loc[year, "price_yuan_per_t"]
