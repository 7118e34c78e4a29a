"""What the command line prints on whose emissions count: the national market, and crossing electricity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capshare.model.outcome.outcome import OneYear
from capshare.reports.console.console import print_line, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.electricity import electricity_lines
from capshare.reports.words.market_sectors import market_lines

if TYPE_CHECKING:
    from rich.console import Console


def print_whose_emissions(one: OneYear, console: Console, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print what the national market allocates, and what the view of electricity moves.

    Parameters
    ----------
    one : year of a run
    console : where to print
    lang : language of the texts
    """
    told = {"market_sectors": market_lines(one, lang), "electricity": electricity_lines(one.outcome, lang)}
    for name, lines in told.items():
        if lines:
            print_title(console, text(f"page.{name}.title", lang))
        for line in lines:
            print_line(console, line)
