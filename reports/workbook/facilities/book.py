"""The workbook of a table of facilities: assembled and written as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.model.facilities.rules import SectorRule, Terms
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, PERCENT, SHARE
from capshare.reports.words.facilities import facilities_notes, facilities_title, said
from capshare.reports.workbook.builder import HEADING_ROW
from capshare.reports.workbook.facilities.builder import SHEETS, FacilityBook
from capshare.reports.workbook.facilities.facility_sheet import facilities_sheet, reserve_facilities
from capshare.reports.workbook.facilities.in_order import add_provinces_in_order
from capshare.reports.workbook.facilities.stated import StatedTerm, sectors_sheet, stated_sheet, summed
from capshare.reports.workbook.formats import mark_negative
from capshare.reports.workbook.grid import Field, Grid, Kind
from capshare.reports.workbook.layout import lay_out, widen
from capshare.reports.workbook.on_paper import finish_cut
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.text_cells import put_heading, put_link, put_text, put_title

_KINDS: tuple[Kind, ...] = ("input", "live", "solved")


def facility_book(
    outcome: FacilityOutcome,
    rules: Mapping[str, SectorRule],
    terms: Terms,
    sources: Mapping[str, StatedTerm],
    lang: str = DEFAULT_LANGUAGE,
) -> FacilityBook:
    """The workbook with what every formula in it must give.

    Parameters
    ----------
    outcome : of the facilities
    rules : sector → its rule in the year
    terms : of the market
    sources : term → where it is from
    lang : language of headings and texts
    """
    builder = FacilityBook(outcome, lang)
    reserve_facilities(builder)
    stated_sheet(builder, terms, sources)
    sectors_sheet(builder, rules)
    facilities_sheet(builder, terms.carry_over_share)
    _provinces(builder)
    _notes(builder)
    _contents(builder)
    for sheet in builder.book:
        sheet.protected = True
    # Thousands of rows belong on the screen.
    builder.book[builder.title("facilities")].page.first_only = True
    finish_cut(builder)
    return builder


def facility_workbook(builder: FacilityBook) -> bytes:
    """The workbook as a file; the same facilities give the same bytes.

    Parameters
    ----------
    builder : of :func:`facility_book`
    """
    return packed(builder.book)


def _provinces(builder: FacilityBook) -> None:
    frame, name = builder.outcome.provinces, f"name_{builder.lang}"
    beside = builder.outcome.beside is not None
    sums = ("emissions_t", "quota_t", "shortfall_t", "surplus_t", "penalty_yuan")
    of_run = (
        *("province_quota_mt", "province_emissions_mt", "gap_mt", "share_covered"),
        *("rest_emissions_mt", "rest_cut_pct"),
    )
    labels = list(map(str, frame.index))
    grid = builder.reserve(
        "provinces", labels, ("code", "province", "facilities", *sums, *(of_run if beside else ()))
    )
    names = {label: str(word) for label, word in zip(labels, frame[name], strict=True)}
    fields = [
        Field("code", {label: label for label in labels}),
        Field("province", names),
        _count(builder, grid),
        *(summed(builder, "provinces", "province", column) for column in sums),
    ]
    builder.write("provinces", fields + (_of_run(frame, grid) if beside else []), 2)
    if beside:
        mark_negative(builder.book[grid.sheet], grid, "gap_mt")
    add_provinces_in_order(builder)


def _count(builder: FacilityBook, grid: Grid) -> Field:
    frame = builder.outcome.provinces
    counts = dict(zip(map(str, frame.index), map(int, frame["facilities"]), strict=True))
    if not builder.is_whole:
        return Field("facilities", counts, "solved")
    column = builder.grids["facilities"].column("province")
    return Field(
        "facilities", counts, "live", lambda label: f"COUNTIFS({column},{grid.at('province', label)})"
    )


def _of_run(frame: pd.DataFrame, grid: Grid) -> list[Field]:
    """What a province's own quota leaves, as far as a formula can say it."""
    rest = frame["rest_cut_pct"].astype(object).where(frame["rest_cut_pct"].notna(), "")
    return [
        _column(frame, "province_quota_mt", MT),
        _column(frame, "province_emissions_mt", MT),
        _column(frame, "gap_mt", MT, lambda c: f"{c('province_quota_mt')}-{c('quota_t')}/t_per_mt", grid),
        _column(
            frame, "share_covered", SHARE,
            lambda c: f"{c('emissions_t')}/t_per_mt/{c('province_emissions_mt')}", grid,
        ),
        _column(
            frame, "rest_emissions_mt", MT,
            lambda c: f"{c('province_emissions_mt')}-{c('emissions_t')}/t_per_mt", grid,
        ),
        _column(
            frame.assign(rest_cut_pct=rest), "rest_cut_pct", PERCENT,
            lambda c: (
                f"IF({c('rest_emissions_mt')}>0,"
                f'percent*(1-{c("gap_mt")}/{c("rest_emissions_mt")}),"")'
            ), grid,
        ),
    ]  # fmt: skip


def _column(
    frame: pd.DataFrame,
    name: str,
    unit: str,
    formula: Callable[[Callable[[str], str]], str] | None = None,
    grid: Grid | None = None,
) -> Field:
    values = dict(zip(map(str, frame.index), frame[name].tolist(), strict=True))
    if formula is None or grid is None:
        return Field(name, values, "input", unit=unit)
    return Field(
        name, values, "live", lambda label: formula(lambda column: grid.at(column, label)), unit=unit
    )


def _notes(builder: FacilityBook) -> None:
    sheet = builder.open("notes")
    for column, heading in enumerate(("weight", "note"), start=1):
        put_heading(sheet, HEADING_ROW, column, said(f"book_columns.{heading}", builder.lang))
    for row, note in enumerate(facilities_notes(builder.outcome, builder.lang), start=HEADING_ROW + 1):
        put_text(sheet, row, 1, note.mark)
        put_text(sheet, row, 2, note.said)
    widen(sheet, (14, 130))
    lay_out(sheet)


def _contents(builder: FacilityBook) -> None:
    sheet, lang = builder.book[builder.title("contents")], builder.lang
    values = {"shown": len(builder.rows), "all": len(builder.outcome.quotas)}
    put_title(sheet, facilities_title(builder.outcome, lang), said("sheet_meaning.contents", lang, **values))
    for column, heading in enumerate(("sheet", "holds"), start=1):
        put_heading(sheet, HEADING_ROW, column, text(f"workbook.heading.{heading}", lang))
    for row, key in enumerate(SHEETS[1:], start=HEADING_ROW + 1):
        put_link(sheet, row, 1, builder.title(key), builder.title(key))
        put_text(sheet, row, 2, said(f"sheet_meaning.{key}", lang, **values))
    row = HEADING_ROW + len(SHEETS) + 1
    put_heading(sheet, row, 1, text("workbook.heading.legend", lang))
    put_heading(sheet, row, 2, "")
    for below, kind in enumerate(_KINDS, start=row + 1):
        builder.put_cell(sheet, below, 1, text(f"workbook.kind.{kind}", lang), kind)
        put_text(sheet, below, 2, said(f"kind_meaning.{kind}", lang))
    widen(sheet, (26, 110))
    lay_out(sheet)
