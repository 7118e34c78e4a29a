"""Charts drawn into a page as SVG, which shows them without a script."""

from __future__ import annotations

from dataclasses import dataclass

from capshare.reports.charts.save import svg_text
from capshare.reports.charts.theme import AnyChart


@dataclass(frozen=True)
class InlineChart:
    """A chart as a page without scripts shows it.

    Attributes
    ----------
    key : unique on the page
    title, alt : its heading, and what it shows in a sentence
    svg : the drawing, without the heading
    """

    key: str
    title: str
    alt: str
    svg: str


def inline_chart(key: str, chart: AnyChart) -> InlineChart:
    """Draw a chart for a page.

    Parameters
    ----------
    key : on the page
    chart : as it is printed
    """
    # The tests hold every chart against the schema; doing it for each would double the time.
    drawn = chart.to_dict(validate=False)
    title = str(drawn.pop("title"))
    # The page has a paper of its own.
    drawn["config"]["background"] = None
    return InlineChart(key, title, str(drawn["description"]), svg_text(drawn))
