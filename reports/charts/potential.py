"""How able the provinces in deficit are to cut."""

from __future__ import annotations

import altair as alt

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import translated
from capshare.reports.charts.theme import (
    NEUTRAL,
    ROW,
    RULE,
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
from capshare.reports.words.columns import describe

_TIERS = {"high": SLATE, "middle": NEUTRAL, "low": RULE}


def potential_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A bar per province in deficit, the ablest first.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the ranking was not made
    """
    if one.outcome.potential.ranking.empty:
        return None
    frame = one.outcome.potential.ranking.sort_values("rank", kind="stable")
    frame = frame.assign(province=frame[f"name_{lang}"], tier_text=translated(frame["tier"], "terms", lang))
    shown = {name: describe("potential", name, lang) for name in ("score", "tier", "rank", f"name_{lang}")}
    present = {
        term("terms", tier, lang): colour for tier, colour in _TIERS.items() if (frame["tier"] == tier).any()
    }
    base = alt.Chart(frame[["province", "rank", "score", "tier_text"]]).encode(
        x=alt.X("score:Q", axis=numbers_axis(shown["score"].heading), scale=alt.Scale(domain=[0, 105])),
        y=alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis()),
        tooltip=[
            alt.Tooltip("province:N", title=shown[f"name_{lang}"].label),
            alt.Tooltip("rank:Q", title=shown["rank"].label),
            alt.Tooltip("score:Q", title=shown["score"].heading, format=".1f"),
            alt.Tooltip("tier_text:N", title=shown["tier"].label),
        ],
    )
    bars = base.mark_bar(height={"band": 0.75}).encode(
        color=alt.Color(
            "tier_text:N", scale=scale_of(present), legend=wrapping_legend(shown["tier"].label, 80)
        )
    )
    labels = base.mark_text(align="left", dx=3).encode(text=alt.Text("score:Q", format=".0f"))
    chart = layered(bars, labels, width=WIDTH, height=ROW * len(frame))
    return finished(chart, "potential", lang, count=len(frame), first=frame["province"].iloc[0])
