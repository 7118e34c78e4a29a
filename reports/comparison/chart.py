"""The chart of a comparison: what each province gets in every run."""

from __future__ import annotations

from capshare.reports.charts.run_pairs import run_pairs_chart
from capshare.reports.charts.run_quotas import run_quotas_chart
from capshare.reports.charts.theme import AnyChart
from capshare.reports.comparison.compare import RunComparison, of_quantity
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.columns import describe


def comparison_chart(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> AnyChart:
    """Two runs as paired bars, cuts where both set targets; more runs as marks on one line.

    Parameters
    ----------
    found : the runs side by side
    lang : language of the texts
    """
    names, quotas = found.names(lang), of_quantity(found.quotas, "quota_mt")
    if len(found.runs) > 2:
        return run_quotas_chart(quotas, names, found.year, lang)
    figures = quotas if found.cuts is None else found.cuts
    column = describe("provinces", "quota_mt", lang)
    if found.cuts is not None:
        column = describe("targets", "rounded_cut_pct", lang)
    return run_pairs_chart(figures, names, column, found.year, lang)
