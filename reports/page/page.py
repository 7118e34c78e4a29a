"""The page of a run: one file with the whole story, readable offline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from capshare.base.conventions import as_its_readers_say, conventions
from capshare.base.notes import SEVERITIES
from capshare.base.progress import stage
from capshare.model.outcome.outcome import Outcome
from capshare.reports.charts.gallery import charts
from capshare.reports.charts.theme import AnyChart
from capshare.reports.folder.manifest import versions
from capshare.reports.page.sections import checks_table, sections
from capshare.reports.page.tables import PageTable, pairs_table
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import readable, with_unit
from capshare.reports.words.cut_story import cut_story
from capshare.reports.words.cuts import assigned_cuts
from capshare.reports.words.figures import Figure, ending, totals
from capshare.reports.words.notes import SaidNote, marked_notes

# A map of squares keeps its shape; the others are as wide as the column they stand in.
_SCREEN_PX = 12
_FIXED_WIDTH = ("groups", "balance_map")


@dataclass(frozen=True)
class PageChart:
    """A chart as the page shows it: its texts, and what Vega draws."""

    key: str
    title: str
    alt: str
    specification: dict[str, Any]


@as_its_readers_say
@stage("page")
def report_html(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> str:
    """The page of a run, self-contained: charts, tables, settings and manifest.

    Parameters
    ----------
    outcome : of a run; of several years the last is shown
    lang : language of all texts, "en" or "zh"

    Returns
    -------
    str
        HTML; the same outcome gives the same text

    Raises
    ------
    CapshareError
        where the language is unknown.
    """
    one = outcome.in_year()
    drawn = {name: page_chart(name, chart) for name, chart in charts(outcome, lang).items()}
    page: str = template("page.html").render(
        t=lambda key, **values: text(f"page.{key}", lang, **values),
        year=one.year,
        several=len(outcome.years) > 1,
        study=outcome.study.name,
        heading=_heading(outcome, lang),
        figures=[_shown(figure, lang) for figure in totals(one, lang)],
        notes=_notes(outcome, lang),
        story=cut_story(outcome, lang),
        sections=sections(one, set(drawn), lang),
        charts=drawn,
        checks=checks_table(outcome, lang),
        passed=int(outcome.allocation.checks["passed"].astype(bool).sum()),
        record=_record(outcome, lang),
        version=versions()["capshare"],
        specifications=script_text({name: chart.specification for name, chart in drawn.items()}),
        **{name: template_text(name.replace("_", ".")) for name in ("page_css", "page_js", "vega_js")},
    )
    return conventions().outward(page)


def _notes(outcome: Outcome, lang: str) -> dict[str, list[SaidNote]]:
    """Notes by their severity; what was noticed on the way stands folded."""
    said = marked_notes(outcome, lang)
    return {severity: [note for note in said if note.severity == severity] for severity in SEVERITIES}


def _heading(outcome: Outcome, lang: str) -> str:
    assigned = assigned_cuts(outcome)
    if assigned is None:
        return text("page.heading", lang, cap=float(outcome.cap.path["cap_mt"].iloc[-1]))
    years = {"base": assigned.base_year, "year": assigned.year}
    return text("page.heading_targets", lang, national=assigned.national_pct, **years)


@cache
def template(name: str) -> Any:
    """A template of the page, with the tables it may show; an unknown name in it is an error.

    Parameters
    ----------
    name : of the file
    """
    from jinja2 import DictLoader, Environment, StrictUndefined

    sources = {file: template_text(file) for file in (name, "table.html")}
    environment = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def template_text(name: str) -> str:
    """The text of a file of the page: style, script or template.

    Parameters
    ----------
    name : of the file in ``reports/templates``
    """
    return (resources.files("capshare.reports") / "templates" / name).read_text(encoding="utf-8")


def page_chart(name: str, chart: AnyChart) -> PageChart:
    """A chart as the page shows it, as wide as its column and with letters for a screen.

    Parameters
    ----------
    name : on the page
    chart : as it is printed
    """
    # The tests hold every chart against the schema; doing it in each run would double the time.
    drawn = chart.to_dict(validate=False)
    # The heading above the chart says it, in letters that a reader can enlarge.
    title = str(drawn.pop("title"))
    if name not in _FIXED_WIDTH:
        drawn |= {"width": "container", "autosize": drawn["config"].pop("autosize")}
        _enlarge(drawn)
    drawn["config"]["padding"] = {"left": 0, "top": 2, "right": 8, "bottom": 6}
    return PageChart(name, title, str(drawn["description"]), drawn)


def _enlarge(drawn: dict[str, Any]) -> None:
    """Letters and rows as large as a screen needs; a chart is made for print."""
    config = drawn["config"]
    for part, size in (("axis", "labelFontSize"), ("axis", "titleFontSize"), ("text", "fontSize")):
        config[part][size] = _SCREEN_PX
    config["legend"] |= {"labelFontSize": _SCREEN_PX, "titleFontSize": _SCREEN_PX}
    drawn["height"] = round(1.25 * drawn["height"])


def script_text(value: Mapping[str, Any]) -> str:
    """Plain data as JSON that may stand inside a script element.

    Parameters
    ----------
    value : without numbers that are not finite
    """
    # A closing tag inside a text would end the script.
    return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


def _shown(figure: Figure, lang: str) -> tuple[str, str, str]:
    unit = figure.unit
    number = readable(figure.value, unit, lang) if isinstance(figure.value, int | float) else figure.value
    return with_unit(figure.name, unit, lang), str(number).replace("-", "−", 1), figure.meaning


def _record(outcome: Outcome, lang: str) -> tuple[PageTable, ...]:
    headings = (text("page.record.name", lang), text("page.record.value", lang))
    files = sorted(outcome.study.files.items())
    contents = {
        "solution": [_shown(figure, lang)[:2] for figure in ending(outcome, lang)],
        "settings": list(_flat(outcome.study.settings)),
        "inputs": [(name, hashlib.sha256(data).hexdigest()) for name, data in files],
        "versions": list(versions().items()),
    }
    return tuple(
        pairs_table(f"record-{key}", text(f"page.record.{key}", lang), pairs, headings)
        for key, pairs in contents.items()
    )


def _flat(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            for place, item in enumerate(value, start=1):
                yield from _flat(item, f"{prefix}{name}.{place}.")
        elif value is not None and not (isinstance(value, float) and pd.isna(value)):
            listed = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            yield f"{prefix}{name}", listed
