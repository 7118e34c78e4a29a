"""What another cap would cost: the price of each block's cap over a range around it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import translated
from capshare.reports.charts.theme import (
    GREY,
    GROUP_COLOURS,
    MONEY_COLOUR,
    WIDTH,
    AnyChart,
    finished,
    layered,
    numbers_axis,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, PRICE, describe, with_unit

_DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4], [5, 2, 1, 2, 1, 2], [1, 4], [3, 6])


def cap_curve_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """The price of the next tonne against the cap, as a change of the cap that the run has.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    curve = one.outcome.drivers.cap_curve
    if curve is None or one.year != one.outcome.years[-1]:
        return None
    frame = curve.reset_index()
    own = one.blocks["cap_mt"].reindex(frame["group"]).to_numpy()
    frame = frame.assign(change=frame["cap_mt"] / own - 1, block=translated(frame["group"], "terms", lang))
    frame = frame[["change", "cap_mt", "block", "price_low_yuan_per_t"]]
    blocks = list(dict.fromkeys(frame["block"]))
    price, group = describe("cap_curve", "price_low_yuan_per_t", lang), describe("groups", "group", lang)
    change = text("chart.cap_curve.change", lang)
    line = (
        alt.Chart(frame)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("change:Q", axis=numbers_axis(change, format="+.0%"), scale=alt.Scale(nice=False)),
            y=alt.Y("price_low_yuan_per_t:Q", axis=numbers_axis(with_unit(price.label, PRICE, lang))),
            **(
                _told_apart(blocks, group.label)
                if len(blocks) > 1
                else {"color": alt.ColorValue(MONEY_COLOUR)}
            ),
            tooltip=[
                alt.Tooltip("block:N", title=group.label),
                alt.Tooltip(
                    "cap_mt:Q",
                    title=with_unit(describe("groups", "cap_mt", lang).label, MT, lang),
                    format=",.1f",
                ),
                alt.Tooltip("price_low_yuan_per_t:Q", title=price.heading, format=",.2f"),
            ],
        )
    )
    here = (
        alt.Chart(pd.DataFrame({"change": [0.0]}))
        .mark_rule(color=GREY, strokeDash=[4, 3])
        .encode(x=alt.X("change:Q"))
    )
    chart = layered(here, line, width=WIDTH, height=220)
    return finished(
        chart, "cap_curve", lang, count=curve.index.get_level_values("group").nunique(), year=one.year
    )


def _told_apart(blocks: list[str], title: str) -> dict[str, alt.Color | alt.StrokeDash]:
    """Each group in the colour it has on the map, and dashed in its own way."""
    legend = wrapping_legend(title, 60, symbolType="stroke", symbolSize=250, symbolStrokeWidth=2)
    colours = [GROUP_COLOURS[place % len(GROUP_COLOURS)] for place in range(len(blocks))]
    dashes = [_DASHES[place % len(_DASHES)] for place in range(len(blocks))]
    return {
        "color": alt.Color("block:N", scale=alt.Scale(domain=blocks, range=colours), legend=legend),
        "strokeDash": alt.StrokeDash("block:N", scale=alt.Scale(domain=blocks, range=dashes), legend=legend),
    }
