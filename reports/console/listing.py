"""Tables on the screen: what ``capshare frontier`` prints, and the table that listings share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

if TYPE_CHECKING:
    from rich.console import Console


def print_frontier(
    frontier: pd.DataFrame, year: int, folder: Path, console: Console, lang: str = DEFAULT_LANGUAGE
) -> None:
    """Print an equity frontier at round deviations and say where its files are.

    Parameters
    ----------
    frontier : index max_deviation; as of :func:`capshare.model.allocation.frontier.equity_frontier`
    year : of the allocation
    folder : where its files were written
    console : where to print
    lang : of the texts
    """
    # The cost is straight between the points, so round deviations are read off exactly.
    deviation = frontier.index.to_numpy(dtype=float)
    rows = []
    for wanted in np.linspace(0, deviation[-1], 11):
        nearest = frontier.iloc[int(np.abs(deviation - wanted).argmin())]
        cost = float(np.interp(wanted, deviation, frontier["cost_1e8yuan"].to_numpy(dtype=float)))
        cells = (f"{wanted:.0%}", f"{cost:,.1f}", f"{nearest['quota_gini']:.3f}", f"{nearest['at_limit']}")
        rows.append(cells)
    kinks = int(frontier["kink"].sum())
    print_table(
        console,
        text("frontier.title", lang, year=year, kinks=kinks, last=deviation[-1]),
        ("T", *(text(f"frontier.{name}", lang) for name in ("cost", "gini", "at_limit"))),
        rows,
    )
    console.print(text("frontier.nearest", lang), highlight=False)
    console.print(str(folder), soft_wrap=True, markup=False, highlight=False)


def print_table(console: Console, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table whose first column stays in one piece.

    Parameters
    ----------
    console : where to print
    title : above it, or ""
    headings, rows : of texts
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left")
    for place, heading in enumerate(headings):
        # The first column is a name that users copy into a study file: in one piece.
        table.add_column(heading, overflow="fold", no_wrap=place == 0)
    for row in rows:
        # Text, because a source may hold brackets that rich would read as markup.
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
