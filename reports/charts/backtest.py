"""How far each prediction of a published split is off."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.backtest.published_split import PublishedSplit
from capshare.reports.charts.theme import (
    BLUE,
    ROW,
    VERMILLION,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
    numbers_axis,
)
from capshare.reports.words.backtest import rule_label
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

_ERROR = {"cuts": "mean_error_points", "quotas": "misplaced_share"}
UNIFORM = "uniform"


def backtest_chart(
    split: PublishedSplit, figures: pd.DataFrame, lang: str = DEFAULT_LANGUAGE
) -> AnyChart | None:
    """A point per prediction on a logarithmic axis, the closest on top; a line marks the uniform split.

    Parameters
    ----------
    split : what was published
    figures : index (rule, fitted_on); of this split
    lang : language of the texts

    Returns
    -------
    Chart, or None for a table of balances, which is compared by order alone
    """
    if split.kind not in _ERROR:
        return None
    column = _ERROR[split.kind]
    frame = figures[[column]].reset_index().sort_values(column, kind="stable")
    frame["error"] = frame[column] * (1 if split.kind == "cuts" else 100)
    frame["label"] = [
        f"{rule_label(rule, lang)} ({on})" if on else rule_label(rule, lang)
        for rule, on in zip(frame["rule"], frame["fitted_on"], strict=True)
    ]
    rows = alt.Y("label:N", sort=frame["label"].tolist(), axis=names_axis(grid=True, gridDash=[1, 3]))
    title = text(f"chart.backtest.{column}", lang)
    scale = alt.Scale(type="log", nice=True)
    points = (
        alt.Chart(frame)
        .mark_point(filled=True, size=45, color=BLUE, opacity=1)
        .encode(
            y=rows,
            x=alt.X("error:Q", scale=scale, axis=numbers_axis(title, tickCount=3)),
            tooltip=[
                alt.Tooltip("label:N", title=text("backtest.rule", lang)),
                alt.Tooltip("error:Q", title=title, format=".2f"),
            ],
        )
    )
    line = alt.Chart(frame[frame["rule"] == UNIFORM]).mark_rule(color=VERMILLION).encode(x=alt.X("error:Q"))
    drawn = layered(line, points, width=WIDTH, height=ROW * len(frame))
    best, worst = frame.iloc[0], frame.iloc[-1]
    return finished(
        drawn, "backtest", lang, table=split.name, count=len(frame),
        best=best["label"], least=best["error"], most=worst["error"],
    )  # fmt: skip
