"""The page that leads to the sheets of all provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capshare.base.conventions import conventions
from capshare.reports.folder.manifest import versions
from capshare.reports.page.document import page_style, template, template_text
from capshare.reports.page.tables import Cell, PageTable
from capshare.reports.sheet.deciding import decided_in_short
from capshare.reports.sheet.province_sheet import CUT, ProvinceSheet
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, describe, readable
from capshare.reports.words.sensitivity import range_words


def index_html(
    sheets: Sequence[ProvinceSheet], files: Mapping[str, str], lang: str = DEFAULT_LANGUAGE
) -> str:
    """A table with a row and a link per sheet, the largest cut or quota first.

    Parameters
    ----------
    sheets : of one run, at least one
    files : code → name of the sheet's file
    lang : language of all texts
    """
    told = sheets[0].told
    page: str = template("sheets.html").render(
        t=lambda key, **values: text(f"page.{key}", lang, **values),
        s=lambda key, **values: text(f"sheet.{key}", lang, **values),
        study=told.study,
        year=told.year,
        table=_table(sheets, files, lang),
        version=versions()["capshare"],
        page_css=page_style(),
        sheet_css=template_text("sheet.css"),
    )
    return conventions().outward(page)


def _table(sheets: Sequence[ProvinceSheet], files: Mapping[str, str], lang: str) -> PageTable:
    first = sheets[0]
    has_cuts, has_range = first.figure == CUT, first.sensitivity is not None
    ranked = sorted(sheets, key=lambda sheet: (-_size(sheet), sheet.told.code))
    headings = [describe("provinces", f"name_{lang}", lang).label]
    headings += [describe("targets", "rounded_cut_pct", lang).heading] if has_cuts else []
    headings += [describe("provinces", "quota_mt", lang).heading, text("sheet.index_decided", lang)]
    headings += [text("sheet.index_range", lang)] if has_range else []
    rows = tuple(_row(sheet, files[sheet.told.code], lang) for sheet in ranked)
    numeric = (False, *([True] * has_cuts), True, False, *([False] * has_range))
    hints = ("",) * len(headings)
    return PageTable("sheets", text("sheet.index_table", lang), "", tuple(headings), hints, numeric, rows)


def _size(sheet: ProvinceSheet) -> float:
    return float(sheet.peers.iloc[0]["rounded_cut_pct" if sheet.figure == CUT else "quota_mt"])


def _row(sheet: ProvinceSheet, file: str, lang: str) -> tuple[Cell, ...]:
    own, row = sheet.peers.iloc[0], sheet.row
    cut = () if row is None else (Cell(f"{row['rounded_cut_pct']:.1f}"),)
    found = sheet.sensitivity
    ends = () if found is None else (Cell(range_words(found, sheet.told.code, lang)),)
    name = Cell(sheet.name(lang), link=file)
    return (name, *cut, Cell(readable(own["quota_mt"], MT)), Cell(decided_in_short(sheet, lang)), *ends)
