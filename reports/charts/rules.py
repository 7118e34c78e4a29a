"""The same cap under every rule of sharing."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces, translated
from capshare.reports.charts.theme import (
    BLUE,
    GREY,
    NEUTRAL,
    ROW,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, describe, with_unit


def rules_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """Per province a circle for each rule's quota, and a diamond for this run's.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where no rules were compared
    """
    comparison = one.outcome.comparison
    if comparison is None or comparison.quotas.empty:
        return None
    frame = named_provinces(one, lang).sort_values("quota_mt", ascending=False, kind="stable")
    quotas = (
        comparison.quotas["quota_mt"].drop(index="allocation", level="rule", errors="ignore").reset_index()
    )
    quotas["province"] = quotas["code"].map(frame["province"])
    quotas["rule_text"] = translated(quotas["rule"], "rules", lang)
    chart = _strips(quotas, frame, lang)
    return finished(chart, "rules", lang, count=quotas["rule"].nunique())


def _strips(quotas: pd.DataFrame, frame: pd.DataFrame, lang: str) -> AnyChart:
    quota = describe("provinces", "quota_mt", lang)
    names = [text("chart.rules.rule", lang), text("chart.rules.this_run", lang)]
    rows = alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis(grid=True, gridDash=[1, 3]))
    axis = numbers_axis(with_unit(quota.label, MT, lang))
    name = alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[GREY, BLUE]), title=None)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), title=None)
    span = (
        alt.Chart(quotas)
        .mark_rule(color=NEUTRAL, opacity=0.5)
        .encode(y=rows, x=alt.X("min(quota_mt):Q", axis=axis), x2="max(quota_mt):Q")
    )
    circles = (
        alt.Chart(quotas.assign(kind=names[0]))
        .mark_point(size=26, opacity=0.75, strokeWidth=1.2)
        .encode(
            y=rows,
            x="quota_mt:Q",
            color=colour,
            shape=shape,
            tooltip=[
                name,
                alt.Tooltip("rule_text:N", title=describe("comparison", "rule", lang).label),
                alt.Tooltip("quota_mt:Q", title=quota.heading, format=",.1f"),
            ],
        )
    )
    own = (
        alt.Chart(frame.assign(kind=names[1]))
        .mark_point(filled=True, size=60, opacity=1)
        .encode(
            y=rows,
            x="quota_mt:Q",
            color=colour,
            shape=shape,
            tooltip=[name, alt.Tooltip("quota_mt:Q", title=quota.heading, format=",.1f")],
        )
    )
    return layered(span, circles, own).properties(width=WIDTH, height=ROW * len(frame))
