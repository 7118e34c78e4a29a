"""Two amounts per province, joined by a line: the form of several charts."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.reports.charts.theme import (
    NEUTRAL,
    ROW,
    WIDTH,
    AnyChart,
    layered,
    names_axis,
    numbers_axis,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import describe


def pairs_chart(
    frame: pd.DataFrame,
    labels: tuple[str, str],
    colours: tuple[str, str],
    title: str,
    lang: str = DEFAULT_LANGUAGE,
) -> AnyChart:
    """A row per province with two marks, a circle and a diamond, so that it reads without colour.

    Parameters
    ----------
    frame : ``province, from, to``, in the order of the rows; both amounts in one unit
    labels, colours : of the two amounts
    title : of the axis, with the unit
    lang : language of the tooltips
    """
    order = frame["province"].tolist()
    name = alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label)
    rows = alt.Y("province:N", sort=order, axis=names_axis(grid=True, gridDash=[1, 3]))
    lines = (
        alt.Chart(frame)
        .mark_rule(color=NEUTRAL, strokeWidth=2)
        .encode(y=rows, x=alt.X("from:Q", axis=numbers_axis(title)), x2=alt.X2("to:Q"))
    )
    long = pd.concat(
        [
            pd.DataFrame({"province": frame["province"], "kind": label, "amount": frame[column]})
            for label, column in zip(labels, ("from", "to"), strict=True)
        ]
    )
    legend = wrapping_legend()
    marks = (
        alt.Chart(long)
        .mark_point(filled=True, size=55, opacity=1)
        .encode(
            y=rows,
            x=alt.X("amount:Q"),
            color=alt.Color("kind:N", scale=scale_of(dict(zip(labels, colours, strict=True))), legend=legend),
            shape=alt.Shape(
                "kind:N", scale=alt.Scale(domain=list(labels), range=["circle", "diamond"]), legend=legend
            ),
            tooltip=[
                name,
                alt.Tooltip("kind:N", title=text("chart.series", lang)),
                alt.Tooltip("amount:Q", title=title, format=",.1f"),
            ],
        )
    )
    return layered(lines, marks, width=WIDTH, height=ROW * len(frame))
