"""What ``capshare backtest`` prints: a table per published split, the closest prediction first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.backtest.published_split import PublishedSplit
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.backtest import split_tables
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from rich.console import Console


def print_backtest(
    splits: Mapping[str, PublishedSplit],
    figures: pd.DataFrame,
    notes: Iterable[str],
    console: Console,
    lang: str = DEFAULT_LANGUAGE,
) -> None:
    """Print how far predictions are from published splits.

    Parameters
    ----------
    splits : name → what was published
    figures : index (table, rule, fitted_on); NaN where a figure has no meaning
    notes : printed last
    console : where to print
    lang : language of the texts
    """
    for table in split_tables(splits, figures, lang):
        print_title(console, table.title)
        print_table(console, table.headings, table.rows, right=range(2, len(table.headings)))
    console.print()
    for note in notes:
        print_line(console, f"- {note}")
