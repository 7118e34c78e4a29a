"""Backtests in words: a table per published split, the closest prediction first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from capshare.model.backtest.published_split import PublishedSplit
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text

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


class SplitTable(NamedTuple):
    """How far predictions of one published split are off, as texts.

    Attributes
    ----------
    name : of the split
    title : what was published, of which years
    headings : rule, what it was fitted on, then a figure each
    rows : as many texts as there are headings
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def split_tables(
    splits: Mapping[str, PublishedSplit], figures: pd.DataFrame, lang: str = DEFAULT_LANGUAGE
) -> Iterator[SplitTable]:
    """A table per split, in their order.

    Parameters
    ----------
    splits : name → what was published
    figures : index (table, rule, fitted_on); NaN where a figure has no meaning
    lang : language of the texts
    """
    for name, split in splits.items():
        by, less = _CLOSEST[split.kind]
        of_split = figures.loc[[name]].droplevel("table").dropna(axis="columns", how="all")
        ordered = of_split.sort_values(by, ascending=less, kind="stable", na_position="last")
        headings = [text("backtest.rule", lang), text("backtest.fitted_on", lang)]
        headings += [text(f"backtest.{column}", lang) for column in ordered]
        cells = [[_cell(str(column), value) for value in ordered[column]] for column in ordered]
        rows = [
            (rule_label(str(rule), lang), str(on), *row)
            for (rule, on), *row in zip(ordered.index, *cells, strict=True)
        ]
        yield SplitTable(name, _title(split, lang), tuple(headings), tuple(rows))


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
