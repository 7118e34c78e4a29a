"""What each balance of the last year is worth at the market's named prices; live on the prices."""

from __future__ import annotations

import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.catalogue import texts
from capshare.reports.words.columns import MONEY, PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.matching import summed

_SUFFIX = "_1e8yuan"


def named_prices(builder: WorkbookBuilder, values: pd.DataFrame) -> dict[str, float]:
    """Price by its name, yuan/t; none where no balance is large enough to tell it.

    Parameters
    ----------
    builder : of the workbook
    values : index code; the balances at each named price, 1e8 yuan
    """
    balance = builder.data.in_year(builder.data.years[-1])["balance_mt"]
    largest = str(balance.abs().idxmax())
    if abs(balance[largest]) < 1.0:
        return {}
    # The price is what the largest balance was multiplied by; rounded, as it is a published figure.
    found = {
        str(name): conventions().millions * value[largest] / balance[largest]
        for name, value in values.items()
    }
    return {name.removesuffix(_SUFFIX): round(price, 9) for name, price in found.items()}


def named_prices_tables(builder: WorkbookBuilder, top: int) -> None:
    """A table of the prices, and below it one row per province.

    Parameters
    ----------
    builder : with the place of ``balance``
    top : row of the first table's headings
    """
    data, trade = builder.data, builder.data.outcome.market
    values = None if trade is None else trade.balance_values
    prices = {} if values is None else named_prices(builder, values)
    if values is None or not prices:
        return
    sheet = builder.book[builder.title("market")]
    builder.subtitle(sheet, top - 1, "named_prices")
    grid = builder.grid("named_prices", "market", tuple(prices), ("named_price", "price_yuan_per_t"), top)
    called = {name: _called(builder, name) for name in prices}
    builder.write(
        "named_prices",
        [
            Field("named_price", dict(called)),
            Field("price_yuan_per_t", dict(prices), "input", unit=PRICE, key=_key),
        ],
    )
    rows = tuple(data.of_year(data.years[-1]))
    below = grid.bottom + 3
    names = [f"at_{name}" for name in prices]
    builder.grid("balance_values", "market", rows, [*builder.identity, *names], below)
    fields = [_worth(builder, name, values[name + _SUFFIX], rows, called[name]) for name in prices]
    identity = [
        Field(field.name, {row: field.values[row] for row in rows}, unit="")
        for field in builder.province_fields()
    ]
    builder.write("balance_values", [*identity, *fields])


def _called(builder: WorkbookBuilder, name: str) -> str:
    """The price in words with its year, or by the dataset's own name where there are none for it."""
    series, _, year = name.rpartition("_")
    label = texts(builder.lang).get(f"workbook.market_price.{series}")
    return name.replace("_", " ") if label is None else builder.say("price_of_year", price=label, year=year)


def _key(name: Label) -> str:
    """Where the dataset has a price: its series and its year."""
    variable, _, year = str(name).rpartition("_")
    return f"inputs.national.{variable}.{year}"


def _worth(
    builder: WorkbookBuilder, name: str, values: pd.Series, rows: tuple[tuple[int, str], ...], called: str
) -> Field:
    price, balance = builder.grids["named_prices"].ref("price_yuan_per_t", name), builder.grids["balance"]

    def formula(row: Label) -> str:
        amount = summed(balance, "balance_mt", builder.grids["balance_values"], row)
        return f"{amount}*{price}/{builder.named('millions')}"

    found = {row: values[row[1]] for row in rows}
    return Field(f"at_{name}", dict(found), "live", formula, MONEY, called)
