"""What each province has left of its quota, or lacks."""

from __future__ import annotations

import altair as alt

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.theme import (
    BALANCE_COLOURS,
    ROW,
    WIDTH,
    AnyChart,
    finished,
    names_axis,
    numbers_axis,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term
from capshare.reports.words.columns import describe


def balance_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """A bar per province, surplus to the right and deficit to the left, coloured by class.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    frame = named_provinces(one, lang).sort_values("balance_mt", ascending=False, kind="stable")
    present = [name for name in BALANCE_COLOURS if (frame["balance_class"] == name).any()]
    colours = {term("terms", name, lang): BALANCE_COLOURS[name] for name in present}
    columns = ("balance_mt", "balance_class", "cause", f"name_{lang}")
    shown = {name: describe("provinces", name, lang) for name in columns}
    chart = (
        alt.Chart(frame[["province", "balance_mt", "balance_class_text", "cause_text"]])
        .mark_bar(height={"band": 0.75})
        .encode(
            x=alt.X("balance_mt:Q", axis=numbers_axis(shown["balance_mt"].heading)),
            y=alt.Y("province:N", sort=frame["province"].tolist(), axis=names_axis()),
            color=alt.Color(
                "balance_class_text:N",
                scale=scale_of(colours),
                legend=wrapping_legend(column_px=115),
            ),
            tooltip=[
                alt.Tooltip("province:N", title=shown[f"name_{lang}"].label),
                alt.Tooltip("balance_mt:Q", title=shown["balance_mt"].heading, format="+,.1f"),
                alt.Tooltip("balance_class_text:N", title=shown["balance_class"].label),
                alt.Tooltip("cause_text:N", title=shown["cause"].label),
            ],
        )
        .properties(width=WIDTH, height=ROW * len(frame))
    )
    values = {"top": frame["province"].iloc[0], "bottom": frame["province"].iloc[-1]}
    return finished(chart, "balance", lang, **values)
