"""How much each indicator counts."""

from __future__ import annotations

import altair as alt

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import translated
from capshare.reports.charts.theme import (
    ROW,
    SLATE,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    room_for_labels,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.columns import describe


def weights_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """One bar per indicator, the heaviest first, with its principle.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    frame = one.outcome.weights.table.sort_values("weight", ascending=False, kind="stable").reset_index()
    frame["label"] = translated(frame["indicator"], "indicators", lang)
    frame["principle_text"] = translated(frame["principle"], "terms", lang)
    frame["said"] = [f"{weight:.3f}  {principle}" for weight, principle in
                     zip(frame["weight"], frame["principle_text"], strict=True)]  # fmt: skip
    shown = {
        name: describe("weights", name, lang) for name in ("indicator", "weight", "principle", "entropy")
    }
    weight = numbers_axis(shown["weight"].heading, format=".2f")
    base = alt.Chart(frame[["label", "principle_text", "weight", "entropy", "said"]]).encode(
        x=alt.X("weight:Q", axis=weight, scale=room_for_labels(frame["weight"].max(), room=0.35)),
        y=alt.Y("label:N", sort=frame["label"].tolist(), axis=names_axis()),
        tooltip=[
            alt.Tooltip("label:N", title=shown["indicator"].label),
            alt.Tooltip("principle_text:N", title=shown["principle"].label),
            alt.Tooltip("weight:Q", title=shown["weight"].heading, format=".3f"),
            alt.Tooltip("entropy:Q", title=shown["entropy"].heading, format=".3f"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.7}, color=SLATE)
    labels = base.mark_text(align="left", dx=3).encode(text=alt.Text("said:N"))
    chart = layered(bars, labels, width=WIDTH, height=(ROW + 9) * len(frame))
    first = frame.iloc[0]
    return finished(chart, "weights", lang, count=len(frame), first=first["label"], weight=first["weight"])
