"""The market's own figures of every year: need, price, and how far the last step and surpluses go; live."""

from __future__ import annotations

from collections.abc import Callable

from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.free_market import FreeMarket

FIGURES = (
    *("needed_mt", "outside_price", "clearing_price", "marginal_part", "sold_part"),
    *("permit_price", "price_of_run"),
)
_ToFormula = Callable[[Draft, Label], str]


def figure_fields(draft: Draft, market: FreeMarket) -> list[Field]:
    """One column per figure, one row per year."""
    years, found = draft.facts.years, market.figures.to_dict()

    def live(name: str, formula: _ToFormula, unit: str) -> Field:
        return Field(name, found[name], "live", lambda year: formula(draft, year), unit)

    return [
        Field("year", {year: year for year in years}, unit=""),
        live("needed_mt", _need, MT),
        live("outside_price", _outside, PRICE),
        live("clearing_price", _price, PRICE),
        live("marginal_part", _part, ""),
        live("sold_part", _sold, ""),
        Field("permit_price", {year: _permit_price(draft, year) for year in years}, "solved", unit=PRICE),
        Field("price_of_run", {year: _price_of_run(draft, year) for year in years}, "solved", unit=PRICE),
    ]


def _steps(draft: Draft, name: str, year: Label) -> str:
    grid = draft.grids["steps"]
    return grid.column(name, [row for row in grid.labels if row[0] == year])


def _at(draft: Draft, name: str, year: Label) -> str:
    return draft.grids["market_figures"].at(name, year)


def _need(draft: Draft, year: Label) -> str:
    return f"SUM({draft.grids['market'].span('need_mt', draft.facts.of_year(year))})"


def _outside(draft: Draft, year: Label) -> str:
    penalty = draft.grids["parameters"].ref("value", "penalty")
    return f"MAX({penalty},{_steps(draft, 'cost_yuan_per_t', year)})"


def _price(draft: Draft, year: Label) -> str:
    need, cost = _at(draft, "needed_mt", year), _steps(draft, "cost_yuan_per_t", year)
    before, size = (_steps(draft, name, year) for name in ("cheaper_all_mt", "size_mt"))
    reached = f"({before}<{need}-1E-9)*({size}>0)"
    return f"IF({need}<=1E-9,0,SUMPRODUCT(MAX({reached}*{cost})))"


def _part(draft: Draft, year: Label) -> str:
    cost, size = (_steps(draft, name, year) for name in ("cost_yuan_per_t", "size_mt"))
    need, price = (_at(draft, name, year) for name in ("needed_mt", "clearing_price"))
    below, marginal = (f"SUMPRODUCT(({cost}{sign}{price})*{size})" for sign in "<=")
    return f"IF({marginal}>0,MIN(1,MAX(0,({need}-{below})/{marginal})),0)"


def _sold(draft: Draft, year: Label) -> str:
    grid, rows = draft.grids["market"], draft.facts.of_year(year)
    bought, spare = (grid.span(name, rows) for name in ("market_purchase_mt", "spare_mt"))
    slack = f"AND({_at(draft, 'needed_mt', year)}<-1E-9,SUM({spare})>0)"
    return f"IF({slack},MIN(1,SUM({bought})/SUM({spare})),1)"


def _permit_price(draft: Draft, year: int) -> object:
    key = (year, "market", "national")
    prices = draft.facts.prices["price_yuan_per_t"]
    return prices.loc[key] if key in prices.index else ""


def _price_of_run(draft: Draft, year: int) -> object:
    """What the run's own market cleared at, with its offsets, auction and price collar."""
    market = draft.facts.outcome.market
    return "" if market is None else market.years.loc[year, "price_yuan_per_t"]
