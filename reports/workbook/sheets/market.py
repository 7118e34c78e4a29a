"""What quotas are worth on a market without limits on trade: price, trades and gains; all live."""

from __future__ import annotations

import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.columns import MONEY
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.matching import summed
from capshare.reports.workbook.sheets.free_market import FreeMarket
from capshare.reports.workbook.sheets.market_figures import FIGURES, ROWS, figure_fields, of_figures
from capshare.reports.workbook.sheets.named_prices import named_prices_tables

_PROVINCES = (
    *("quota_mt", "emissions_mt", "need_mt", "market_abatement_mt", "market_purchase_mt", "spare_mt"),
    *("market_sale_mt", "unsold_mt", "abatement_cost_1e8yuan", "trade_cost_1e8yuan"),
    *("uncovered_no_trade_mt", "no_trade_cost_1e8yuan", "gain_1e8yuan", "balance_value_1e8yuan"),
)


def reserve(builder: WorkbookBuilder, market: FreeMarket | None) -> None:
    """Place both tables: figures of a year, and provinces.

    Parameters
    ----------
    builder : takes the places of ``market_figures`` and ``market``
    market : None where the run's market cannot be followed by formulas
    """
    if market is None:
        return
    years = builder.data.years
    names = ("year", *FIGURES, *(ROWS if builder.data.several else ()))
    builder.grid("market_figures", "market", years, names)
    below = HEADING_ROW + len(years) + 4
    builder.grid("market", "market", builder.data.rows, builder.identity + _PROVINCES, below)


def market_sheet(builder: WorkbookBuilder, market: FreeMarket | None) -> None:
    """Figures of every year, then one row per province.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``balance``, ``entitlements``, ``assumptions``, ``steps`` and
        what :func:`reserve` placed
    market : as of :func:`reserve`
    """
    sheet = builder.open("market")
    if market is None:
        builder.say_here(sheet, HEADING_ROW, "no_market")
        return
    builder.subtitle(sheet, builder.grids["market"].top - 1, "market_provinces")
    builder.write("market_figures", figure_fields(builder, market))
    identity = builder.province_fields()
    builder.write(
        "market", [*identity, *_quantities(builder, market), *_money(builder, market)], len(identity)
    )
    named_prices_tables(builder, builder.grids["market"].bottom + 3)


def _quantities(builder: WorkbookBuilder, market: FreeMarket) -> list[Field]:
    grid, p, found = builder.grids["market"], builder.data.provinces, market.provinces
    spare = found["sale_mt"] + found["unsold_mt"]

    def less(one: str, other: str) -> ToFormula:
        return lambda row: f"{grid.at(one, row)}-{grid.at(other, row)}"

    def sale(row: Label) -> str:
        return f"{grid.at('spare_mt', row)}*{of_figures(builder, 'sold_part', grid, row)}"

    need = (p["emissions_mt"] - p["quota_mt"]).to_dict()
    purchase, unsold = found["purchase_mt"].to_dict(), found["unsold_mt"].to_dict()
    return [
        builder.link("quota_mt", "allocation", "quota_mt", p["quota_mt"]),
        builder.link("emissions_mt", "entitlements", "emissions_mt", p["emissions_mt"]),
        Field("need_mt", need, "live", less("emissions_mt", "quota_mt")),
        Field(
            "market_abatement_mt", found["abatement_mt"].to_dict(), "live", lambda row: _abated(builder, row)
        ),
        Field("market_purchase_mt", purchase, "live", lambda row: _surplus(builder, row, "-")),
        Field("spare_mt", spare.to_dict(), "live", lambda row: _surplus(builder, row, "")),
        Field("market_sale_mt", found["sale_mt"].to_dict(), "live", sale),
        Field("unsold_mt", unsold, "live", less("spare_mt", "market_sale_mt")),
    ]


def _surplus(builder: WorkbookBuilder, row: Label, sign: str) -> str:
    abated, need = (builder.grids["market"].at(name, row) for name in ("market_abatement_mt", "need_mt"))
    return f"MAX(0,{sign}({abated}-{need}))"


def _abated(builder: WorkbookBuilder, row: Label) -> str:
    return _of_steps(builder, row, "used_on_market_mt")


def _of_steps(builder: WorkbookBuilder, row: Label, column: str) -> str:
    return summed(builder.grids["steps"], column, builder.grids["market"], row)


def _money(builder: WorkbookBuilder, market: FreeMarket) -> list[Field]:
    grid, found = builder.grids["market"], market.provinces
    prices = market.figures["clearing_price"].reindex(found.index, level="year")
    balance = builder.data.provinces["quota_mt"] - builder.data.provinces["emissions_mt"]
    value = prices * balance / conventions().millions

    def priced(row: Label) -> str:
        return f"{of_figures(builder, 'clearing_price', grid, row)}/{builder.named('millions')}"

    def traded(row: Label) -> str:
        net = f"({grid.at('market_purchase_mt', row)}-{grid.at('market_sale_mt', row)})"
        return f"{net}*{priced(row)}"

    def gain(row: Label) -> str:
        alone, own, net = (
            grid.at(name, row)
            for name in ("no_trade_cost_1e8yuan", "abatement_cost_1e8yuan", "trade_cost_1e8yuan")
        )
        return f"{alone}-{own}-{net}"

    def worth(row: Label) -> str:
        return f"-{grid.at('need_mt', row)}*{priced(row)}"

    return [
        _column(
            found,
            "abatement_cost_1e8yuan",
            lambda row: _of_steps(builder, row, "market_cost_1e8yuan"),
        ),
        _column(found, "trade_cost_1e8yuan", traded),
        _column(found, "uncovered_no_trade_mt", lambda row: _uncovered(builder, row)),
        _column(found, "no_trade_cost_1e8yuan", lambda row: _alone(builder, row)),
        _column(found, "gain_1e8yuan", gain),
        Field("balance_value_1e8yuan", value.to_dict(), "live", worth, MONEY),
    ]


def _column(found: pd.DataFrame, name: str, formula: ToFormula) -> Field:
    return Field(name, found[name].to_dict(), "live", formula)


def _uncovered(builder: WorkbookBuilder, row: Label) -> str:
    need = f"MAX(0,{builder.grids['market'].at('need_mt', row)})"
    left = f"{need}-{_of_steps(builder, row, 'used_alone_mt')}"
    return f"IF({left}>{builder.named('rounding_mt')},{left},0)"


def _alone(builder: WorkbookBuilder, row: Label) -> str:
    grid = builder.grids["market"]
    outside = of_figures(builder, "outside_price", grid, row)
    uncovered = f"{grid.at('uncovered_no_trade_mt', row)}*{outside}/{builder.named('millions')}"
    return f"{_of_steps(builder, row, 'alone_cost_1e8yuan')}+{uncovered}"
