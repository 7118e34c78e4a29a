"""What facilities get and what a province has left for everything else."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.reports.charts.theme import (
    BLUE,
    ORANGE,
    ROW,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.facilities import with_doubt

_PERCENT = 100.0


def facilities_chart(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """A bar per province: beside a run what the rest has left and what it emits; else surplus or shortfall.

    Parameters
    ----------
    outcome : of facilities
    lang : language of the texts
    """
    frame = outcome.provinces[outcome.provinces["facilities"] > 0].copy()
    frame["province"] = frame[f"name_{lang}"]
    return _balance(outcome, frame, lang) if outcome.beside is None else _rest(outcome, frame, lang)


def _balance(outcome: FacilityOutcome, frame: pd.DataFrame, lang: str) -> AnyChart:
    """Quotas less emissions, in % of emissions; surplus blue, shortfall orange."""
    frame["balance_pct"] = _PERCENT * (frame["quota_t"] / frame["emissions_t"] - 1)
    frame = frame.sort_values("balance_pct", ascending=False, kind="stable")
    frame["colour"] = [BLUE if value >= 0 else ORANGE for value in frame["balance_pct"]]
    title = text("chart.facilities_balance.axis", lang)
    chart = (
        alt.Chart(frame[["province", "balance_pct", "colour"]])
        .mark_bar(height={"band": 0.75})
        .encode(
            x=alt.X("balance_pct:Q", axis=numbers_axis(title)),
            y=_rows(frame),
            color=alt.Color("colour:N", scale=None),
            tooltip=[
                alt.Tooltip("province:N", title=text("facilities.columns.province", lang)),
                alt.Tooltip("balance_pct:Q", title=title, format="+.2f"),
            ],
        )
        .properties(width=WIDTH, height=ROW * len(frame))
    )
    return _named(chart, "facilities_balance", outcome, frame, "balance_pct", lang)


def _rest(outcome: FacilityOutcome, frame: pd.DataFrame, lang: str) -> AnyChart:
    """What the quota of a province leaves for the rest as a bar, what the rest emits as a mark."""
    frame = frame.sort_values("gap_mt", ascending=False, kind="stable")
    title = text("chart.facilities_rest.axis", lang)
    tips = [
        alt.Tooltip("province:N", title=text("facilities.columns.province", lang)),
        alt.Tooltip("gap_mt:Q", title=text("chart.facilities_rest.gap", lang), format=",.1f"),
        alt.Tooltip("rest_emissions_mt:Q", title=text("chart.facilities_rest.rest", lang), format=",.1f"),
    ]
    base = alt.Chart(frame[["province", "gap_mt", "rest_emissions_mt"]])
    bars = base.mark_bar(height={"band": 0.75}, color=BLUE).encode(
        x=alt.X("gap_mt:Q", axis=numbers_axis(title)), y=_rows(frame), tooltip=tips
    )
    marks = base.mark_tick(color=ORANGE, thickness=3).encode(
        x=alt.X("rest_emissions_mt:Q"), y=_rows(frame), tooltip=tips
    )
    drawn = layered(bars, marks, width=WIDTH, height=ROW * len(frame))
    return _named(drawn, "facilities_rest", outcome, frame, "gap_mt", lang)


def _rows(frame: pd.DataFrame) -> alt.Y:
    return alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis())


def _named(
    chart: AnyChart, key: str, outcome: FacilityOutcome, frame: pd.DataFrame, column: str, lang: str
) -> AnyChart:
    first, last = frame.iloc[0], frame.iloc[-1]
    drawn = finished(
        chart, key, lang, year=outcome.year, count=len(frame), top=first["province"], most=first[column],
        bottom=last["province"], least=last[column],
    )  # fmt: skip
    drawn.title = with_doubt(str(drawn.title), outcome, lang)
    return drawn
