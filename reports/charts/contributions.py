"""What each province adds to the price of its block's cap."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.groups.kmeans import roman_value
from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.theme import (
    LEAST_YUAN_PER_T,
    MONEY_COLOUR,
    ROW,
    SLATE,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term
from capshare.reports.words.columns import PRICE, describe, with_unit

# Of money, from dark to light, so that they differ without colour.
_PARTS = {
    "value_yuan_per_t": MONEY_COLOUR,
    "equity_yuan_per_t": "#D9B3D3",
    "floor_yuan_per_t": "#4A1A42",
    "ceiling_yuan_per_t": "#F3E3F0",
    "rules_yuan_per_t": "#B56BA9",
}
_SUM = "contribution_yuan_per_t"
# What all together stays below is the cost of a trade, 0.0001 in the shipped studies, and no price.
_LEAST_YUAN_PER_T = 0.01
# What is below it cannot be seen beside the largest part.
_VISIBLE = 1e-3


def contributions_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """Stacked parts per province that adds something, by group; a black tick is their sum.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where no province adds so much that it could be seen
    """
    frame = _named(one, lang)
    largest = frame[[*_PARTS]].abs().max().max()
    if largest < _LEAST_YUAN_PER_T:
        return None
    parts = [part for part in _PARTS if frame[part].abs().max() > _VISIBLE * largest]
    every = len(frame)
    frame = frame[frame[parts].abs().max(axis=1) > _VISIBLE * largest]
    rows = alt.Y("row:N", sort=frame["row"].tolist(), axis=names_axis())
    tip = alt.Tooltip("row:N", title=describe("provinces", f"name_{lang}", lang).label)
    chart = layered(
        _bars(frame, parts, rows, tip, lang),
        _sums(frame, rows, tip, lang),
        width=WIDTH,
        height=ROW * len(frame),
    )
    return finished(chart, "contributions", lang, count=len(frame), of=every)


def _bars(frame: pd.DataFrame, parts: list[str], rows: alt.Y, tip: alt.Tooltip, lang: str) -> alt.Chart:
    """One stacked piece per part."""
    colours = {describe("contributions", part, lang).label: _PARTS[part] for part in parts}
    pieces = [
        frame[["row"]].assign(part=label, amount=frame[part])
        for label, part in zip(colours, parts, strict=True)
    ]
    title = with_unit(describe("contributions", _SUM, lang).label, PRICE, lang)
    bars = alt.Chart(pd.concat(pieces)).mark_bar(height={"band": 0.75}, stroke=SLATE, strokeWidth=0.5)
    encoded: alt.Chart = bars.encode(
        x=alt.X("sum(amount):Q", axis=numbers_axis(title), scale=_scale(frame, parts)),
        y=rows,
        color=alt.Color(
            "part:N",
            scale=scale_of(colours),
            legend=wrapping_legend(column_px=110, symbolStrokeColor=SLATE, symbolStrokeWidth=0.5),
        ),
        tooltip=[
            tip,
            alt.Tooltip("part:N", title=describe("groups", "figure", lang).label),
            alt.Tooltip("sum(amount):Q", title=title, format=",.3f"),
        ],
    )
    return encoded


def _sums(frame: pd.DataFrame, rows: alt.Y, tip: alt.Tooltip, lang: str) -> alt.Chart:
    """The black tick of each province."""
    title = describe("contributions", _SUM, lang).heading
    ticks = alt.Chart(frame[["row", _SUM]]).mark_tick(color="black", thickness=2, size=ROW - 2)
    encoded: alt.Chart = ticks.encode(
        x=alt.X(f"{_SUM}:Q"), y=rows, tooltip=[tip, alt.Tooltip(f"{_SUM}:Q", title=title, format=",.3f")]
    )
    return encoded


def _scale(frame: pd.DataFrame, parts: list[str]) -> alt.Scale:
    up = frame[parts].clip(lower=0).sum(axis=1).max()
    down = frame[parts].clip(upper=0).sum(axis=1).min()
    return alt.Scale(domain=[down, max(up, LEAST_YUAN_PER_T)], nice=True)


def _named(one: OneYear, lang: str) -> pd.DataFrame:
    provinces = named_provinces(one, lang)
    known = one.blocks.index
    blocks = [group if group in known else known[0] for group in provinces["group"]]
    frame = one.contributions.join(provinces[["province"]]).assign(block=pd.Series(blocks, provinces.index))
    many = known.size > 1
    frame["row"] = [
        f"{term('terms', block, lang)} · {name}" if many else name
        for block, name in zip(frame["block"], frame["province"], strict=True)
    ]
    order = pd.DataFrame({"block": frame["block"].map(roman_value), "amount": -frame[_SUM]})
    return frame.loc[order.sort_values(["block", "amount"], kind="stable").index]
