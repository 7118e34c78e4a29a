"""What ``capshare backtest`` prints: a table per published split, the closest prediction first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.backtest.published_split import PublishedSplit
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text

if TYPE_CHECKING:
    from rich.console import Console

# Figure → how it is printed, and by what it is multiplied before.
_FORMATS = {
    "mean_error_points": ("{:z.2f}", 1),
    "largest_error_points": ("{:z.1f}", 1),
    "misplaced_share": ("{:z.1f}", 100),
    "rank_correlation": ("{:z.2f}", 1),
    "tiers_adjusted_rand": ("{:z.2f}", 1),
    "signs_right": ("{:z.0f}", 1),
}
# What says how far a prediction is off, by the kind of the table, and whether less of it is better.
_CLOSEST = {
    "cuts": ("mean_error_points", True),
    "quotas": ("misplaced_share", True),
    "balances": ("rank_correlation", False),
}


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
    for name, split in splits.items():
        by, less = _CLOSEST[split.kind]
        of_split = figures.loc[[name]].droplevel("table").dropna(axis="columns", how="all")
        ordered = of_split.sort_values(by, ascending=less, kind="stable", na_position="last")
        print_title(console, _title(split, lang))
        headings = [text("backtest.rule", lang), text("backtest.fitted_on", lang)]
        headings += [text(f"backtest.{column}", lang) for column in ordered]
        cells = [[_cell(str(column), value) for value in ordered[column]] for column in ordered]
        rows = [
            (rule_label(str(rule), lang), str(on), *row)
            for (rule, on), *row in zip(ordered.index, *cells, strict=True)
        ]
        print_table(console, headings, rows, right=range(2, len(headings)))
    console.print()
    for note in notes:
        print_line(console, f"- {note}")


def rule_label(rule: str, lang: str) -> str:
    """A rule as a reader of the language knows it; in English as the file has it.

    Parameters
    ----------
    rule : as of the table of figures
    lang : language of the label
    """
    return rule if lang == DEFAULT_LANGUAGE else term("rules", rule, lang)


def _title(split: PublishedSplit, lang: str) -> str:
    values = {"table": split.name, "first": split.first_year, "last": split.last_year}
    years = str(split.first_year)
    if split.last_year != split.first_year:
        years += f"-{split.last_year}"
    counts = {"years": years, "count": len(split.published), "cut": split.national_cut_pct}
    return text(f"backtest.title_{split.kind}", lang, **values, **counts)


def _cell(column: str, value: float) -> str:
    form, times = _FORMATS[column]
    return "" if pd.isna(value) else form.format(times * value)
