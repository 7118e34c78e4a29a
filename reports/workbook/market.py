"""What quotas are worth on a market without limits on trade: price, trades and gains; all live."""

from __future__ import annotations

import pandas as pd

from capshare.reports.columns import MONEY, MT, PRICE
from capshare.reports.workbook.draft import HEADING_ROW, Draft
from capshare.reports.workbook.free_market import FreeMarket
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.named_prices import named_prices_tables
from capshare.reports.workbook.steps import own_rows

_FIGURES = (
    "needed_mt",
    "outside_price",
    "clearing_price",
    "marginal_part",
    "sold_part",
    "permit_price",
    "price_of_run",
)
_PROVINCES = (
    *("quota_mt", "emissions_mt", "need_mt", "market_abatement_mt", "market_purchase_mt", "spare_mt"),
    *("market_sale_mt", "unsold_mt", "abatement_cost_1e8yuan", "trade_cost_1e8yuan"),
    *("uncovered_no_trade_mt", "no_trade_cost_1e8yuan", "gain_1e8yuan", "balance_value_1e8yuan"),
)


def reserve(draft: Draft, market: FreeMarket | None) -> None:
    """Place both tables: figures of a year, and provinces."""
    if market is None:
        return
    years = draft.facts.years
    draft.grid("market_figures", "market", years, ("year", *_FIGURES))
    below = HEADING_ROW + len(years) + 4
    draft.grid("market", "market", draft.facts.rows, draft.identity + _PROVINCES, below)


def market_sheet(draft: Draft, market: FreeMarket | None) -> None:
    """Figures of every year, then one row per province."""
    sheet = draft.open("market")
    if market is None:
        draft.say_here(sheet, HEADING_ROW, "no_market")
        return
    draft.subtitle(sheet, draft.grids["market"].top - 1, "market_provinces")
    draft.write("market_figures", _figures(draft, market))
    identity = draft.province_fields()
    draft.write("market", [*identity, *_quantities(draft, market), *_money(draft, market)], len(identity))
    named_prices_tables(draft, draft.grids["market"].bottom + 3)


def _figures(draft: Draft, market: FreeMarket) -> list[Field]:
    facts, grid, steps = draft.facts, draft.grids["market_figures"], draft.grids["steps"]
    provinces, numbers = draft.grids["market"], draft.grids["parameters"]
    found = market.figures.to_dict()

    def column(name: str, year: Label) -> str:
        return steps.column(name, [row for row in steps.labels if row[0] == year])

    def price(year: Label) -> str:
        need = grid.at("needed_mt", year)
        reached = f"({column('cheaper_all_mt', year)}<{need}-1E-9)*({column('size_mt', year)}>0)"
        return f"IF({need}<=1E-9,0,SUMPRODUCT(MAX({reached}*{column('cost_yuan_per_t', year)})))"

    def part(year: Label) -> str:
        cost, size = column("cost_yuan_per_t", year), column("size_mt", year)
        at = grid.at("clearing_price", year)
        below = f"SUMPRODUCT(({cost}<{at})*{size})"
        marginal = f"SUMPRODUCT(({cost}={at})*{size})"
        return f"IF({marginal}>0,MIN(1,MAX(0,({grid.at('needed_mt', year)}-{below})/{marginal})),0)"

    def sold(year: Label) -> str:
        rows = facts.of_year(year)
        bought, spare = (provinces.span(name, rows) for name in ("market_purchase_mt", "spare_mt"))
        slack = f"AND({grid.at('needed_mt', year)}<-1E-9,SUM({spare})>0)"
        return f"IF({slack},MIN(1,SUM({bought})/SUM({spare})),1)"

    def outside(year: Label) -> str:
        return f"MAX({numbers.ref('value', 'penalty')},{column('cost_yuan_per_t', year)})"

    permits = {year: _permit_price(draft, year) for year in facts.years}
    return [
        Field("year", {year: year for year in facts.years}, unit=""),
        Field(
            "needed_mt",
            found["needed_mt"],
            "live",
            lambda year: f"SUM({provinces.span('need_mt', facts.of_year(year))})",
            MT,
        ),
        Field("outside_price", found["outside_price"], "live", outside, PRICE),
        Field("clearing_price", found["clearing_price"], "live", price, PRICE),
        Field("marginal_part", found["marginal_part"], "live", part, ""),
        Field("sold_part", found["sold_part"], "live", sold, ""),
        Field("permit_price", permits, "solved", unit=PRICE),
        Field(
            "price_of_run", {year: _price_of_run(draft, year) for year in facts.years}, "solved", unit=PRICE
        ),
    ]


def _permit_price(draft: Draft, year: int) -> object:
    key = (year, "market", "national")
    prices = draft.facts.prices["price_yuan_per_t"]
    return prices.loc[key] if key in prices.index else ""


