"""A provincial sheet as a page: one file, readable offline and without scripts, printed on two pages."""

from __future__ import annotations

from capshare.base.conventions import conventions, following
from capshare.base.notes import Note
from capshare.reports.folder.manifest import versions
from capshare.reports.page.document import page_style, template, template_text
from capshare.reports.sheet.province_sheet import CUT, ProvinceSheet
from capshare.reports.sheet.sections import sheet_sections
from capshare.reports.sheet.sentences import heading
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import INTENSITY, MT, PRICE, readable
from capshare.reports.words.notes import note_texts


def sheet_html(sheet: ProvinceSheet, lang: str = DEFAULT_LANGUAGE) -> str:
    """The page of one province.

    Parameters
    ----------
    sheet : of the province
    lang : language of all texts, as of the sheet's changes

    Returns
    -------
    str
        HTML; the same sheet gives the same text
    """
    from altair.utils.schemapi import debug_mode

    told = sheet.told
    with following(told.conventions), debug_mode(False):
        page: str = template("sheet.html").render(
            t=lambda key, **values: text(f"page.{key}", lang, **values),
            s=lambda key, **values: text(f"sheet.{key}", lang, **values),
            name=sheet.name(lang),
            study=told.study,
            year=told.year,
            heading=heading(sheet, lang),
            figures=_figures(sheet, lang),
            sections=sheet_sections(sheet, lang),
            notes=[
                _begun(note) for note in note_texts(_worth_knowing(sheet), told.names[f"name_{lang}"], lang)
            ],
            version=versions()["capshare"],
            page_css=page_style(),
            sheet_css=template_text("sheet.css"),
        )
        return conventions().outward(page)


def _worth_knowing(sheet: ProvinceSheet) -> list[Note]:
    return [note for note in sheet.told.notes if note.severity != "detail"]


def _begun(note: str) -> str:
    """A note that elsewhere goes on after a colon, as a sentence."""
    return note[:1].upper() + note[1:]


def _figures(sheet: ProvinceSheet, lang: str) -> list[tuple[str, str]]:
    """The few figures to be seen first."""
    row, where, told = sheet.row, sheet.standing, sheet.told
    years = {"base": where.base_year, "year": where.last_year}
    figures: list[tuple[str, str]] = []
    quota = float(told.province["quota_mt"])
    if row is not None and told.cut is not None:
        cuts = told.cut.assigned.cuts["rounded_cut_pct"]
        rank = int((cuts > row["rounded_cut_pct"]).sum()) + 1
        figures.append((text("sheet.figure_cut", lang, **years), f"{row['rounded_cut_pct']:.1f}"))
        place = text("sheet.figure_rank_of", lang, rank=rank, count=len(cuts))
        figures.append((text("sheet.figure_rank", lang), place))
        quota = float(row["rounded_quota_mt"]) if told.year == where.last_year else quota
    figures.append((text("sheet.figure_quota", lang, year=told.year), readable(quota, MT)))
    figures.append((text("sheet.figure_base", lang, base=where.base_year), readable(where.base_mt, MT)))
    if sheet.figure != CUT:
        balance = f"{float(told.province['balance_mt']):+,.1f}".replace("-", "−")
        figures.append((text("sheet.figure_balance", lang), balance))
    if where.intensity_t_per_1e4yuan is not None:
        intensity = readable(where.intensity_t_per_1e4yuan, INTENSITY)
        figures.append((text("sheet.figure_intensity", lang, base=where.base_year), intensity))
    if sheet.deciding.constraint:
        price = readable(sheet.deciding.price_yuan_per_t, PRICE)
        figures.append((text("sheet.figure_price", lang), price))
    return figures
