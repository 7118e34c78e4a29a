"""The folder of all provinces' sheets: one page each, and the page that leads to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capshare.base.conventions import following
from capshare.base.progress import counted, stage
from capshare.reports.folder.manifest import with_manifest
from capshare.reports.sheet.index import index_html
from capshare.reports.sheet.page import sheet_html
from capshare.reports.sheet.province_sheet import ProvinceSheet
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, slug

INDEX = "index.html"


@stage("sheet_files")
def sheet_files(sheets: Sequence[ProvinceSheet], lang: str = DEFAULT_LANGUAGE) -> Mapping[str, bytes]:
    """Every file of the folder by name.

    Parameters
    ----------
    sheets : of one run, at least one
    lang : language of the pages

    Returns
    -------
    dict of file name to bytes; the same sheets give the same bytes
    """
    told = sheets[0].told
    names = file_names(sheets)
    with following(told.conventions):
        pages = {
            names[sheet.told.code]: sheet_html(sheet, lang).encode() for sheet in counted("sheets", sheets)
        }
        pages[INDEX] = index_html(sheets, names, lang).encode()
    return with_manifest(pages, study=told.study, year=told.year, lang=lang)


def file_names(sheets: Sequence[ProvinceSheet]) -> dict[str, str]:
    """Code → name of the file: its code and its English name in plain letters, ``140000-shanxi.html``.

    Parameters
    ----------
    sheets : of different provinces
    """
    names: dict[str, str] = {}
    for sheet in sheets:
        plain = "-".join(filter(None, (slug(sheet.told.code), slug(sheet.name("en")))))
        taken = set(names.values())
        # Codes of a dataset may differ in signs alone that no file name can have.
        tries = (f"{plain}{'' if n == 1 else f'-{n}'}.html" for n in range(1, len(sheets) + 2))
        names[sheet.told.code] = next(name for name in tries if name not in taken)
    return names
