"""Charts of one province's sheet: beside peers and earlier plans, and with one choice made otherwise."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from capshare.reports.charts.theme import (
    BLACK,
    BLUE,
    NEUTRAL,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    room_for_labels,
)
from capshare.reports.sheet.province_sheet import CUT, ProvinceSheet
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import PERCENT, describe, with_unit

# Two charts stand beside one another on a page of A4; a phone shows one at about this width.
WIDTH, ROW = 300, 22
_LETTERS = 11
# Earlier plans are hollow, the older the larger, so that equal ones do not hide each other.
_HOLLOW = {"cut_12fyp_pct": ("circle", 110.0), "cut_13fyp_pct": ("square", 60.0)}
_LEFT, _RIGHT = 0.05, 0.12
# A quota of all that a province is expected to emit.
_WHOLE_PCT = 100.0


def peers_chart(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """A bar per peer below the province's own: cuts with those of earlier plans, or quotas of emissions.

    Parameters
    ----------
    sheet : of a province
    lang : of the words
    """
    return _cuts_chart(sheet, lang) if sheet.figure == CUT else _quotas_chart(sheet, lang)


def _bars(sheet: ProvinceSheet, column: str, title: str, form: str, lang: str) -> tuple[alt.Chart, ...]:
    """Bars with their numbers, the province's own dark."""
    peers = sheet.peers
    frame = pd.DataFrame({"province": peers[f"name_{lang}"], "value": peers[column]})
    frame["own"] = [str(code) == sheet.told.code for code in peers.index]
    rows = alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis(labelFontSize=_LETTERS))
    base = alt.Chart(frame).encode(
        y=rows, x=alt.X("value:Q", axis=_axis(title), scale=room_for_labels(_largest(sheet, column), 0.2))
    )
    colour = alt.condition("datum.own", alt.value(BLUE), alt.value(NEUTRAL))
    bars = base.mark_bar(height={"band": 0.6}).encode(color=colour)
    labels = base.mark_text(align="left", dx=4, fontSize=_LETTERS).encode(
        x=alt.datum(0),
        text=alt.Text("value:Q", format=form),
        color=alt.condition("datum.own", alt.value("#FFFFFF"), alt.value(BLACK)),
    )
    return bars, labels


def _largest(sheet: ProvinceSheet, column: str) -> float:
    plans = [name for name in _HOLLOW if name in sheet.peers]
    most = float(np.nanmax(sheet.peers[[column, *plans]].to_numpy(dtype=float)))
    return most if sheet.figure == CUT else max(most, _WHOLE_PCT)


def _axis(title: str) -> alt.Axis:
    return numbers_axis(title, labelFontSize=_LETTERS, titleFontSize=_LETTERS)


def _cuts_chart(sheet: ProvinceSheet, lang: str) -> AnyChart:
    told = sheet.told
    national = told.cut.assigned.national_pct if told.cut else 0.0
    title = with_unit(describe("targets", "rounded_cut_pct", lang).label, PERCENT, lang)
    line = (
        alt.Chart(pd.DataFrame({"cut": [national]}))
        .mark_rule(color=BLACK, strokeWidth=1.2, strokeDash=[4, 3])
        .encode(x=alt.X("cut:Q"))
    )
    said = text("chart.targets.national", lang, national=national)
    named = (
        alt.Chart(pd.DataFrame({"cut": [national], "said": [said]}))
        .mark_text(align="right", baseline="bottom", dx=-2, dy=-2, fontSize=_LETTERS)
        .encode(x=alt.X("cut:Q"), y=alt.value(0), text=alt.Text("said:N"))
    )
    marks = _plan_marks(sheet, lang)
    layers = (*_bars(sheet, "rounded_cut_pct", title, ".1f", lang), line, named, *marks)
    chart = layered(*layers, width=WIDTH, height=ROW * len(sheet.peers))
    own, count = float(sheet.peers["rounded_cut_pct"].iloc[0]), len(sheet.peers) - 1
    values = {"name": sheet.name(lang), "cut": own, "count": count, "national": national}
    return finished(chart, "peers_cut", lang, **values)


