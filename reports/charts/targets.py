"""The cuts that provinces are given, beside what the index alone asks and what earlier plans asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import (
    BLUE,
    GREY,
    INK,
    NEUTRAL,
    ROW,
    RULE,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import PERCENT, describe, with_unit
from capshare.reports.words.cuts import AssignedCuts, assigned_cuts

# A tick as a path: marks of one layer share one legend.
_TICK = "M0,-1.3L0,1.3"
_CLEAR = "#FFFFFF00"
# Earlier plans are hollow, each of a form of its own and larger than what is drawn over it.
_HOLLOW = ("circle", "square", "triangle-up", "triangle-down")
# Three columns of the legend beside one another, above what the lines are called.
_LEGEND_PX, _LEGEND_OFFSET = 120, 22
# Room on both sides of the band for marks at its edges, points.
_ROOM = 0.4


@dataclass(frozen=True)
class _Mark:
    """How a column of cuts is drawn; the later is drawn over the earlier."""

    column: str
    shape: str
    fill: str
    stroke: str
    area: float


def targets_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A row per province with its entitled, allocated and rounded cut, the largest cut first.

    Parameters
    ----------
    one : of a run; the cuts are those of its last year, whichever is drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the study sets no targets
    """
    assigned = assigned_cuts(one.outcome)
    if assigned is None:
        return None
    ranked = assigned.cuts.sort_values(["cut_pct", "rounded_cut_pct"], ascending=False, kind="stable")
    frame = ranked.assign(province=ranked[f"name_{lang}"])
    marks = _marks(frame, _kinds(assigned), lang)
    lines = _lines(assigned, lang)
    chart = layered(*lines, marks, width=WIDTH, height=ROW * len(frame))
    first = frame.iloc[0]
    return finished(
        chart,
        "targets",
        lang,
        study=one.outcome.study.name,
        base=assigned.base_year,
        year=assigned.year,
        count=len(frame),
        first=first["province"],
        cut=first["cut_pct"],
        national=assigned.national_pct,
    )


def _kinds(assigned: AssignedCuts) -> list[_Mark]:
    plans = zip(assigned.earlier_plans, _HOLLOW, strict=False)
    return [
        *(
            _Mark(column, shape, _CLEAR, NEUTRAL, 85 + 40 * place)
            for place, (column, shape) in enumerate(plans)
        ),
        _Mark("entitled_cut_pct", _TICK, _CLEAR, INK, 90),
        _Mark("rounded_cut_pct", "diamond", _CLEAR, BLUE, 75),
        _Mark("cut_pct", "circle", BLUE, BLUE, 24),
    ]


def _marks(frame: pd.DataFrame, kinds: list[_Mark], lang: str) -> alt.Chart:
    labels = {mark.column: describe("targets", mark.column, lang).label for mark in kinds}
    long = pd.concat(
        frame[["province"]].assign(kind=labels[mark.column], cut=frame[mark.column], area=mark.area)
        for mark in kinds
    ).dropna(subset="cut")
    names = list(labels.values())
    legend = wrapping_legend(column_px=_LEGEND_PX, offset=_LEGEND_OFFSET)
    scales = {
        part: alt.Scale(domain=names, range=[getattr(mark, part) for mark in kinds])
        for part in ("shape", "fill", "stroke")
    }
    marks: alt.Chart = (
        alt.Chart(long)
        .mark_point(strokeWidth=1.2, opacity=1)
        .encode(
            y=alt.Y(
                "province:N", sort=frame["province"].tolist(), axis=names_axis(grid=True, gridDash=[1, 3])
            ),
            x=alt.X("cut:Q"),
            shape=alt.Shape("kind:N", sort=names, scale=scales["shape"], legend=legend),
            fill=alt.Fill("kind:N", sort=names, scale=scales["fill"], legend=legend),
            stroke=alt.Stroke("kind:N", sort=names, scale=scales["stroke"], legend=legend),
            size=alt.Size("area:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
                alt.Tooltip("kind:N", title=text("chart.series", lang)),
                alt.Tooltip(
                    "cut:Q", title=with_unit(text("chart.targets.axis", lang), PERCENT, lang), format=".2f"
                ),
            ],
        )
    )
    return marks


def _lines(assigned: AssignedCuts, lang: str) -> tuple[alt.Chart, ...]:
    """The band as an area, the national cut as a line, and what both are, above the plot."""
    (least, most), pct = assigned.band_pct, assigned.national_pct
    earlier = [cut for plan in assigned.earlier_plans for cut in assigned.cuts[plan].dropna()]
    seen = [least, most, pct, *earlier]
    scale = alt.Scale(domain=[min(seen) - _ROOM, max(seen) + _ROOM], nice=False, zero=False)
    axis = numbers_axis(with_unit(text("chart.targets.axis", lang), PERCENT, lang), tickCount=10)
    band = (
        alt.Chart(pd.DataFrame({"from": [least], "to": [most]}))
        .mark_rect(color=RULE, opacity=0.35)
        .encode(x=alt.X("from:Q", scale=scale, axis=axis), x2=alt.X2("to:Q"))
    )
    national = (
        alt.Chart(pd.DataFrame({"cut": [pct]}))
        .mark_rule(color=GREY, strokeWidth=1.2)
        .encode(x=alt.X("cut:Q"))
    )
    named = [
        _named(least, text("chart.targets.band", lang, least=least, most=most), "left"),
        _named(pct, text("chart.targets.national", lang, national=pct), "right"),
    ]
    return band, national, *named


def _named(at: float, said: str, align: Literal["left", "right"]) -> alt.Chart:
    """What a line is, above the plot."""
    named: alt.Chart = (
        alt.Chart(pd.DataFrame({"cut": [at], "text": [said]}))
        .mark_text(align=align, baseline="bottom", dy=-3, fontSize=9)
        .encode(x=alt.X("cut:Q"), y=alt.value(0), text=alt.Text("text:N"))
    )
    return named