def _price_of_run(draft: Draft, year: int) -> object:
    """What the run's own market cleared at, with its offsets, auction and price collar."""
    table = draft.facts.found("market_years")
    return "" if table is None else table.loc[year, "price_yuan_per_t"]


def _quantities(draft: Draft, market: FreeMarket) -> list[Field]:
    facts, grid, steps = draft.facts, draft.grids["market"], draft.grids["steps"]
    p, found = facts.provinces, market.provinces
    spare = found["sale_mt"] + found["unsold_mt"]

    def surplus(row: Label, sign: str) -> str:
        covered = f"{grid.at('market_abatement_mt', row)}-{grid.at('need_mt', row)}"
        return f"MAX(0,{sign}({covered}))"

    def abated(row: Label) -> str:
        return f"SUM({steps.column('used_on_market_mt', own_rows(facts, row[0], row[1]))})"

    sold = draft.grids["market_figures"]
    return [
        draft.link("quota_mt", "allocation", "quota_mt", p["quota_mt"]),
        draft.link("emissions_mt", "entitlements", "emissions_mt", p["emissions_mt"]),
        Field(
            "need_mt",
            (p["emissions_mt"] - p["quota_mt"]).to_dict(),
            "live",
            lambda row: f"{grid.at('emissions_mt', row)}-{grid.at('quota_mt', row)}",
        ),
        Field("market_abatement_mt", found["abatement_mt"].to_dict(), "live", abated),
        Field("market_purchase_mt", found["purchase_mt"].to_dict(), "live", lambda row: surplus(row, "-")),
        Field("spare_mt", spare.to_dict(), "live", lambda row: surplus(row, "")),
        Field(
            "market_sale_mt",
            found["sale_mt"].to_dict(),
            "live",
            lambda row: f"{grid.at('spare_mt', row)}*{sold.at('sold_part', row[0])}",
        ),
        Field(
            "unsold_mt",
            found["unsold_mt"].to_dict(),
            "live",
            lambda row: f"{grid.at('spare_mt', row)}-{grid.at('market_sale_mt', row)}",
        ),
    ]


def _money(draft: Draft, market: FreeMarket) -> list[Field]:
    grid, found = draft.grids["market"], market.provinces
    price = draft.grids["market_figures"]
    prices = market.figures["clearing_price"].reindex(found.index, level="year")
    value = prices * (draft.facts.provinces["quota_mt"] - draft.facts.provinces["emissions_mt"]) / 100

    def traded(row: Label) -> str:
        net = f"({grid.at('market_purchase_mt', row)}-{grid.at('market_sale_mt', row)})"
        return f"{price.at('clearing_price', row[0])}*{net}/100"

    def gain(row: Label) -> str:
        alone, own, net = (
            grid.at(name, row)
            for name in ("no_trade_cost_1e8yuan", "abatement_cost_1e8yuan", "trade_cost_1e8yuan")
        )
        return f"{alone}-{own}-{net}"

    def worth(row: Label) -> str:
        return f"-{price.at('clearing_price', row[0])}*{grid.at('need_mt', row)}/100"

    return [
        _column(found, "abatement_cost_1e8yuan", lambda row: f"{_cost(draft, row, 'used_on_market_mt')}/100"),
        _column(found, "trade_cost_1e8yuan", traded),
        _column(found, "uncovered_no_trade_mt", lambda row: _uncovered(draft, row)),
        _column(found, "no_trade_cost_1e8yuan", lambda row: _alone(draft, row)),
        _column(found, "gain_1e8yuan", gain),
        Field("balance_value_1e8yuan", value.to_dict(), "live", worth, MONEY),
    ]


def _column(found: pd.DataFrame, name: str, formula: ToFormula) -> Field:
    return Field(name, found[name].to_dict(), "live", formula)


def _cost(draft: Draft, row: Label, used: str) -> str:
    steps, rows = draft.grids["steps"], own_rows(draft.facts, row[0], row[1])
    return f"SUMPRODUCT({steps.column(used, rows)},{steps.column('cost_yuan_per_t', rows)})"


def _uncovered(draft: Draft, row: Label) -> str:
    steps, rows = draft.grids["steps"], own_rows(draft.facts, row[0], row[1])
    need = f"MAX(0,{draft.grids['market'].at('need_mt', row)})"
    left = f"{need}-SUM({steps.column('used_alone_mt', rows)})"
    return f"IF({left}>1E-9,{left},0)"


def _alone(draft: Draft, row: Label) -> str:
    outside = draft.grids["market_figures"].at("outside_price", row[0])
    uncovered = draft.grids["market"].at("uncovered_no_trade_mt", row)
    return f"({_cost(draft, row, 'used_alone_mt')}+{uncovered}*{outside})/100"
