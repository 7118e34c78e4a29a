"""A chart as a page shows it: drawn by Vega where scripts run, else as the drawing that is printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from capshare.reports.charts.drawn_beside import drawings_begun
from capshare.reports.charts.still import still
from capshare.reports.charts.theme import AnyChart

# A map of squares keeps its shape; the others are as wide as the column they stand in.
_SCREEN_PX = 12
_FIXED_WIDTH = ("groups", "balance_map", "targets_map")
# Too wide for a small screen.
_WIDE = ("rules",)
# Digits of a number that a screen can show; the CSV files have all.
_DIGITS = 7


@dataclass(frozen=True)
class PageChart:
    """A chart as the page shows it.

    Attributes
    ----------
    key : its name on the page
    title, alt : in words
    still : SVG, shown until Vega has drawn the chart, and where it cannot; empty for none
    specification : what Vega draws
    printed : the same in the size of print, from which the still drawing is made
    wide : whether it scrolls on a small screen
    """

    key: str
    title: str
    alt: str
    still: str
    specification: dict[str, Any]
    printed: dict[str, Any]
    wide: bool = False


Begin: TypeAlias = Callable[[Sequence[dict[str, Any]]], Callable[[], list[str]]]


def with_stills(
    charts: Mapping[str, PageChart], begin: Begin | None = None
) -> Callable[[], dict[str, PageChart]]:
    """Begin the drawings that a page shows without scripts; the callable waits for them.

    Parameters
    ----------
    charts : by name, without such drawings
    begin : of :func:`~capshare.reports.charts.drawn_beside.drawings_begun`, where it was called before
    """
    finished = (begin or drawings_begun())([chart.printed for chart in charts.values()])

    def drawn() -> dict[str, PageChart]:
        pairs = zip(charts.items(), finished(), strict=True)
        return {name: replace(chart, still=still(svg)) for (name, chart), svg in pairs}

    return drawn


def page_chart(name: str, chart: AnyChart) -> PageChart:
    """A chart as the page shows it, as wide as its column and with letters for a screen.

    Parameters
    ----------
    name : on the page
    chart : as it is printed
    """
    # The tests hold every chart against the schema; doing it in each run would double the time.
    drawn = _shortened(chart.to_dict(validate=False))
    # The heading above the chart says it, in letters that a reader can enlarge.
    title = str(drawn.pop("title"))
    drawn.pop("usermeta", None)
    # The page has a paper of its own.
    drawn["config"]["background"] = None
    printed = json.loads(json.dumps(drawn))
    if name not in _FIXED_WIDTH:
        drawn |= {"width": "container", "autosize": drawn["config"].pop("autosize")}
        _enlarge(drawn)
    drawn["config"]["padding"] = {"left": 0, "top": 2, "right": 8, "bottom": 6}
    return PageChart(name, title, str(drawn["description"]), "", drawn, printed, name in _WIDE)


def _enlarge(drawn: dict[str, Any]) -> None:
    """Letters and rows as large as a screen needs; a chart is made for print."""
    config = drawn["config"]
    for part, size in (("axis", "labelFontSize"), ("axis", "titleFontSize"), ("text", "fontSize")):
        config[part][size] = _SCREEN_PX
    config["legend"] |= {"labelFontSize": _SCREEN_PX, "titleFontSize": _SCREEN_PX}
    drawn["height"] = round(1.25 * drawn["height"])


def _shortened(drawn: dict[str, Any]) -> dict[str, Any]:
    """The same with fewer digits."""
    written = json.dumps(drawn)
    found: dict[str, Any] = json.loads(
        written, parse_float=lambda digits: float(f"{float(digits):.{_DIGITS}g}")
    )
    return found
