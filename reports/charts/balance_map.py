"""Who comes out short, on the map of squares."""

from __future__ import annotations

import altair as alt

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import BALANCE_COLOURS, AnyChart, finished
from capshare.reports.charts.tiles import tile_map, tiles
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term
from capshare.reports.words.columns import describe


def balance_map_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """One square per province, coloured by the class of its balance.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    frame = tiles(one, lang)
    present = [name for name in BALANCE_COLOURS if (frame["balance_class"] == name).any()]
    colours = {term("terms", name, lang): BALANCE_COLOURS[name] for name in present}
    shown = {name: describe("provinces", name, lang) for name in ("balance_class", "balance_mt")}
    tooltip = [
        alt.Tooltip("province:N", title=describe("provinces", "name_" + lang, lang).label),
        alt.Tooltip("balance_class_text:N", title=shown["balance_class"].label),
        alt.Tooltip("balance_mt:Q", title=shown["balance_mt"].heading, format=",.1f"),
    ]
    frame = frame.assign(note=[_signed(amount) for amount in frame["balance_mt"]])
    chart = tile_map(frame, colours, "balance_class_text", shown["balance_class"].label, tooltip, lang)
    short = int(frame["balance_class"].str.endswith("deficit").sum())
    over = int(frame["balance_class"].str.endswith("surplus").sum())
    return finished(chart, "balance_map", lang, surplus=over, deficit=short)


def _signed(amount: float) -> str:
    return f"{amount:+,.0f}".replace("-", "−") if abs(amount) >= 0.5 else "0"
