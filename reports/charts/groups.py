"""Which provinces are grouped together, on the map of squares."""

from __future__ import annotations

import altair as alt

from capshare.model.groups.kmeans import roman_value
from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import GROUP_COLOURS, AnyChart, finished
from capshare.reports.charts.tiles import tile_map, tiles
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term
from capshare.reports.words.columns import describe


def groups_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """One square per province, coloured by its group.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    frame = tiles(one, lang)
    names = sorted(frame["group"].unique(), key=roman_value)
    colours = {
        term("terms", name, lang): GROUP_COLOURS[place % len(GROUP_COLOURS)]
        for place, name in enumerate(names)
    }
    group = describe("provinces", "group", lang)
    score = describe("provinces", "score", lang)
    words = [term("terms", name, lang) for name in frame["group"]]
    shown = frame.assign(group=words, note=words)
    tooltip = [
        alt.Tooltip("province:N", title=describe("provinces", "name_" + lang, lang).label),
        alt.Tooltip("group:N", title=group.label),
        alt.Tooltip("score:Q", title=score.heading, format=".3f"),
    ]
    chart = tile_map(shown, colours, "group", group.label, tooltip, lang)
    return finished(chart, "groups", lang, count=len(names))
