"""Workbook cells: a dataset's own workbook with other figures in some cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

_NO_TIME = datetime(1980, 1, 1)


def with_workbook_cells(data: bytes, cells: Iterable[tuple[str, int, int, str]], source: str) -> bytes:
    """The workbook with other numbers or texts in some cells; the same cells give the same bytes.

    Parameters
    ----------
    data : content of the .xlsx file, readable as a dataset
    cells : sheet as it is read (small letters), row and column from 1, and the text that the cell shall have
    source : name of the file; macros are kept where it ends in .xlsm
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), keep_vba=source.lower().endswith(".xlsm"))
    titles = {title.strip().casefold(): title for title in book.sheetnames}
    for sheet, row, column, text in cells:
        cell = book[titles[sheet]].cell(row, column)
        cell.value = _value(text)
    kept = io.BytesIO()
    book.save(kept)
    return _without_times(kept.getvalue())


def _value(text: str) -> float | str | None:
    try:
        return float(text)
    except ValueError:
        return text or None


def _without_times(data: bytes) -> bytes:
    """The archive without the time at which it was saved, which stands in its entries and its properties."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.functions import tostring

    fixed = io.BytesIO()
    properties = tostring(DocumentProperties(created=_NO_TIME, modified=_NO_TIME).to_tree())
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, properties if name == "docProps/core.xml" else source.read(name))
    return fixed.getvalue()
