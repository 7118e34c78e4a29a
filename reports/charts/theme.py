"""One look for every chart: colours that the colour-blind can tell apart, sizes made for print."""

from __future__ import annotations

from typing import Any, cast

import altair as alt

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

AnyChart = alt.Chart | alt.LayerChart

# Okabe & Ito 2008, Color Universal Design: told apart with every kind of colour vision.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY, RULE, INK = "#767676", "#D9DEE3", "#1F2933"
# From what another choice or nothing in particular is drawn in, to what stands out against it.
NEUTRAL, SLATE = "#9AA5B1", "#52606D"
# What is filled like the paper, inside a line.
HOLLOW = "#FFFFFF"

# One colour means one thing: the quota, and what is left of it, blue; emissions, and what is lacking, orange;
# cuts on a map green; money purple; this run among others blue, other choices grey. Groups, and runs side by
# side, have their own.
MONEY_COLOUR = "#8E3A80"
# From the smallest cuts to the largest.
CUT_COLOURS = ("#E4F4EE", "#B5DFD0", "#3BA583", "#00573F")
CATEGORIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, GREY)
# Tol 2021, "muted", without what is blue or purple there.
GROUP_COLOURS = ("#117733", "#DDCC77", "#44AA99", "#CC6677", "#999933", "#A0703C", "#88775A", "#5E8C61")
BALANCE_COLOURS = {
    "ample surplus": "#00527F",
    "moderate surplus": "#2B8CC4",
    "slight surplus": "#9CCDEB",
    "balanced": "#C9CED4",
    "light deficit": "#F7C39A",
    "moderate deficit": "#E0803A",
    "severe deficit": "#A84300",
}

# A pixel is 1/72 inch when a chart is saved: 460 of them are 162 mm, the text width of an A4 page.
WIDTH = 460
# Where a chart keeps what it is of; Vega leaves it alone.
SUBTITLE = "subtitle"
# An axis of prices reaches at least this far: the cost of a trade shall not look like a price.
LEAST_YUAN_PER_T = 1.0
# Pixels of a province's row: thirty of them are 159 mm.
ROW = 15

_FONTS = {
    "en": "'Liberation Sans', Arial, Helvetica, sans-serif",
    "zh": "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
}


def layered(*layers: alt.Chart, width: float, height: float) -> alt.LayerChart:
    """Charts drawn over one another, the first at the bottom.

    Parameters
    ----------
    layers : from the bottom up
    width, height : of the plot, pixels
    """
    # Not ``properties``: that copies every layer once more.
    return cast("alt.LayerChart", alt.layer(*layers, width=width, height=height))


def finished(chart: AnyChart, key: str, lang: str = DEFAULT_LANGUAGE, **values: object) -> AnyChart:
    """The chart with title, alternative text and the common look.

    Parameters
    ----------
    chart : without title and configuration; changed in place, since a copy takes as long as the chart
    key : of its texts: ``chart.<key>.title`` and ``chart.<key>.alt``
    lang : language of both
    values : for the placeholders of both
    """
    chart.title = text(f"chart.{key}.title", lang, **values)
    chart.description = text(f"chart.{key}.alt", lang, **values)
    chart.config = alt.Config(**look(lang))
    return chart


def sign(chart: AnyChart, said: str) -> None:
    """Say in a chart what it is of; printed, that stands below the title.

    Parameters
    ----------
    chart : finished; changed in place, since a copy takes as long as the chart
    said : study, year and data
    """
    chart.usermeta = {SUBTITLE: said}


def look(lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """The configuration that every chart shares.

    Parameters
    ----------
    lang : decides the fonts
    """
    axis = {"labelFontSize": 9, "titleFontSize": 9, "titleFontWeight": "normal", "titlePadding": 6}
    return {
        "font": _FONTS[lang],
        "background": "white",
        "padding": 4,
        # Labels take their room from the plot, so that the whole is as wide as asked.
        "autosize": alt.AutoSizeParams(type="fit-x", contains="padding"),
        "title": {"anchor": "start", "fontSize": 11, "fontWeight": "bold", "color": INK, "offset": 8},
        "view": {"stroke": None},
        "axis": {
            **axis,
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": RULE,
            "domainColor": GREY,
            "tickColor": GREY,
            "labelLimit": 150,
            "labelPadding": 3,
        },
        "legend": {
            "orient": "top",
            "labelFontSize": 9,
            "titleFontSize": 9,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": INK,
            "labelLimit": 220,
            "symbolSize": 60,
            "symbolType": "square",
            # As strong as the marks.
            "symbolOpacity": 1,
            "offset": 8,
            "columnPadding": 12,
        },
        "text": {"fontSize": 9, "color": INK},
        **{mark: {"opacity": 1} for mark in ("point", "tick", "line", "bar")},
        "range": {"category": list(CATEGORIES)},
    }


def scale_of(colours: dict[str, str]) -> alt.Scale:
    """A colour scale with a named colour per value, in their order.

    Parameters
    ----------
    colours : value → colour, "#rrggbb"
    """
    return alt.Scale(domain=list(colours), range=list(colours.values()))


def wrapping_legend(title: str | None = None, column_px: int = 130, **options: Any) -> alt.Legend:
    """A legend above the plot that breaks into as many columns as the plot has room for.

    Parameters
    ----------
    title : None for no title
    column_px : width of a column, pixels
    options : further options of the legend
    """
    columns = alt.ExprRef(f"max(1, floor(width / {column_px}))")
    return alt.Legend(title=title, columns=columns, **options)


def numbers_axis(title: str, **options: Any) -> alt.Axis:
    """An axis of numbers with thousands marks and few ticks.

    Parameters
    ----------
    title : with the unit
    options : further options of the axis
    """
    return alt.Axis(title=title, **{"format": ",~r", "tickCount": 5, **options})


def room_for_labels(largest: float, room: float = 0.12, least: float = 0.0) -> alt.Scale:
    """A scale from 0 that leaves room for a number behind the longest bar.

    Parameters
    ----------
    largest : the longest bar, in the unit of the axis
    room : as a share of it
    least : what the axis reaches at least, so that next to nothing looks like nothing
    """
    return alt.Scale(domain=[0, (1 + room) * max(largest, least) or 1.0], nice=False)


def names_axis(title: str | None = None, **options: Any) -> alt.Axis:
    """An axis of names, one row each, none left out.

    Parameters
    ----------
    title : None writes none
    options : of altair's axis, over those set here
    """
    return alt.Axis(
        title=title, **{"labelOverlap": False, "ticks": False, "domain": False, "grid": False, **options}
    )
