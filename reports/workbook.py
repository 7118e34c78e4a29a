"""The Excel workbook of a run: values for people, a sheet per table."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING

from capshare.model.result import Result
from capshare.reports.sheets import (
    columns_sheet,
    contents_sheet,
    notes_sheet,
    sheet_name,
    summary_sheet,
    table_sheet,
)
from capshare.reports.tables import tables

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# The earliest time a zip file can hold: two runs of a study must agree to the byte.
_NO_TIME = datetime.datetime(1980, 1, 1)
_PROPERTIES = "docProps/core.xml"


def workbook(result: Result) -> Workbook:
    """The workbook of a run: contents, summary, notes, one sheet per table, and what the columns mean.

    Parameters
    ----------
    result : a finished run

    Returns
    -------
    openpyxl.Workbook of values, every sheet linked from the first

    Raises
    ------
    CapshareError naming every cell of a table that is missing
    """
    from openpyxl import Workbook as Book

    book = Book()
    book.remove(book.worksheets[0])
    found = tables(result)
    contents_sheet(book, result, _entries([(sheet_name(table), table.meaning) for table in found]))
    summary_sheet(book, result)
    notes_sheet(book, result)
    for table, frame in found.items():
        table_sheet(book, table, frame, result.provinces["name_en"])
    columns_sheet(book, found)
    book.properties.creator = "capshare"
    book.properties.title = result.name
    return book


def _entries(of_tables: list[tuple[str, str]]) -> dict[str, str]:
    return {
        "Summary": "The figures to read first.",
        "Notes": "What to know before using a figure, and what was checked.",
        **dict(of_tables),
        "Columns": "Every column of every table: its heading, unit and meaning.",
    }


def workbook_bytes(result: Result) -> bytes:
    """The workbook as a file; the same result gives the same bytes.

    Parameters
    ----------
    result : as for :func:`workbook`
    """
    from openpyxl.xml.functions import tostring

    book = workbook(result)
    saved, fixed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    book.properties.created = book.properties.modified = _NO_TIME
    properties = tostring(book.properties.to_tree())
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, properties if name == _PROPERTIES else source.read(name))
    return fixed.getvalue()
