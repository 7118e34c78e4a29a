"""What every other rule of sharing would give each province, against this run."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces, translated
from capshare.reports.charts.theme import (
    BLACK,
    BLUE,
    HOLLOW,
    ORANGE,
    ROW,
    WIDTH,
    AnyChart,
    finished,
    layered,
    names_axis,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import describe

# Changes beyond it are as strongly coloured, in %; the numbers tell them apart.
_STRONG_PCT = 60.0
# Letters fit into their column whatever its width.
_FITTING = "max(4, min(11, width / {count} / 3.1))"


def rules_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A row per province and a column per rule, the closest to this run first: change of the quota in %.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where no rules were compared; they are in the last year alone
    """
    comparison = one.outcome.comparison
    if comparison is None or comparison.quotas.empty or one.year != one.outcome.years[-1]:
        return None
    provinces = named_provinces(one, lang).sort_values("quota_mt", ascending=False, kind="stable")
    quotas = comparison.quotas["quota_mt"].drop(index="allocation", level="rule", errors="ignore")
    frame = _changes(quotas, provinces["quota_mt"]).reset_index()
    frame["province"] = frame["code"].map(provinces["province"])
    frame["rule"] = translated(frame["rule"], "rules", lang)
    rules = list(dict.fromkeys(frame["rule"]))
    chart = _squares(frame.drop(columns="code"), provinces["province"].tolist(), rules, lang)
    return finished(chart, "rules", lang, count=len(rules), first=rules[0], last=rules[-1])


def _changes(quotas: pd.Series, own: pd.Series) -> pd.DataFrame:
    """Quotas under each rule, index (rule, code), the closest rule first; nothing of a quota of 0."""
    frame = quotas.to_frame("quota_mt").join(own[own > 0].rename("own_mt"), on="code", how="inner")
    moved = (frame["quota_mt"] - frame["own_mt"]).abs().groupby(level="rule").sum()
    frame["change_pct"] = 100 * (frame["quota_mt"] / frame["own_mt"] - 1)
    ranked = moved.sort_values(kind="stable").index
    return frame.drop(columns="own_mt").reindex(ranked, level="rule")


def _squares(frame: pd.DataFrame, provinces: list[str], rules: list[str], lang: str) -> AnyChart:
    frame["said"] = [_said(change) for change in frame["change_pct"]]
    colours = alt.Scale(
        domain=[-_STRONG_PCT, 0, _STRONG_PCT],
        range=[ORANGE, HOLLOW, BLUE],
        clamp=True,
        type="linear",
        interpolate="rgb",
    )
    top = names_axis(orient="top", labelAngle=-50, labelLimit=170, labelAlign="left")
    change = text("chart.rules.change", lang)
    base = alt.Chart(frame).encode(
        x=alt.X("rule:N", sort=rules, axis=top, scale=alt.Scale(padding=0)),
        y=alt.Y("province:N", sort=provinces, axis=names_axis()),
        tooltip=[
            alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
            alt.Tooltip("rule:N", title=describe("comparison", "rule", lang).label),
            alt.Tooltip("quota_mt:Q", title=describe("provinces", "quota_mt", lang).heading, format=",.1f"),
            alt.Tooltip("change_pct:Q", title=change, format="+.1f"),
        ],
    )
    squares = base.mark_rect().encode(color=alt.Color("change_pct:Q", scale=colours, legend=None))
    fitting = alt.ExprRef(_FITTING.format(count=len(rules)))
    strong = f"datum.change_pct > {0.95 * _STRONG_PCT}"
    numbers = base.mark_text(fontSize=fitting).encode(
        text=alt.Text("said:N"), color=alt.condition(strong, alt.value(HOLLOW), alt.value(BLACK))
    )
    return layered(squares, numbers, width=WIDTH, height=ROW * len(provinces))


def _said(change_pct: float) -> str:
    """As it fits into its square: what rounds to 0 has no sign, what has four digits is more than 999."""
    rounded = round(change_pct)
    return ">999" if rounded > 999 else f"{rounded:+d}".replace("-", "−") if rounded else "0"
