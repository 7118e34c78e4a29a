"""What cutting emissions costs, in the country as a whole and in each province."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.theme import (
    INK,
    MONEY_COLOUR,
    NEUTRAL,
    ROW,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, PRICE, describe, with_unit

# The words for all steps of a province are long.
_LEGEND_PX = 170


def merit_order_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """Every step of every province, the cheapest first; a line marks what the allocation cuts.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    order = merit_order(one)
    used = float(one.provinces["abatement_mt"].sum())
    cost = describe("abatement_steps", "cost_yuan_per_t", lang)
    across = with_unit(text("chart.merit_order.across", lang), MT, lang)
    curve = (
        alt.Chart(order)
        .mark_line(interpolate="step-before", color=MONEY_COLOUR, strokeWidth=2)
        .encode(
            x=alt.X("cut_mt:Q", axis=numbers_axis(across)),
            y=alt.Y("cost_yuan_per_t:Q", axis=numbers_axis(cost.heading)),
        )
    )
    hover = (
        alt.Chart(order)
        .mark_point(opacity=0, size=30)
        .encode(
            x=alt.X("cut_mt:Q"),
            y=alt.Y("cost_yuan_per_t:Q"),
            tooltip=[
                alt.Tooltip("cut_mt:Q", title=across, format=",.0f"),
                alt.Tooltip("cost_yuan_per_t:Q", title=cost.heading, format=",.2f"),
            ],
        )
    )
    label = text("chart.merit_order.used", lang, used=used)
    mark = alt.Chart(pd.DataFrame({"used": [used], "label": [label]}))
    right = used < order["cut_mt"].max() / 2
    words = mark.mark_text(
        color=INK, baseline="top", dy=6, align="left" if right else "right", dx=5 if right else -5
    )
    layers = [
        curve,
        hover,
        mark.mark_rule(color=INK, strokeDash=[5, 3]).encode(x=alt.X("used:Q")),
        words.encode(x=alt.X("used:Q"), y=alt.value(0), text=alt.Text("label:N")),
    ]
    chart = layered(*layers, width=WIDTH, height=220)
    return finished(chart, "merit_order", lang, used=used, most=order["cut_mt"].max())


def merit_order(one: OneYear) -> pd.DataFrame:
    """Steps of all provinces in the order of their cost.

    Parameters
    ----------
    one : of its steps `size_mt` (Mt CO2) and `cost_yuan_per_t` are read

    Returns
    -------
    DataFrame; ``cut_mt`` (up to and with the step, Mt CO2) and ``cost_yuan_per_t``, from a cut of zero
    """
    steps = one.steps.sort_values("cost_yuan_per_t", kind="stable")
    cut = steps["size_mt"].cumsum().tolist()
    cost = steps["cost_yuan_per_t"].tolist()
    return pd.DataFrame({"cut_mt": [0.0, *cut], "cost_yuan_per_t": [cost[0], *cost]})


def province_costs_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """A bar per province from its cheapest step to its dearest; a tick is what a tonne is worth to it.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    frame = _cost_ranges(one, lang)
    cost = describe("abatement_steps", "cost_yuan_per_t", lang)
    value = describe("provinces", "value_yuan_per_t", lang)
    names = [text("chart.province_costs.steps", lang), value.label]
    base = alt.Chart(frame.assign(steps_kind=names[0], value_kind=names[1])).encode(
        y=alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis(labelPadding=6)),
        tooltip=[
            alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
            alt.Tooltip("least:Q", title=text("chart.province_costs.least", lang), format=",.2f"),
            alt.Tooltip("most:Q", title=text("chart.province_costs.most", lang), format=",.2f"),
            alt.Tooltip("value_yuan_per_t:Q", title=value.heading, format=",.2f"),
        ],
    )
    axis = numbers_axis(with_unit(cost.label, PRICE, lang))
    colour = alt.Scale(domain=names, range=[NEUTRAL, MONEY_COLOUR])
    legend = wrapping_legend(column_px=_LEGEND_PX)
    bars = base.mark_bar(height={"band": 0.55}).encode(
        x=alt.X("least:Q", axis=axis),
        x2=alt.X2("most:Q"),
        color=alt.Color("steps_kind:N", scale=colour, legend=legend),
    )
    worth = base.mark_tick(thickness=3, size=ROW - 2).encode(
        x=alt.X("value_yuan_per_t:Q"), color=alt.Color("value_kind:N", scale=colour, legend=legend)
    )
    chart = layered(bars, worth, width=WIDTH, height=ROW * len(frame))
    return finished(
        chart, "province_costs", lang, first=frame["province"].iloc[0], last=frame["province"].iloc[-1]
    )


def _cost_ranges(one: OneYear, lang: str) -> pd.DataFrame:
    cost = one.steps["cost_yuan_per_t"].groupby(level="code").agg(["min", "max"])
    cost = cost.rename(columns={"min": "least", "max": "most"})
    named = named_provinces(one, lang)[["province", "value_yuan_per_t"]]
    return named.join(cost).sort_values("least", ascending=False, kind="stable")
