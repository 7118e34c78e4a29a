"""The page of a run: one file with the whole story, readable offline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from capshare.base.conventions import as_its_readers_say
from capshare.base.notes import SEVERITIES
from capshare.base.progress import stage
from capshare.model.outcome.outcome import Outcome
from capshare.reports.charts.drawn_beside import drawings_begun
from capshare.reports.folder.manifest import versions
from capshare.reports.page.chart import with_stills
from capshare.reports.page.checks import checks_table
from capshare.reports.page.document import document, script_text
from capshare.reports.page.fixed_years import fixed_years
from capshare.reports.page.planner import SCRIPTS, joined
from capshare.reports.page.scenarios import scenario_data
from capshare.reports.page.tables import PageTable, pairs_table
from capshare.reports.page.views import packed, shown_figure, year_charts, year_view
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.cut_story import cut_story
from capshare.reports.words.cuts import assigned_cuts
from capshare.reports.words.ensemble import ensemble_lines
from capshare.reports.words.figures import ending
from capshare.reports.words.notes import SaidNote, marked_notes


@as_its_readers_say
@stage("page")
def report_html(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> str:
    """The page of a run, self-contained: charts, tables, settings and manifest.

    Parameters
    ----------
    outcome : of a run; of several years the last is shown until another is chosen
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
    *earlier, last = outcome.years
    begin = drawings_begun()
    drawn = year_charts(outcome.in_year(last), lang)
    stills = with_stills(drawn, begin)
    other_charts = {year: year_charts(outcome.in_year(year), lang, drawn) for year in earlier}
    given = scenario_data(outcome, lang)
    shown = year_view(outcome.in_year(last), stills(), lang)
    others = {
        year: year_view(outcome.in_year(year), charts, lang, shown) for year, charts in other_charts.items()
    }
    return document(
        "page.html",
        shown.charts,
        lang,
        more_styles=("planner.css", "page_scenarios.css") if given else (),
        module=joined((*SCRIPTS, "page_scenarios.js")) if given else "",
        given=script_text(given) if given else "",
        year=last,
        years=outcome.years,
        several=bool(others),
        packed=packed(shown, others) if others else "",
        parts=shown.parts,
        sections=shown.sections,
        fixed_years=fixed_years(outcome),
        study=outcome.study.name,
        heading=_heading(outcome, lang),
        notes=_notes(outcome, lang),
        story=(*cut_story(outcome, lang), *ensemble_lines(outcome, lang)),
        checks=checks_table(outcome, lang),
        passed=int(outcome.allocation.checks["passed"].astype(bool).sum()),
        record=_record(outcome, lang),
    )


def _notes(outcome: Outcome, lang: str) -> dict[str, list[SaidNote]]:
    """Notes by their severity; what was noticed on the way stands folded."""
    said = marked_notes(outcome, lang)
    return {severity: [note for note in said if note.severity == severity] for severity in SEVERITIES}


def _heading(outcome: Outcome, lang: str) -> str:
    assigned = assigned_cuts(outcome)
    if assigned is None:
        years, cap = outcome.years, float(outcome.cap.path["cap_mt"].iloc[-1])
        key = "page.heading" if len(years) == 1 else "page.heading_years"
        return text(key, lang, cap=cap, first=years[0], last=years[-1])
    between = {"base": assigned.base_year, "year": assigned.year}
    return text("page.heading_targets", lang, national=assigned.national_pct, **between)


def _record(outcome: Outcome, lang: str) -> tuple[PageTable, ...]:
    headings = (text("page.record.name", lang), text("page.record.value", lang))
    files = sorted(outcome.study.files.items())
    contents = {
        "solution": [shown_figure(figure, lang)[:2] for figure in ending(outcome, lang)],
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
