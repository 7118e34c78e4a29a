"""The page of a table of facilities: one file, readable offline."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.model.facilities.sums import T_PER_MT
from capshare.reports.charts.facilities import facilities_chart
from capshare.reports.page.chart import page_chart
from capshare.reports.page.document import document
from capshare.reports.page.tables import Cell, PageTable
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.enough_digits import decimals_of_column
from capshare.reports.words.facilities import (
    facilities_notes,
    facilities_sentences,
    facilities_title,
    said,
    sector_word,
    with_doubt,
)
from capshare.reports.words.facility_tables import FacilityTable, check_table, province_table, sector_table

_AFTER_CHINESE = re.compile(r"(?<=[^\x00-\x7F])\n")
_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?")
# Facilities that the page lists; the CSV file has all.
LARGEST = 100


def facilities_html(outcome: FacilityOutcome, lang: str = DEFAULT_LANGUAGE) -> str:
    """The page of a table of facilities, self-contained.

    Parameters
    ----------
    outcome : of the facilities
    lang : language of all texts, "en" or "zh"

    Returns
    -------
    str
        HTML; the same facilities give the same text
    """
    check, beside = check_table(outcome, lang), outcome.beside
    return document(
        "facilities.html",
        {"provinces": page_chart("provinces", facilities_chart(outcome, lang))},
        lang,
        f=lambda key, **values: said(key, lang, **values),
        title=facilities_title(outcome, lang),
        sentences=facilities_sentences(outcome, lang),
        sectors=_page_table(sector_table(outcome, lang)),
        provinces=_page_table(province_table(outcome, lang)),
        largest=_page_table(_largest(outcome, lang), folded=True),
        electricity=() if beside is None else beside.electricity.get(lang, ()),
        study="" if beside is None else beside.study,
        check=None if check is None else _page_table(check, folded=True),
        notes=facilities_notes(outcome, lang),
    )


def _largest(outcome: FacilityOutcome, lang: str) -> FacilityTable:
    """The facilities that emit most."""
    columns = ("facility", "province", "sector", "intensity", "benchmark", "deviation", "emissions", "quota")
    # All of a million need not be put in order for the first hundred.
    largest = outcome.quotas.nlargest(LARGEST, "emissions_t", keep="all")
    ordered = largest.sort_values(["emissions_t", "facility"], ascending=[False, True]).head(LARGEST)
    names = outcome.provinces[f"name_{lang}"]
    decimals = decimals_of_column((ordered["emissions_t"] / T_PER_MT).tolist(), 3, 4)
    rows = tuple(
        (
            str(row["facility"]),
            str(names[str(row["province"])]),
            sector_word(str(row["sector"]), lang),
            f"{row['intensity']:.4g}",
            f"{row['benchmark']:.4g}",
            f"{100 * row['deviation']:+z.1f}",
            *_amounts(row, decimals),
        )
        for row in ordered.to_dict("records")
    )
    title = said("largest_title", lang, count=len(rows), all=len(outcome.quotas))
    headings = (*(said(f"columns.{name}", lang) for name in columns), said("columns.balance", lang))
    return FacilityTable("largest", with_doubt(title, outcome, lang), headings, rows, 3)


def _amounts(row: Mapping[Hashable, float], decimals: int) -> tuple[str, ...]:
    emissions, quota = row["emissions_t"] / T_PER_MT, row["quota_t"] / T_PER_MT
    form = f"z,.{decimals}f"
    return f"{emissions:{form}}", f"{quota:{form}}", f"{quota - emissions:+{form}}"


def _page_table(table: FacilityTable, folded: bool = False) -> PageTable:
    # Between two Chinese words there is no blank.
    headings = tuple(_AFTER_CHINESE.sub("", heading).replace("\n", " ") for heading in table.headings)
    numeric = tuple(place >= table.words for place in range(len(headings)))
    rows = tuple(tuple(_cell(text) for text in row) for row in table.rows)
    hints = ("",) * len(headings)
    return PageTable(f"{table.key}-table", table.title, "", headings, hints, numeric, rows, folded)


def _cell(text: str) -> Cell:
    return Cell(text, text.replace(",", "").lstrip("+")) if _NUMBER.fullmatch(text) else Cell(text)
