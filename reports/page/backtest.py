"""The page of a backtest: one file, readable offline, a section per published split."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from capshare.model.backtest.published_split import PublishedSplit
from capshare.reports.charts.backtest import backtest_chart
from capshare.reports.page.chart import PageChart, page_chart, with_stills
from capshare.reports.page.document import document
from capshare.reports.page.sections import Section
from capshare.reports.page.tables import Cell, PageTable
from capshare.reports.words.backtest import SplitTable, split_tables
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NO_NAME = re.compile(r"[^\w-]+")


def backtest_html(
    splits: Mapping[str, PublishedSplit],
    figures: pd.DataFrame,
    notes: Iterable[str],
    lang: str = DEFAULT_LANGUAGE,
) -> str:
    """The page of a backtest, self-contained.

    Parameters
    ----------
    splits : name → what was published
    figures : index (table, rule, fitted_on); NaN where a figure has no meaning
    notes : which rules were left out of which table and why
    lang : language of all texts, "en" or "zh"

    Returns
    -------
    str
        HTML; the same backtest gives the same text
    """
    tables = list(split_tables(splits, figures, lang))
    keys = {table.name: _NO_NAME.sub("-", table.name) for table in tables}
    charts = {key: _chart(name, key, splits, figures, lang) for name, key in keys.items()}
    drawn = {key: chart for key, chart in charts.items() if chart is not None}
    return document(
        "backtest.html",
        with_stills(drawn)(),
        lang,
        b=lambda key, **values: text(f"backtest.{key}", lang, **values),
        sections=[_section(table, keys[table.name], keys[table.name] in drawn, lang) for table in tables],
        notes=list(notes),
    )


def _chart(
    name: str, key: str, splits: Mapping[str, PublishedSplit], figures: pd.DataFrame, lang: str
) -> PageChart | None:
    chart = backtest_chart(splits[name], figures.loc[[name]].droplevel("table"), lang)
    return None if chart is None else page_chart(key, chart)


def _section(table: SplitTable, key: str, has_chart: bool, lang: str) -> Section:
    count = len(table.headings)
    rows = tuple(tuple(_sorted_by(cell) for cell in row) for row in table.rows)
    headings = tuple(heading.replace("\n", " ") for heading in table.headings)
    numeric = tuple(place >= 2 for place in range(count))
    shown = PageTable(
        f"{key}-table", text("backtest.table", lang), "", headings, ("",) * count, numeric, rows
    )
    return Section(key, table.title, (key,) if has_chart else (), (shown,))


def _sorted_by(cell: str) -> Cell:
    return Cell(cell, cell) if _NUMBER.fullmatch(cell) else Cell(cell)
