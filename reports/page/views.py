"""What the page shows of each year: the parts of its sections, written once where years share them."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from capshare.base.conventions import conventions
from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.gallery import charts
from capshare.reports.page.chart import PageChart, page_chart
from capshare.reports.page.document import template
from capshare.reports.page.fixed_years import OF_LAST_YEAR
from capshare.reports.page.plan import PLAN
from capshare.reports.page.price_table import price_table
from capshare.reports.page.sections import Section, sections
from capshare.reports.words.brief import brief
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import readable, with_unit
from capshare.reports.words.figures import Figure, totals

OVERVIEW, FIGURES = "overview", "figures"
# The first of these that a year has stands above everything.
MAPS = ("targets_map", "balance_map")
# Drawn with all years, or of what no year changes.
YEARLESS = ("cap", "weights", "groups", "electricity")


@dataclass(frozen=True)
class YearView:
    """A year as the page shows it.

    Attributes
    ----------
    charts : by name
    sections : those that the year has something for
    parts : section → HTML of what it holds, in order; with those of the overview
    """

    charts: Mapping[str, PageChart]
    sections: tuple[Section, ...]
    parts: Mapping[str, tuple[Markup, ...]]


def year_charts(
    one: OneYear, lang: str = DEFAULT_LANGUAGE, last: Mapping[str, PageChart] | None = None
) -> dict[str, PageChart]:
    """The charts of a year, without still drawings.

    Parameters
    ----------
    one : the year
    lang : language of the texts
    last : of the last year, which the page shows at first; None for that year itself. What is of no year
        is taken from there
    """
    wanted = {*MAPS, *(name for key in _keys(last is None) for name in PLAN[key][0])}
    same = {} if last is None else _of_no_year(last)
    made = charts(one.outcome, lang, one.year, wanted - same.keys())
    return same | {name: page_chart(name, chart) for name, chart in made.items()}


def _of_no_year(own: Mapping[str, PageChart]) -> dict[str, PageChart]:
    return {name: own[name] for name in YEARLESS if name in own}


def _keys(is_last: bool) -> list[str]:
    """The sections of a year: some are of the last alone."""
    return [key for key in PLAN if is_last or key not in OF_LAST_YEAR]


def year_view(
    one: OneYear,
    own: Mapping[str, PageChart],
    lang: str = DEFAULT_LANGUAGE,
    beside: YearView | None = None,
) -> YearView:
    """A year as the page shows it.

    Parameters
    ----------
    one : the year
    own : its charts, by name
    lang : language of the texts
    beside : of the last year, which the page shows at first; None for that year itself. What is of no year
        is taken from there
    """
    same = {} if beside is None else _of_no_year(beside.charts)
    drawn = {**own, **same}
    found = sections(one, set(drawn), lang, _keys(beside is None))
    write = template("overview.html").make_module(
        {"t": lambda key, **values: text(f"page.{key}", lang, **values)}
    )
    parts = {section.key: _parts(section, drawn, write) for section in found}
    return YearView(drawn, found, {**_overview(one, drawn, write, lang), **parts})


def _overview(
    one: OneYear, drawn: Mapping[str, PageChart], write: Any, lang: str
) -> dict[str, tuple[Markup, ...]]:
    place = next(name for name in MAPS if name in drawn)
    first = (write.brief(brief(one, lang)), write.figure(drawn[place]), write.table(price_table(one, lang)))
    figures = [shown_figure(figure, lang) for figure in totals(one, lang)]
    return {OVERVIEW: first, FIGURES: (write.key_figures(figures),)}


def _parts(section: Section, drawn: Mapping[str, PageChart], write: Any) -> tuple[Markup, ...]:
    figures = [write.figure(drawn[name]) for name in section.charts]
    return (*figures, *(write.table(table) for table in section.tables))


def shown_figure(figure: Figure, lang: str = DEFAULT_LANGUAGE) -> tuple[str, str, str]:
    """A figure's name with its unit, its value as people read it, and what it is.

    Parameters
    ----------
    figure : of a run
    lang : language of the words
    """
    unit = figure.unit
    number = readable(figure.value, unit, lang) if isinstance(figure.value, int | float) else figure.value
    return with_unit(figure.name, unit, lang), str(number).replace("-", "−", 1), figure.meaning


def packed(shown: YearView, others: Mapping[int, YearView]) -> str:
    """What other years show otherwise, as the page's script unpacks it: gzip in base 64.

    Parameters
    ----------
    shown : the year that the page shows at first
    others : year → what it shows

    Returns
    -------
    str
        Each part and each specification once; the same years give the same text.
    """
    parts: dict[str, int] = {}
    drawings: dict[str, int] = {}
    years: dict[int, dict[str, list[int]]] = {year: {} for year in others}
    charts: dict[int, dict[str, int]] = {year: {} for year in others}
    # Section by section, so that what is alike stands close together and packs well.
    for key in (OVERVIEW, FIGURES, *(key for key in PLAN if key not in OF_LAST_YEAR)):
        for year, view in others.items():
            own = view.parts.get(key, ())
            if own != shown.parts.get(key, ()):
                years[year][key] = [parts.setdefault(str(part), len(parts)) for part in own]
    for name in dict.fromkeys(name for view in others.values() for name in view.charts):
        for year, view in others.items():
            chart = view.charts.get(name)
            if chart is not None and chart is not shown.charts.get(name):
                written = json.dumps(chart.specification, ensure_ascii=False, separators=(",", ":"))
                charts[year][name] = drawings.setdefault(written, len(drawings))
    outward = conventions().outward
    data = {
        "parts": [outward(part) for part in parts],
        "years": years,
        "charts": charts,
        "specifications": [json.loads(drawing) for drawing in drawings],
    }
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(written.encode(), mtime=0)).decode()
