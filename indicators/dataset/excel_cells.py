"""Excel cells: the sheets of a workbook as rows of text, each cell as a person sees it."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from capshare.base.errors import CapshareError, Problem

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Rows = list[list[str]]


def read_sheets(data: bytes, source: str) -> Mapping[str, Rows]:
    """Cells of every sheet of a workbook.

    Numbers come in their shortest form, percentages as a number and ``%``; of a formula its stored value.

    Parameters
    ----------
    data : content of an .xlsx file
    source : what to call it in a message

    Returns
    -------
    name of the sheet, trimmed and in small letters → rows, all of a sheet equally long

    Raises
    ------
    CapshareError
        where the file cannot be read as a workbook.
    """
    with _workbook_errors(source):
        book = _open(data, values=True)
        sheets = {sheet.title.strip().casefold(): _rows(sheet) for sheet in book.worksheets}
        book.close()
        if any(cell == "" for rows in sheets.values() for cells in rows for cell in cells):
            _name_unsaved_formulas(data, sheets)
    return sheets


@contextmanager
def _workbook_errors(source: str) -> Iterator[None]:
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, EOFError)
    try:
        yield
    except (*broken, KeyError, ValueError, OSError) as error:
        found, remedy = "another format, or one with a password", "Save it as .xlsx without a password."
        raise CapshareError(Problem(source, "", "an Excel workbook (.xlsx)", found, remedy)) from error


def _open(data: bytes, values: bool) -> Workbook:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl speaks of drop-downs and formats that it does not keep; only values are read here.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(data), read_only=True, data_only=values)


def _rows(sheet: Any) -> Rows:
    # What a file says of its own size is often wrong; without it openpyxl looks at every row.
    sheet.reset_dimensions()
    rows = [[_text(cell) for cell in cells] for cells in sheet.iter_rows()]
    width = max(map(len, rows), default=0)
    return [cells + [""] * (width - len(cells)) for cells in rows]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if "%" in cell.number_format:
            return f"{(Decimal(repr(value)) * 100).normalize():f}%"
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return f"the date {value.isoformat()}"
    return str(value)


def _name_unsaved_formulas(data: bytes, sheets: Mapping[str, Rows]) -> None:
    """Put formulas without a stored value where they would look like blank cells."""
    book = _open(data, values=False)
    for sheet in book.worksheets:
        rows = sheets[sheet.title.strip().casefold()]
        if any(cell == "" for cells in rows for cell in cells):
            for cells, formulas in zip(rows, _rows(sheet), strict=True):
                for place, formula in enumerate(formulas):
                    if formula.startswith("=") and not cells[place]:
                        cells[place] = f"the formula {formula}, whose value was never saved"
    book.close()
