"""The prices of a run in one table, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.page.tables import Cell, PageTable
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import PRICE, readable, with_unit
from capshare.reports.words.cuts import assigned_cuts
from capshare.reports.words.drivers import price_range

_COLUMNS = ("name", "price", "sides", "curves", "meaning")
_SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t")


def price_table(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> PageTable:
    """What a tonne is worth, by what is meant: the target, trade inside the programme, the market afterwards.

    Parameters
    ----------
    one : the year shown
    lang : language of the words
    """
    rows = (*_caps(one, lang), *_inside(one, lang), *_afterwards(one, lang))
    headings = {name: text(f"page.price_table.{name}", lang) for name in _COLUMNS}
    headings["price"] = with_unit(headings["price"], PRICE, lang)
    return PageTable(
        "price-table",
        text("page.price_table.title", lang),
        "",
        tuple(headings.values()),
        ("",) * len(_COLUMNS),
        (False, True, True, True, False),
        tuple(rows),
    )


def _caps(one: OneYear, lang: str) -> Iterator[tuple[Cell, ...]]:
    """The price of each cap; where all are the same, one row for all."""
    blocks = one.blocks
    told = blocks[["price_yuan_per_t", *(side for side in _SIDES if side in blocks)]]
    alike = len(told.astype(float).round(2).drop_duplicates()) == 1
    assigned = assigned_cuts(one.outcome)
    of_target = assigned is not None and one.year == assigned.year
    for group in told.index[:1] if alike else told.index:
        key = "caps" if len(blocks) > 1 else "target" if of_target else "cap"
        if len(blocks) > 1 and not alike:
            key = "group"
        curves = price_range(one.outcome, str(group), lang) if one.year == one.outcome.years[-1] else ""
        name = term("terms", group, lang)
        yield _row(key, told.loc[group], lang, curves, group=name, year=one.year)


def _inside(one: OneYear, lang: str) -> Iterator[tuple[Cell, ...]]:
    if "market" in one.prices.index.get_level_values("constraint"):
        [(_, row)] = one.prices.xs("market", level="constraint").iterrows()
        yield _row("inside", row, lang)


def _afterwards(one: OneYear, lang: str) -> Iterator[tuple[Cell, ...]]:
    market = one.outcome.market
    if market is not None and one.year in market.years.index:
        [(_, row)] = market.years.loc[[one.year]].iterrows()
        yield _row("afterwards", row, lang)


def _row(key: str, prices: pd.Series, lang: str, curves: str = "", **values: object) -> tuple[Cell, ...]:
    price = float(prices["price_yuan_per_t"])
    low, high = (_number(prices.get(side)) for side in _SIDES)
    sides = [readable(side, PRICE, lang) for side in (low, high)]
    between = (
        sides[0] if sides[0] == sides[1] else text("chart.prices.range", lang, low=sides[0], high=sides[1])
    )
    shown = between if set(_SIDES) <= set(prices.index) and (low, high) != (None, None) else "–"
    return (
        Cell(text(f"page.price_table.{key}.name", lang, **values)),
        Cell(readable(price, PRICE, lang), repr(price)),
        Cell(shown),
        Cell(curves or "–"),
        Cell(text(f"page.price_table.{key}.meaning", lang)),
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