def _plan_marks(sheet: ProvinceSheet, lang: str) -> tuple[alt.Chart, ...]:
    plans = [name for name in _HOLLOW if name in sheet.peers]
    if not plans:
        return ()
    labels = {name: describe("targets", name, lang).label for name in plans}
    long = pd.concat(
        pd.DataFrame(
            {
                "province": sheet.peers[f"name_{lang}"],
                "plan": labels[name],
                "cut": sheet.peers[name],
                "area": _HOLLOW[name][1],
            }
        )
        for name in plans
    ).dropna(subset="cut")
    shapes = alt.Scale(domain=list(labels.values()), range=[_HOLLOW[name][0] for name in plans])
    legend = alt.Legend(
        title=None, orient="bottom", columns=1, labelFontSize=_LETTERS, symbolStrokeColor=BLACK
    )
    marks: alt.Chart = (
        alt.Chart(long)
        .mark_point(filled=False, stroke=BLACK, strokeWidth=1.4, opacity=1)
        .encode(
            y=alt.Y("province:N", sort=sheet.peers[f"name_{lang}"].tolist()),
            x=alt.X("cut:Q"),
            shape=alt.Shape("plan:N", scale=shapes, legend=legend),
            size=alt.Size("area:Q", scale=None, legend=None),
        )
    )
    return (marks,)


def _quotas_chart(sheet: ProvinceSheet, lang: str) -> AnyChart:
    column = "quota_of_emissions_pct"
    title = describe("peers", column, lang).heading
    line = (
        alt.Chart(pd.DataFrame({"at": [_WHOLE_PCT]}))
        .mark_rule(color=BLACK, strokeWidth=1.2, strokeDash=[4, 3])
        .encode(x=alt.X("at:Q"))
    )
    chart = layered(
        *_bars(sheet, column, title, ".0f", lang), line, width=WIDTH, height=ROW * len(sheet.peers)
    )
    share = float(sheet.peers[column].iloc[0])
    values = {"name": sheet.name(lang), "count": len(sheet.peers) - 1, "share": share}
    return finished(chart, "peers_quota", lang, **values)


def own_tornado_chart(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A bar per choice between the province's least and largest result, the widest first.

    Parameters
    ----------
    sheet : of a province
    lang : of the words

    Returns
    -------
    Chart, or None where the study names no choices, or none has a solution
    """
    found = sheet.sensitivity
    if found is None or found.provinces.empty:
        return None
    figure, code = found.figure, sheet.told.code
    own = float(found.ranges[figure][code])
    by_choice = found.provinces[figure].xs(code, level="code").groupby(level="choice", sort=False)
    ends = pd.DataFrame({"low": by_choice.min().clip(upper=own), "high": by_choice.max().clip(lower=own)})
    ends["span"] = ends["high"] - ends["low"]
    frame = ends.sort_values("span", ascending=False, kind="stable").reset_index()
    frame["label"] = [term("choices", name, lang) for name in frame["choice"]]
    span = max(float(frame["high"].max() - frame["low"].min()), 0.1)
    domain = [float(frame["low"].min()) - _LEFT * span, float(frame["high"].max()) + _RIGHT * span]
    heading = describe("sensitivity_ranges", figure, lang).heading
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    rows = alt.Y("label:N", sort=frame["label"].tolist(), axis=names_axis(labelFontSize=_LETTERS))
    bars = (
        alt.Chart(frame)
        .mark_bar(color=NEUTRAL, height={"band": 0.6})
        .encode(y=rows, x=alt.X("low:Q", scale=scale, axis=_axis(heading)), x2=alt.X2("high:Q"))
    )
    line = (
        alt.Chart(pd.DataFrame({"own": [own]}))
        .mark_rule(color=BLACK, strokeWidth=1.6)
        .encode(x=alt.X("own:Q"))
    )
    chart = layered(bars, line, width=WIDTH, height=round(0.75 * ROW) * len(frame))
    first = frame.iloc[0]
    values = {"name": sheet.name(lang), "first": first["label"], "low": first["low"], "high": first["high"]}
    return finished(chart, "own_tornado", lang, **values)
