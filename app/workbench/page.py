"""The workbench's page: one answer with its style, its scripts and all its texts inside."""

from __future__ import annotations

from typing import Any

from capshare.reports.charts.areas import AREAS, area_of_provinces
from capshare.reports.charts.theme import BALANCE_COLOURS
from capshare.reports.folder.manifest import versions
from capshare.reports.page import planner
from capshare.reports.page.document import script_text, template
from capshare.reports.words.catalogue import LANGUAGES, term, text, texts

STYLES = (*planner.STYLES, "workbench.css", "workbench_print.css")
SCRIPTS = (
    *planner.SCRIPTS,
    "planner_frontier.js",
    "workbench_calls.js",
    "workbench_state.js",
    "workbench_inputs.js",
    "workbench_settings.js",
    "workbench_constraints.js",
    "workbench_answer.js",
    "workbench_frontier.js",
    "workbench_provinces.js",
    "workbench_seek.js",
    "workbench_scenarios.js",
    "workbench_brief.js",
    "workbench_tools.js",
    "workbench.js",
)
_CONSTRAINTS = "constraints."


def page_html(study: str, nonce: str, lang: str) -> str:
    """The page that asks the server for everything else.

    Parameters
    ----------
    study : name of the study
    nonce : by which the browser knows the page's own style and script
    lang : language that it opens in, "en" or "zh"
    """
    page: str = template("workbench.html").render(
        t=lambda key: text(f"{planner.PREFIX}{key}", lang),
        study=study,
        nonce=nonce,
        lang=lang,
        version=versions()["capshare"],
        css=planner.joined(STYLES),
        script=planner.joined(SCRIPTS),
        given=script_text(
            {
                "words": {each: page_words(each) for each in LANGUAGES},
                "classes": balance_classes(),
                "areas": areas(),
            }
        ),
    )
    return page


def page_words(lang: str) -> dict[str, str]:
    """The page's own texts, and what constraints are called, with their placeholders.

    Parameters
    ----------
    lang : "en" or "zh"
    """
    every = texts(lang)
    own = {
        key.removeprefix(planner.PREFIX): said
        for key, said in every.items()
        if key.startswith(planner.PREFIX)
    }
    return own | {key: said for key, said in every.items() if key.startswith(_CONSTRAINTS)}


def balance_classes() -> dict[str, Any]:
    """Classes of the balance with their colours, for map and bars."""
    said = [
        {"value": name, "colour": colour, "deficit": name.endswith("deficit"), **_labels("terms", name)}
        for name, colour in BALANCE_COLOURS.items()
    ]
    return {"colours": BALANCE_COLOURS, "said": said}


def areas() -> list[dict[str, Any]]:
    """Areas by which provinces can be picked together, with their codes."""
    area = area_of_provinces()
    return [
        {"key": name, "codes": list(area.index[area == name]), **_labels("workbench.area", name)}
        for name in AREAS
    ]


def _labels(table: str, name: str) -> dict[str, str]:
    return {f"label_{lang}": term(table, name, lang) for lang in LANGUAGES}
