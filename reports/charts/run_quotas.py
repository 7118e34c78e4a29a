"""The quotas of several runs, province by province."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.reports.charts.theme import (
    CATEGORIES,
    NEUTRAL,
    ROW,
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

# Told apart without colour as well; as many as runs can be compared.
_SHAPES = (
    "circle", "diamond", "square", "triangle-up", "cross", "triangle-down", "triangle-left", "triangle-right",
)  # fmt: skip
# Three columns of the legend beside one another.
_LEGEND_PX = 155
# Areas of the marks, square pixels: within a row, and the smallest still visible on the largest.
_LARGEST, _SMALLEST = 105.0, 36.0


def run_quotas_chart(
    quotas: pd.DataFrame, names: pd.Series, year: int, lang: str = DEFAULT_LANGUAGE
) -> AnyChart:
    """A row per province with a mark for each run's quota, the largest quota of the first run first.

    Parameters
    ----------
    quotas : index code; one column per run, Mt CO2
    names : index code; what the provinces are called
    year : of the quotas
    lang : language of the texts
    """
    runs = [str(run) for run in quotas.columns]
    ranked = quotas.sort_values(quotas.columns[0], ascending=False, kind="stable")
    long = ranked.set_axis(runs, axis=1).reset_index().melt("code", var_name="run", value_name="quota_mt")
    long["province"] = long["code"].map(names)
    quota = describe("provinces", "quota_mt", lang)
    rows = alt.Y(
        "province:N", sort=[names[code] for code in ranked.index], axis=names_axis(grid=True, gridDash=[1, 3])
    )
    span = (
        alt.Chart(long)
        .mark_rule(color=NEUTRAL, strokeWidth=1.5)
        .encode(y=rows, x=alt.X("min(quota_mt):Q", axis=numbers_axis(quota.heading)), x2="max(quota_mt):Q")
    )
    chart = layered(span, _marks(long, rows, runs, lang), width=WIDTH, height=ROW * len(ranked))
    first, count = names[ranked.index[0]], len(ranked)
    return finished(chart, "run_quotas", lang, runs=len(runs), count=count, first=first, year=year)


def _marks(long: pd.DataFrame, rows: alt.Y, runs: list[str], lang: str) -> alt.Chart:
    quota = describe("provinces", "quota_mt", lang)
    legend = wrapping_legend(column_px=_LEGEND_PX)
    colours = scale_of(dict(zip(runs, CATEGORIES, strict=False)))
    # Each smaller than the one beneath it, so that equal quotas do not hide a run.
    step = (_LARGEST - _SMALLEST) / max(len(runs) - 1, 1)
    sizes = {run: _LARGEST - place * step for place, run in enumerate(runs)}
    shapes = alt.Scale(domain=runs, range=list(_SHAPES[: len(runs)]))
    marks: alt.Chart = (
        alt.Chart(long.assign(size=long["run"].map(sizes)))
        .mark_point(filled=True, opacity=1)
        .encode(
            y=rows,
            x=alt.X("quota_mt:Q"),
            size=alt.Size("size:Q", scale=None, legend=None),
            color=alt.Color("run:N", sort=runs, scale=colours, legend=legend),
            shape=alt.Shape("run:N", sort=runs, scale=shapes, legend=legend),
            tooltip=[
                alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
                alt.Tooltip("run:N", title=text("compare.run", lang)),
                alt.Tooltip("quota_mt:Q", title=quota.heading, format=",.1f"),
            ],
        )
    )
    return marks
