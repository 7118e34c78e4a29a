"""Every chart of a run, by name, in the order of the chain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from capshare.base.conventions import as_its_readers_say
from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.reports.charts.abatement import merit_order_chart, province_costs_chart
from capshare.reports.charts.balance import balance_chart
from capshare.reports.charts.balance_map import balance_map_chart
from capshare.reports.charts.cap import cap_chart
from capshare.reports.charts.cap_curve import cap_curve_chart
from capshare.reports.charts.contributions import contributions_chart
from capshare.reports.charts.electricity import electricity_chart
from capshare.reports.charts.ensemble import interval_chart
from capshare.reports.charts.groups import groups_chart
from capshare.reports.charts.market import market_chart
from capshare.reports.charts.market_sectors import market_sectors_chart
from capshare.reports.charts.origin import origin
from capshare.reports.charts.potential import potential_chart
from capshare.reports.charts.prices import prices_chart
from capshare.reports.charts.published import published_chart
from capshare.reports.charts.quotas import quotas_chart
from capshare.reports.charts.rules import rules_chart
from capshare.reports.charts.sensitivity import sensitivity_chart, tornado_chart
from capshare.reports.charts.targets import targets_chart
from capshare.reports.charts.targets_map import targets_map_chart
from capshare.reports.charts.theme import AnyChart, sign
from capshare.reports.charts.weights import weights_chart
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE

# A chart that an outcome has no data for is None.
CHARTS: Mapping[str, Callable[[OneYear, str], AnyChart | None]] = {
    "targets": targets_chart,
    "targets_map": targets_map_chart,
    "tornado": tornado_chart,
    "sensitivity": sensitivity_chart,
    "ensemble": interval_chart,
    "cap": cap_chart,
    "weights": weights_chart,
    "groups": groups_chart,
    "quotas": quotas_chart,
    "market_sectors": market_sectors_chart,
    "electricity": electricity_chart,
    "merit_order": merit_order_chart,
    "province_costs": province_costs_chart,
    "prices": prices_chart,
    "contributions": contributions_chart,
    "cap_curve": cap_curve_chart,
    "balance": balance_chart,
    "balance_map": balance_map_chart,
    "market": market_chart,
    "potential": potential_chart,
    "rules": rules_chart,
    "published": published_chart,
}


@as_its_readers_say
def charts(
    outcome: Outcome,
    lang: str = DEFAULT_LANGUAGE,
    year: int | None = None,
    names: Collection[str] = CHARTS.keys(),
) -> dict[str, AnyChart]:
    """The charts that an outcome has data for.

    Parameters
    ----------
    outcome : of a run
    lang : language of the texts
    year : the one drawn, by default the last; the cap is drawn with all its years
    names : of the charts wanted

    Returns
    -------
    dict of name to chart, in the order of the chain
    """
    from altair.utils.schemapi import debug_mode

    one = outcome.in_year(year)
    # altair would hold every part of a chart against its schema; the tests do so for the whole of each.
    with debug_mode(False):
        drawn = {name: draw(one, lang) for name, draw in CHARTS.items() if name in names}
    found = {name: chart for name, chart in drawn.items() if chart is not None}
    said = origin(one, lang)
    for chart in found.values():
        sign(chart, said)
    return found
