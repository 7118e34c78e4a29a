"""Titles, lines and tables on a console, coloured or piped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from capshare.reports.console.broken_lines import prose

if TYPE_CHECKING:
    from rich.console import Console


def print_title(console: Console, text: str) -> None:
    """Print a heading with an empty line above it.

    Parameters
    ----------
    console : where
    text : printed as it is
    """
    from rich.text import Text

    console.print()
    console.print(Text(text, style="bold cyan"))


def print_line(console: Console, text: str) -> None:
    """Print a text as it is, broken at the width of the console.

    Parameters
    ----------
    console, text : as of :func:`print_title`
    """
    console.print(prose(text), highlight=False)


def print_table(
    console: Console,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Iterable[int],
    gap_after: int = 0,
) -> None:
    """Print a table without rules; nothing is cut off.

    Parameters
    ----------
    console : where to print
    headings : of the columns; empty for two columns without headings
    rows : as many texts as there are columns
    right : places of the columns of numbers
    gap_after : rows after which an empty one comes; 0 for none
    """
    from rich.table import Table

    columns = headings or ("", "")
    table = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(headings), header_style="dim"
    )
    numeric = set(right)
    for place, heading in enumerate(columns):
        # Folding instead of cutting: a cut number would be a wrong number.
        table.add_column(prose(heading), justify="right" if place in numeric else "left", overflow="fold")
    for count, row in enumerate(rows, start=1):
        table.add_row(*map(prose, row))
        if count == gap_after:
            table.add_row(*("" for _ in columns))
    console.print(table)
