"""The national cap against the emissions before abatement."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear, Outcome
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
from capshare.reports.words.columns import MT, describe, with_unit

# Bars whose lengths differ by less cannot be told apart.
_EQUAL = 0.002
# How the series differ without colour.
_DASHES, _SHAPES = ([1, 0], [6, 3]), ("circle", "diamond")


def cap_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """Cap and emissions: two bars for one year, two lines for several.

    Parameters
    ----------
    one : of a run, whose years are all drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the cap of one year is what is emitted: two equal bars say nothing
    """
    frame = cap_and_emissions(one.outcome, lang)
    if frame["year"].nunique() == 1 and frame["mt"].max() <= (1 + _EQUAL) * frame["mt"].min():
        return None
    chart = _bars(frame, lang) if frame["year"].nunique() == 1 else _lines(frame, lang)
    first, last = frame["year"].min(), frame["year"].max()
    final = frame[frame["year"] == last].set_index("kind")["mt"]
    emissions, cap = (final[describe("provinces", name, lang).label] for name in ("emissions_mt", "cap_mt"))
    return finished(chart, "cap", lang, first=first, last=last, emissions=emissions, cap=cap)


def cap_and_emissions(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """Both series in long form.

    Parameters
    ----------
    outcome : of a run
    lang : language of the series' labels

    Returns
    -------
    DataFrame; ``year, kind`` (the label of the series) and ``mt`` (Mt CO2)
    """
    series = {
        "emissions_mt": outcome.allocation.provinces["emissions_mt"].groupby(level="year").sum(),
        "cap_mt": outcome.cap.path["cap_mt"],
    }
    parts = [
        each.rename("mt")
        .rename_axis("year")
        .reset_index()
        .assign(kind=describe("provinces", name, lang).label)
        for name, each in series.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _encodings(frame: pd.DataFrame, lang: str) -> tuple[alt.Color, list[alt.Tooltip]]:
    kinds = frame["kind"].drop_duplicates().tolist()
    colour = alt.Color(
        "kind:N", scale=scale_of(dict(zip(kinds, (ORANGE, BLUE), strict=True))), legend=wrapping_legend()
    )
    tooltip = [
        alt.Tooltip("year:O", title=describe("cap", "year", lang).label),
        alt.Tooltip("kind:N", title=text("chart.series", lang)),
        alt.Tooltip("mt:Q", title=with_unit(text("chart.amount", lang), MT, lang), format=",.1f"),
    ]
    return colour, tooltip


def _bars(frame: pd.DataFrame, lang: str) -> AnyChart:
    colour, tooltip = _encodings(frame, lang)
    title = with_unit(text("chart.amount_of_year", lang, year=frame["year"].iloc[0]), MT, lang)
    base = alt.Chart(frame).encode(
        x=alt.X("mt:Q", axis=numbers_axis(title), scale=room_for_labels(frame["mt"].max())),
        y=alt.Y("kind:N", sort=None, axis=names_axis()),
        tooltip=tooltip,
    )
    bars = base.mark_bar(height={"band": 0.7}).encode(color=colour.legend(None))
    labels = base.mark_text(align="left", dx=3).encode(text=alt.Text("mt:Q", format=",.0f"))
    return layered(bars, labels, width=WIDTH, height=30 * len(frame))


def _lines(frame: pd.DataFrame, lang: str) -> AnyChart:
    colour, tooltip = _encodings(frame, lang)
    kinds = frame["kind"].drop_duplicates().tolist()
    years = alt.Axis(title=describe("cap", "year", lang).label, format="d", tickMinStep=1, grid=False)
    base = alt.Chart(frame).encode(
        x=alt.X("year:Q", axis=years, scale=alt.Scale(nice=False, zero=False)),
        y=alt.Y("mt:Q", axis=numbers_axis(with_unit(text("chart.amount", lang), MT, lang))),
        color=colour,
        tooltip=tooltip,
    )
    dashes = alt.StrokeDash(
        "kind:N", scale=alt.Scale(domain=kinds, range=list(_DASHES)), legend=wrapping_legend()
    )
    shapes = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=list(_SHAPES)), legend=wrapping_legend())
    lines = base.mark_line(strokeWidth=2).encode(strokeDash=dashes)
    points = base.mark_point(filled=True, size=45).encode(shape=shapes)
    return layered(lines, points, width=WIDTH, height=220)
