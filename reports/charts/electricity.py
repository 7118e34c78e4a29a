"""What the view of electricity that crosses borders moves: emissions by production and by consumption."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.charts.frames import named_provinces
from capshare.reports.charts.pairs import pairs_chart
from capshare.reports.charts.theme import BLACK, BLUE, AnyChart, finished
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, describe, with_unit
from capshare.reports.words.electricity import electricity_table


def electricity_chart(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> AnyChart | None:
    """A line per province from emissions by production to those by consumption, exporters first.

    Parameters
    ----------
    one : the year drawn
    lang : language of the texts

    Returns
    -------
    Chart, or None where the study does not look at electricity
    """
    table = electricity_table(one.outcome)
    if table is None:
        return None
    names = named_provinces(one, lang)["province"]
    ranked = table.sort_values("difference_mt", kind="stable")
    pairs = pd.DataFrame(
        {
            "province": names.reindex(ranked.index),
            "from": ranked["production_mt"],
            "to": ranked["consumption_mt"],
        }
    )
    labels = [describe("electricity", f"{view}_mt", lang).label for view in ("production", "consumption")]
    axis = with_unit(text("chart.electricity.axis", lang), MT, lang)
    chart = pairs_chart(pairs, (labels[0], labels[1]), (BLACK, BLUE), axis, lang)
    return finished(chart, "electricity", lang, count=len(pairs), top=pairs["province"].iloc[0])
