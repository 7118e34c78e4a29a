"""What it costs to keep quotas close to entitlements."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.reports.charts.theme import BLUE, WIDTH, AnyChart, finished, layered, numbers_axis
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MONEY, PRICE, describe, with_unit


def frontier_chart(frontier: pd.DataFrame, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """Abatement cost against the largest deviation allowed; points are where the cost has a kink.

    Parameters
    ----------
    frontier : index ``max_deviation`` (share); ``cost_1e8yuan, quota_gini, kink, price_yuan_per_t``
    lang : language of the texts
    """
    frame = frontier.rename_axis("max_deviation").reset_index()
    frame["kink"] = frame["kink"].astype(bool)
    cost = describe("frontier", "cost_1e8yuan", lang)
    price = describe("frontier", "price_yuan_per_t", lang)
    deviation = text("chart.frontier.deviation", lang)
    base = alt.Chart(frame).encode(
        x=alt.X("max_deviation:Q", axis=numbers_axis(deviation, format="%")),
        y=alt.Y("cost_1e8yuan:Q", axis=numbers_axis(with_unit(cost.label, MONEY, lang))),
        tooltip=[
            alt.Tooltip("max_deviation:Q", title=deviation, format=".1%"),
            alt.Tooltip("cost_1e8yuan:Q", title=cost.heading, format=",.2f"),
            alt.Tooltip("quota_gini:Q", title=text("chart.frontier.gini", lang), format=".3f"),
            alt.Tooltip("price_yuan_per_t:Q", title=with_unit(price.label, PRICE, lang), format=",.2f"),
        ],
    )
    # Between kinks the cost is a straight line, so joining the points is exact.
    line = base.mark_line(color=BLUE, strokeWidth=2)
    kinks = base.transform_filter("datum.kink").mark_point(filled=True, size=45, color=BLUE, opacity=1)
    ends = base.transform_filter("!datum.kink").mark_point(filled=False, size=45, color=BLUE, opacity=1)
    chart = layered(line, kinks, ends, width=WIDTH, height=220)
    first, last = frame.iloc[0], frame.iloc[-1]
    return finished(
        chart,
        "frontier",
        lang,
        strict=first["cost_1e8yuan"],
        loose=last["cost_1e8yuan"],
        last=last["max_deviation"],
    )
