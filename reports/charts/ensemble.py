"""How sure each province's figure is: the spread of an ensemble."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from capshare.model.outcome.ensemble import QUANTILE_NAMES
from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import (
    BLUE,
    INK,
    ROW,
    SKY,
    VERMILLION,
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
from capshare.reports.words.intervals import own_figure


def interval_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """The spread of each province's figure over the draws, the run's own marked.

    Parameters
    ----------
    one : of a run; the figures are those of the ensemble's year, whichever is drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the run was given no ensemble
    """
    found = one.outcome.drivers.ensemble
    if found is None:
        return None
    own, names = own_figure(one.outcome, found), one.provinces[f"name_{lang}"]
    return quantiles_chart(found.quantiles.reset_index(), str(own.name), names, lang, own)


def quantiles_chart(
    quantiles: pd.DataFrame,
    figure: str,
    names: pd.Series,
    lang: str = DEFAULT_LANGUAGE,
    own: pd.Series | None = None,
) -> AnyChart:
    """A row per province: a line over nine tenths of the draws, a bar over the middle half, the median.

    Parameters
    ----------
    quantiles : ``code, figure, p05, p25, p50, p75, p95``
    figure : which to draw, ``quota_mt`` or ``cut_pct``
    names : index code, in the language
    lang : language of the texts
    own : index code; the figure of the run that the draws stand beside, which is marked
    """
    frame = quantiles[quantiles["figure"] == figure].sort_values("p50", ascending=False, kind="stable")
    frame = frame.assign(province=names.reindex(frame["code"]).to_numpy())
    marks = {"nine_tenths": SKY, "half": BLUE, "median": INK}
    if own is not None:
        frame = frame.assign(own=own.reindex(frame["code"]).to_numpy())
        marks["own"] = VERMILLION
    drawn = layered(*_layers(frame, figure, marks, lang), width=WIDTH, height=ROW * len(frame))
    wide = frame["p95"] - frame["p05"]
    widest = frame["province"].iloc[int(wide.to_numpy().argmax())]
    return finished(drawn, f"ensemble_{figure}", lang, count=len(frame), widest=widest)


def _layers(frame: pd.DataFrame, figure: str, marks: Mapping[str, str], lang: str) -> list[alt.Chart]:
    labels = {name: text(f"chart.ensemble.{name}", lang) for name in marks}
    rows = alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis(grid=True, gridDash=[1, 3]))
    # A spread has no length from 0 that could be misread.
    axis, scale = numbers_axis(text(f"chart.ensemble_{figure}.axis", lang)), alt.Scale(zero=False)
    colours = scale_of({labels[name]: colour for name, colour in marks.items()})
    colour = alt.Color("kind:N", scale=colours, legend=wrapping_legend(column_px=110))
    tooltip = _tooltip(frame, figure, lang)

    def layer(name: str) -> alt.Chart:
        return alt.Chart(frame.assign(kind=labels[name])).encode(y=rows, color=colour, tooltip=tooltip)

    layers = [
        layer("nine_tenths").mark_rule(strokeWidth=2).encode(
            x=alt.X("p05:Q", axis=axis, scale=scale), x2=alt.X2("p95:Q")),
        layer("half").mark_bar(height=7).encode(x=alt.X("p25:Q"), x2=alt.X2("p75:Q")),
        layer("median").mark_tick(thickness=2, size=10).encode(x=alt.X("p50:Q")),
    ]  # fmt: skip
    if "own" in marks:
        layers.append(
            layer("own")
            .mark_point(shape="diamond", filled=True, size=60, opacity=1, stroke="white")
            .encode(x=alt.X("own:Q"))
        )
    return layers


def _tooltip(frame: pd.DataFrame, figure: str, lang: str) -> list[alt.Tooltip]:
    province = alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label)
    spread = [
        alt.Tooltip(f"{name}:Q", title=describe("ensemble", f"{name}_{figure}", lang).label, format=",.1f")
        for name in QUANTILE_NAMES
    ]
    if "own" not in frame:
        return [province, *spread]
    return [province, alt.Tooltip("own:Q", title=text("chart.ensemble.own", lang), format=",.2f"), *spread]
