"""What a cut asks of a province's emissions outside the national market, beside the cut of all of them."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.pairs import pairs_chart
from capshare.reports.charts.theme import BLACK, BLUE, AnyChart, finished
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import PERCENT, describe, with_unit
from capshare.reports.words.market_sectors import market_table


def market_sectors_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A line per province from the cut of all its emissions to that of the rest, the largest rest first.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the study names no sectors of the market, or growth of GDP is not known
    """
    table = market_table(one)
    if table is None or "gdp_ratio" not in table:
        return None
    table = table.dropna(subset=["rest_cut_pct"])
    whole = 100 * (1 - table["quota_mt"] / (table["emissions_mt"] * table["gdp_ratio"]))
    names = named_provinces(one, lang)["province"]
    ranked = table.sort_values("rest_cut_pct", ascending=False, kind="stable").index
    pairs = pd.DataFrame(
        {
            "province": names.reindex(ranked),
            "from": whole.reindex(ranked),
            "to": table["rest_cut_pct"].reindex(ranked),
        }
    )
    labels = (
        text("chart.market_sectors.whole", lang),
        describe("market_sectors", "rest_cut_pct", lang).label,
    )
    axis = with_unit(text("chart.market_sectors.axis", lang), PERCENT, lang)
    chart = pairs_chart(pairs, labels, (BLACK, BLUE), axis, lang)
    return finished(chart, "market_sectors", lang, count=len(pairs), top=pairs["province"].iloc[0])
