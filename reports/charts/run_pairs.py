"""Two runs side by side: paired bars per province, sorted by their difference."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.reports.charts.theme import (
    BLUE,
    ORANGE,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    room_for_labels,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import Column, describe

# Two bars and their air.
_ROW = 22


def run_pairs_chart(
    figures: pd.DataFrame, names: pd.Series, shown: Column, year: int, lang: str = DEFAULT_LANGUAGE
) -> AnyChart:
    """A pair of bars per province with the difference at its end, the largest increase first.

    Parameters
    ----------
    figures : index code; a column for each of two runs, in the unit of the column shown
    names : index code; what the provinces are called
    shown : how the figure is called
    year : of the figures
    lang : language of the texts
    """
    first, second = map(str, figures.columns)
    wide = figures.set_axis([first, second], axis="columns")
    difference = wide[second] - wide[first]
    order = difference.sort_values(ascending=False, kind="stable").index
    long = wide.loc[order].reset_index(names="code").melt("code", var_name="run", value_name="figure")
    long["province"] = long["code"].map(names)
    ends = pd.DataFrame({"figure": wide.max(axis="columns"), "difference": difference}).loc[order]
    ends["province"] = [names[code] for code in order]
    listed = ends["province"].tolist()
    colours = scale_of({first: BLUE, second: ORANGE})
    scale = room_for_labels(float(wide.max().max()))
    legend = wrapping_legend(column_px=155)
    rows = alt.Y("province:N", sort=listed, axis=names_axis())
    bars = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            y=rows,
            yOffset=alt.YOffset("run:N", sort=[first, second], scale=alt.Scale(paddingOuter=0.15)),
            x=alt.X("figure:Q", axis=numbers_axis(shown.heading), scale=scale),
            color=alt.Color("run:N", sort=[first, second], scale=colours, legend=legend),
            tooltip=[
                alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
                alt.Tooltip("run:N", title=text("compare.run", lang)),
                alt.Tooltip("figure:Q", title=shown.heading, format=",.1f"),
            ],
        )
    )
    labels = (
        alt.Chart(ends)
        .mark_text(align="left", dx=4, fontSize=9)
        .encode(y=rows, x=alt.X("figure:Q"), text=alt.Text("difference:Q", format="+,.1f"))
    )
    chart = layered(bars, labels, width=WIDTH, height=_ROW * len(order))
    most = str(difference.abs().idxmax())
    values = {"what": shown.label, "year": year, "count": len(order), "first": names[most]}
    return finished(chart, "run_pairs", lang, difference=float(difference[most]), **values)
