"""The groups on a console: their caps, what a tonne more of each is worth, their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.console.console import print_table, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, PRICE, SHARE, readable, with_unit
from capshare.reports.words.drivers import price_range
from capshare.reports.words.figures import member_names

if TYPE_CHECKING:
    from rich.console import Console

_SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t")


def print_groups(one: OneYear, console: Console, lang: str) -> None:
    """Print each block's cap with its price, under all cost curves where several were compared.

    Parameters
    ----------
    one : the year shown
    console : where to print
    lang : language of the texts
    """
    print_title(console, text("summary.groups", lang))
    members, compared = member_names(one, lang), one.outcome.drivers.curves is not None
    headings = (
        text("summary.group", lang),
        with_unit(text("summary.group_cap", lang), MT, lang),
        with_unit(text("summary.share", lang), SHARE, lang),
        with_unit(text("summary.price", lang), PRICE, lang),
        *([text("summary.under_curves", lang)] if compared else []),
        text("summary.members", lang),
    )
    rows = [
        (
            term("terms", group, lang) if lang != DEFAULT_LANGUAGE else str(group),
            readable(row["cap_mt"], MT),
            readable(row["cap_share"], SHARE).removesuffix("%"),
            _price_range(row, lang),
            *([price_range(one.outcome, str(group), lang)] if compared else []),
            names,
        )
        for (group, row), names in zip(one.blocks.iterrows(), members, strict=True)
    ]
    print_table(console, headings, rows, right=range(1, len(headings) - 1))


def _price_range(group: pd.Series, lang: str) -> str:
    texts = [readable(group.get(side, group["price_yuan_per_t"]), PRICE, lang) for side in _SIDES]
    same = texts[0] == texts[1]
    return texts[0] if same else text("chart.prices.range", lang, low=texts[0], high=texts[1])
