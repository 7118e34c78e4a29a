"""What the command line prints of what decides the split: freedom, constraints, cost curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capshare.model.allocation.constraint_costs import ALL_OF_THEM
from capshare.model.outcome.drivers import ComparedCurves
from capshare.model.outcome.outcome import OneYear
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import term, text
from capshare.reports.words.columns import MONEY, MT, PRICE, readable, with_unit
from capshare.reports.words.drivers import free_quotas, unused_mt

if TYPE_CHECKING:
    from rich.console import Console


def print_drivers(one: OneYear, console: Console, lang: str) -> None:
    """Print what decides the split of the year; nothing where the run did not ask for it.

    Parameters
    ----------
    one : the year shown
    console : where to print
    lang : language of the texts
    """
    drivers = one.outcome.drivers
    if drivers.quota_ranges is None and drivers.constraint_costs is None and drivers.curves is None:
        return
    print_title(console, text("summary.drivers", lang, year=one.year))
    if drivers.quota_ranges is not None:
        found, total = free_quotas(drivers.quota_ranges), len(drivers.quota_ranges)
        key = "summary.free_quotas" if found.free else "summary.no_free_quotas"
        name = one.provinces[f"name_{lang}"].get(found.code, "")
        widest = readable(found.widest_mt, MT)
        print_line(console, text(key, lang, count=found.free, total=total, widest=widest, name=name))
    print_line(console, text("summary.unused", lang, unused=readable(unused_mt(one), MT)))
    _constraints(one, console, lang)
    if drivers.curves is not None:
        _curves(drivers.curves, console, lang)


def _constraints(one: OneYear, console: Console, lang: str) -> None:
    costs = one.outcome.drivers.constraint_costs
    if costs is None:
        return
    parts = [
        text(
            "summary.constraint_cost", lang, name=term("constraints", kind, lang), cost=readable(cost, MONEY)
        )
        for kind, cost in costs.drop(ALL_OF_THEM).items()
    ]
    listed = text("terms.separator", lang).join(parts)
    every = readable(costs[ALL_OF_THEM], MONEY)
    print_line(console, text("summary.constraint_costs", lang, list=listed, all=every))


def _curves(curves: ComparedCurves, console: Console, lang: str) -> None:
    prices = curves.prices["price_yuan_per_t"]
    rows = []
    for curve in prices.index.get_level_values("curve").unique():
        own = curves.prices.xs(curve, level="curve")
        low, high = (
            readable(side, PRICE) for side in (own["price_yuan_per_t"].min(), own["price_yuan_per_t"].max())
        )
        rows.append(
            (
                term("curves", curve, lang),
                low if low == high else text("chart.prices.range", lang, low=low, high=high),
                readable(own["cost_1e8yuan"].sum(), MONEY),
                readable(own["moved_mt"].sum(), MT),
            )
        )
    headings = (
        text("summary.curve", lang),
        with_unit(text("summary.price_of_cap", lang), PRICE, lang),
        with_unit(text("summary.cost", lang), MONEY, lang),
        with_unit(text("summary.moved", lang), MT, lang),
    )
    print_table(console, headings, rows, right=(1, 2, 3))
