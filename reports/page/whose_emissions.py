"""Sections of the page on whose emissions count: the national market, electricity that crosses borders."""

from __future__ import annotations

from capshare.model.outcome.outcome import Outcome
from capshare.reports.page.tables import Shown
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.electricity import electricity_lines
from capshare.reports.words.market_sectors import market_lines

# Charts and tables of each, as of the plan of the page.
MARKET_SECTORS = (
    ("market_sectors",),
    (
        Shown(
            "market_sectors",
            (
                "emissions_mt",
                "market_mt",
                "rest_mt",
                "quota_mt",
                "market_quota_mt",
                "rest_quota_mt",
                "market_cut_pct",
                "rest_cut_pct",
                "rest_change_pct",
            ),
        ),
        Shown("market_parts", folded=True),
    ),
)
ELECTRICITY = (
    ("electricity",),
    (
        Shown(
            "electricity",
            (
                "generation_twh",
                "consumption_twh",
                "net_import_twh",
                "factor_kg_per_kwh",
                "production_mt",
                "consumption_mt",
                "shared_mt",
                "difference_mt",
            ),
        ),
    ),
)


def told_in(key: str, outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Sentences that a section begins with, of the last year; none where it has tables and charts alone.

    Parameters
    ----------
    key : of the section
    outcome : of a run
    lang : "en" or "zh"
    """
    match key:
        case "electricity":
            return electricity_lines(outcome, lang)
        case "market_sectors":
            return market_lines(outcome.in_year(), lang)
        case _:
            return ()
