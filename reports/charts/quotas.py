"""What each province emits and what it may emit."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.pairs import pairs_chart
from capshare.reports.charts.theme import BLUE, ORANGE, AnyChart, finished
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, describe, with_unit


def quotas_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """A line per province from its emissions to its quota, the largest quota first.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts
    """
    frame = named_provinces(one, lang).sort_values("quota_mt", ascending=False, kind="stable")
    labels = {column: describe("provinces", column, lang).label for column in ("emissions_mt", "quota_mt")}
    pairs = pd.DataFrame(
        {"province": frame["province"], "from": frame["emissions_mt"], "to": frame["quota_mt"]}
    )
    axis = with_unit(text("chart.amount", lang), MT, lang)
    chart = pairs_chart(pairs, (labels["emissions_mt"], labels["quota_mt"]), (ORANGE, BLUE), axis, lang)
    return finished(chart, "quotas", lang, first=frame["province"].iloc[0], count=len(frame))
