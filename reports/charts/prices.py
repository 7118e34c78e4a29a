"""What a tonne of each group's cap is worth, from the next tonne to the last."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import (
    INK,
    LEAST_YUAN_PER_T,
    MONEY_COLOUR,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    room_for_labels,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import PRICE, describe, readable, with_unit

_SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t")


def prices_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A point per group at its price, with a line from the price of the next tonne to that of the last.

    Parameters
    ----------
    one : the year drawn; a side that is infeasible (None) has no end of the line and is named in words
    lang : language of the texts

    Returns
    -------
    Chart, or None of one cap whose price is the same on both sides, which is a number and no picture
    """
    frame = _prices(one, lang)
    ranged = (frame["low_text"] != frame["high_text"]).any()
    if len(frame) == 1 and not ranged:
        return None
    shown = {name: describe("groups", name, lang) for name in ("group", "price_yuan_per_t", *_SIDES)}
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "group:N", sort=frame["group"].tolist(), axis=names_axis(shown["group"].label, labelPadding=9)
        ),
        tooltip=[
            alt.Tooltip("group:N", title=shown["group"].label),
            alt.Tooltip("price:Q", title=shown["price_yuan_per_t"].heading, format=",.2f"),
            alt.Tooltip("low_text:N", title=shown[_SIDES[0]].heading),
            alt.Tooltip("high_text:N", title=shown[_SIDES[1]].heading),
        ],
    )
    axis = numbers_axis(with_unit(shown["price_yuan_per_t"].label, PRICE, lang))
    points = base.mark_point(filled=True, size=70, color=MONEY_COLOUR).encode(
        x=alt.X("price:Q", axis=axis, scale=room_for_labels(frame["right"].max(), 0.35, LEAST_YUAN_PER_T))
    )
    lines = base.mark_rule(strokeWidth=2, color=MONEY_COLOUR).encode(x=alt.X("left:Q"), x2=alt.X2("right:Q"))
    labels = base.mark_text(align="left", dx=8, color=INK).encode(
        x=alt.X("right:Q"), text=alt.Text("label:N")
    )
    chart = layered(lines, points, labels, width=WIDTH, height=26 * len(frame))
    return finished(
        chart, "prices" if ranged else "prices_alike", lang, count=len(frame), highest=frame["price"].max()
    )


def _prices(one: OneYear, lang: str) -> pd.DataFrame:
    groups = one.blocks
    price = groups["price_yuan_per_t"].astype(float)
    low, high = (groups.get(side, price) for side in _SIDES)
    frame = pd.DataFrame(
        {
            "group": [term("terms", name, lang) for name in groups.index],
            "price": price,
            # An infeasible side ends the line at the price: there is nothing beyond it to show.
            "left": low.astype(float).fillna(price),
            "right": high.astype(float).fillna(price),
            "low_text": [_words(value, lang) for value in low],
            "high_text": [_words(value, lang) for value in high],
        }
    )
    return frame.assign(
        label=[_label(a, b, lang) for a, b in zip(frame["low_text"], frame["high_text"], strict=True)]
    )


def _words(value: float | None, lang: str) -> str:
    return readable(None if pd.isna(value) else value, PRICE, lang)


def _label(low: str, high: str, lang: str) -> str:
    return low if low == high else text("chart.prices.range", lang, low=low, high=high)
