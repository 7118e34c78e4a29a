"""What the workbench and the page of a run have in common: map, bars and tables of a split."""

from __future__ import annotations

from collections.abc import Iterable

from capshare.reports.page.document import template_text
from capshare.reports.words.catalogue import texts

STYLES = ("colours.css", "planner.css")
# One module of all: a name stands for the same thing in every file.
SCRIPTS = (
    "planner_words.js",
    "planner_measures.js",
    "planner_map.js",
    "planner_bars.js",
    "planner_legend.js",
    "planner_tables.js",
)
PREFIX = "workbench."
# Texts that those scripts ask for; they are the workbench's.
_WORDS = (
    "absent",
    "against",
    "against_run",
    "apart",
    "as_run",
    "bars_label",
    "between",
    "differences",
    "every_province",
    "fewer",
    "figure",
    "figures_beside",
    "legend_ghost",
    "legend_hollow",
    "map_label",
    "map_region",
    "measure",
    "measure_cut",
    "measure_quota",
    "none",
    "province",
    "provinces_beside",
    "remove_pin",
    "row",
    "row_changed",
    "separator",
    "the_run",
    "unit_quota",
)


def joined(names: Iterable[str]) -> str:
    """Files of the pages one after another.

    Parameters
    ----------
    names : as of :func:`capshare.reports.page.document.template_text`
    """
    return "\n".join(map(template_text, names))


def planner_words(lang: str) -> dict[str, str]:
    """Texts that map, bars and tables say, with their placeholders.

    Parameters
    ----------
    lang : language of the texts
    """
    known = texts(lang)
    return {key: known[f"{PREFIX}{key}"] for key in _WORDS}
