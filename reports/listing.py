"""What ``capshare data`` prints: datasets, and the columns of one with units and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from rich.console import Console

    from capshare.indicators.dataset import Dataset


def print_datasets(datasets: Sequence[Dataset], console: Console) -> None:
    """Print one line per dataset: name, title, year, numbers of regions and columns.

    Parameters
    ----------
    datasets : what to list
    console : where to print
    """
    rows = [(d.name, d.title, str(d.base_year), str(len(d.table)), str(d.table.shape[1])) for d in datasets]
    _print(console, "", ("dataset", "title", "base year", "regions", "columns"), rows)
    console.print("Columns, units and sources of one: capshare data NAME", highlight=False)


def print_columns(dataset: Dataset, columns: pd.DataFrame, console: Console) -> None:
    """Print the columns of a dataset with unit, titles, source and status, then its files.

    Parameters
    ----------
    dataset : whose columns they are
    columns : ``column, unit, title_en, title_zh, source, status``
    console : where to print
    """
    wanted = ["column", "unit", "title_en", "title_zh", "source", "status"]
    rows = [tuple(map(str, row)) for row in columns[wanted].to_numpy()]
    _print(console, f"{dataset.name}: {dataset.title}", wanted, rows)
    for name, path in dataset.files.items():
        console.print(f"{name}: {path}", soft_wrap=True, markup=False, highlight=False)


def _print(console: Console, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
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
