"""How sure a result is: what each choice moves, and between what each province's figure lies."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.theme import (
    BLUE,
    NEUTRAL,
    ROW,
    SLATE,
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
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import describe
from capshare.reports.words.sensitivity import nation_in_words

_SIDES = {"low": NEUTRAL, "high": SLATE}
# Room beside the bars, as a share of their span: to the right for words.
_LEFT, _RIGHT = 0.03, 0.3


def tornado_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """Two bars per choice: how much quota other provinces get than in the run, the largest first.

    Parameters
    ----------
    one : of a run; the choices are those of its last year, whichever is drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the study names no choices
    """
    found = one.outcome.drivers.sensitivity
    if found is None or found.nation["moved_mt"].isna().all():
        return None
    movers = found.movers()
    frame = nation_in_words(one.outcome, lang).dropna(subset="moved_mt").reset_index()
    frame["label"] = [term("choices", name, lang) for name in frame["choice"]]
    frame["side_text"] = [text(f"chart.tornado.{side}", lang) for side in frame["side"]]
    order = [term("choices", name, lang) for name in movers.index]
    colours = {text(f"chart.tornado.{side}", lang): colour for side, colour in _SIDES.items()}
    shown = {name: describe("sensitivity_nation", name, lang) for name in map(str, frame)}
    axis = numbers_axis(shown["moved_mt"].heading)
    largest = float(frame["moved_mt"].max())
    base = alt.Chart(frame).encode(
        x=alt.X("moved_mt:Q", axis=axis, scale=room_for_labels(largest, room=0.3)),
        y=alt.Y("label:N", sort=order, axis=names_axis()),
        yOffset=alt.YOffset("side:N", sort=list(_SIDES)),
        tooltip=[
            alt.Tooltip("label:N", title=shown["choice"].label),
            alt.Tooltip("value:N", title=shown["value"].label),
            alt.Tooltip("moved_mt:Q", title=shown["moved_mt"].heading, format=",.1f"),
            alt.Tooltip("cost_1e8yuan:Q", title=shown["cost_1e8yuan"].heading, format=",.1f"),
            alt.Tooltip("reason:N", title=shown["reason"].label),
        ],
    )
    bars = base.mark_bar().encode(
        color=alt.Color("side_text:N", scale=scale_of(colours), legend=wrapping_legend())
    )
    labels = base.mark_text(align="left", dx=3, fontSize=9, limit=170).encode(text=alt.Text("value:N"))
    chart = layered(bars, labels, width=WIDTH, height=(ROW + 12) * len(order))
    return finished(
        chart,
        "tornado",
        lang,
        study=one.outcome.study.name,
        year=one.outcome.years[-1],
        count=len(order),
        first=order[0],
        moved=float(movers.iloc[0]),
    )


def sensitivity_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A bar per province between its least and its largest figure, its own marked, and what moves it most.

    Parameters
    ----------
    one : of a run; the figures are those of its last year, whichever is drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the study names no choices
    """
    found = one.outcome.drivers.sensitivity
    if found is None:
        return None
    frame = _ranked(found.ranges, found.figure, lang)
    chart = layered(
        *_layers(frame, describe("sensitivity_ranges", found.figure, lang).heading, lang),
        width=WIDTH,
        height=ROW * len(frame),
    )
    [widest] = frame.loc[[(frame["high"] - frame["low"]).idxmax()]].to_dict("records")
    return finished(
        chart,
        "sensitivity",
        lang,
        study=one.outcome.study.name,
        year=one.outcome.years[-1],
        count=len(frame),
        first=widest["province"],
        low=widest["low"],
        high=widest["high"],
    )


def _ranked(ranges: pd.DataFrame, figure: str, lang: str) -> pd.DataFrame:
    ranked = ranges.sort_values(figure, ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "province": ranked[f"name_{lang}"],
            "own": ranked[figure],
            "low": ranked[f"low_{figure}"],
            "high": ranked[f"high_{figure}"],
            "driver": [term("choices", name, lang) for name in ranked["driver"]],
        }
    )


def _layers(frame: pd.DataFrame, title: str, lang: str) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """The bars, the run's own figures, and behind each bar what moves it most."""
    least, most = float(frame["low"].min()), float(frame["high"].max())
    ends = [least - _LEFT * (most - least), most + _RIGHT * (most - least)]
    scale = alt.Scale(domain=ends, nice=False, zero=False)
    rows = alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis(grid=True, gridDash=[1, 3]))
    figures = [
        alt.Tooltip(f"{name}:Q", title=text(f"chart.sensitivity.{name}", lang), format=",.2f")
        for name in ("own", "low", "high")
    ]
    province = alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label)
    driver = alt.Tooltip("driver:N", title=describe("sensitivity_ranges", "driver", lang).label)
    base = alt.Chart(frame).encode(y=rows, tooltip=[province, *figures, driver])
    bars = base.mark_bar(color=NEUTRAL, height={"band": 0.55}).encode(
        x=alt.X("low:Q", scale=scale, axis=numbers_axis(title)), x2=alt.X2("high:Q")
    )
    own = base.mark_tick(color=BLUE, thickness=3, size=ROW - 4).encode(x=alt.X("own:Q"))
    words = base.mark_text(align="left", dx=4, fontSize=9).encode(
        x=alt.X("high:Q"), text=alt.Text("driver:N")
    )
    return bars, own, words
