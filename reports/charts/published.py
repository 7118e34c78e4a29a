"""The quotas of a run beside the published ones."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.pairs import pairs_chart
from capshare.reports.charts.theme import BLACK, BLUE, AnyChart, finished
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, describe, with_unit


def published_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A line per province from the published quota to this run's.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where nothing published is named
    """
    published = one.outcome.published
    if published is None:
        return None
    names = named_provinces(one, lang)["province"]
    both = published.table.sort_values("published_quota_mt", ascending=False, kind="stable")
    pairs = pd.DataFrame(
        {
            "province": names.reindex(both.index),
            "from": both["published_quota_mt"],
            "to": both["quota_mt"],
        }
    )
    labels = (describe("published", "published_quota_mt", lang).label, text("chart.published.own", lang))
    axis = with_unit(describe("published", "quota_mt", lang).label, MT, lang)
    chart = pairs_chart(pairs, labels, (BLACK, BLUE), axis, lang)
    return finished(chart, "published", lang, count=len(pairs))
