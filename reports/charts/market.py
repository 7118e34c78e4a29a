"""Who buys quota and who sells it in the cheapest solution."""

from __future__ import annotations

import altair as alt
import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.theme import (
    HOLLOW,
    ROW,
    SLATE,
    WIDTH,
    AnyChart,
    finished,
    names_axis,
    numbers_axis,
    scale_of,
    wrapping_legend,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, describe, with_unit

# The solver counts less as nothing.
_TRADED_MT = 1e-6


def market_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A bar per province that trades: sales to the right, purchases to the left.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where nobody trades
    """
    frame = named_provinces(one, lang)
    labels = {name: describe("provinces", name, lang).label for name in ("purchase_mt", "sale_mt")}
    frame["net_mt"] = frame["sale_mt"] - frame["purchase_mt"]
    traded = frame[frame["net_mt"].abs() > _TRADED_MT]
    if traded.empty:
        return None
    traded = traded.sort_values("net_mt", ascending=False, kind="stable")
    side = (traded["net_mt"] > 0).map({True: "sale_mt", False: "purchase_mt"})
    traded["kind"] = side.map(labels)
    volume = float(frame["purchase_mt"].sum())
    chart = _bars(traded, {labels["sale_mt"]: SLATE, labels["purchase_mt"]: HOLLOW}, lang)
    buyers = int((traded["net_mt"] < 0).sum())
    return finished(chart, "market", lang, buyers=buyers, sellers=len(traded) - buyers, volume=volume)


def _bars(traded: pd.DataFrame, colours: dict[str, str], lang: str) -> AnyChart:
    title = with_unit(text("chart.market.axis", lang), MT, lang)
    tooltip = [
        alt.Tooltip("province:N", title=describe("provinces", f"name_{lang}", lang).label),
        alt.Tooltip("kind:N", title=text("chart.series", lang)),
        alt.Tooltip("net_mt:Q", title=title, format="+,.1f"),
    ]
    bars = alt.Chart(traded[["province", "net_mt", "kind"]]).mark_bar(height={"band": 0.75}, stroke=SLATE)
    encoded = bars.encode(
        x=alt.X("net_mt:Q", axis=numbers_axis(title)),
        y=alt.Y("province:N", sort=traded["province"].tolist(), axis=names_axis()),
        color=alt.Color(
            "kind:N",
            scale=scale_of(colours),
            legend=wrapping_legend(symbolStrokeColor=SLATE, symbolStrokeWidth=1),
        ),
        tooltip=tooltip,
    )
    sized: alt.Chart = encoded.properties(width=WIDTH, height=ROW * len(traded))
    return sized
