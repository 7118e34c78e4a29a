"""A workbook as openpyxl saves it, in memory; where that fails, nothing is left open."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from capshare.base.temporary_files import temporary_files

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def saved(book: Workbook) -> bytes:
    """The file of a workbook.

    Parameters
    ----------
    book : finished

    Raises
    ------
    CapshareError
        where there is no room for temporary files: openpyxl keeps every sheet in one while it writes
    """
    from openpyxl.writer.excel import ExcelWriter

    kept = io.BytesIO()
    # Workbook.save leaves its archive open where it fails, which Python then complains about.
    with temporary_files(), zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return kept.getvalue()
