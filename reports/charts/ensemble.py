"""How sure each province's figure is: the spread of an ensemble."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.reports.charts.theme import (
    BLUE,
    INK,
    ROW,
    SKY,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import describe


def quantiles_chart(
    quantiles: pd.DataFrame, figure: str, names: pd.Series, lang: str = DEFAULT_LANGUAGE
) -> AnyChart:
    """A row per province: a line over nine tenths of the draws, a bar over the middle half, the median.

    Parameters
    ----------
    quantiles : ``code, figure, p05, p25, p50, p75, p95``
    figure : which to draw, ``quota_mt`` or ``cut_pct``
    names : index code, in the language
    lang : language of the texts
    """
    frame = quantiles[quantiles["figure"] == figure].sort_values("p50", ascending=False, kind="stable")
    frame = frame.assign(province=names.reindex(frame["code"]).to_numpy())
    wide = frame["p95"] - frame["p05"]
    key = f"ensemble_{figure}"
    labels = {name: text(f"chart.ensemble.{name}", lang) for name in ("nine_tenths", "half", "median")}
    rows = alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis(grid=True, gridDash=[1, 3]))
    title = text(f"chart.{key}.axis", lang)
    # A spread has no length from 0 that could be misread.
    along = alt.X("p05:Q", axis=numbers_axis(title), scale=alt.Scale(zero=False))
    colours = dict(zip(labels.values(), (SKY, BLUE, INK), strict=True))
    tooltip = [
        alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
        *(alt.Tooltip(f"{name}:Q", title=f"{title}, {name}", format=",.1f")
          for name in ("p05", "p25", "p50", "p75", "p95")),
    ]  # fmt: skip

    def layer(name: str) -> alt.Chart:
        return alt.Chart(frame.assign(kind=labels[name]))

    colour = alt.Color("kind:N", scale=scale_of(colours), legend=wrapping_legend(column_px=110))
    drawn = layered(
        layer("nine_tenths").mark_rule(strokeWidth=2).encode(
            y=rows, x=along, x2="p95:Q", color=colour, tooltip=tooltip),
        layer("half").mark_bar(height=7).encode(
            y=rows, x="p25:Q", x2="p75:Q", color=colour, tooltip=tooltip),
        layer("median").mark_tick(thickness=2, size=10).encode(
            y=rows, x="p50:Q", color=colour, tooltip=tooltip),
    ).properties(width=WIDTH, height=ROW * len(frame))  # fmt: skip
    widest = frame["province"].iloc[int(wide.to_numpy().argmax())]
    return finished(drawn, key, lang, count=len(frame), widest=widest)
