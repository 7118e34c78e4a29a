"""Excel book: a dataset in one workbook, one sheet per table, read with the same checks as a data package.

The sheet ``provinces`` has the names of its columns in row 1, their units in row 2 and figures from row 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import TABLE_BYTES, read_bytes
from capshare.base.shown import shown
from capshare.base.spelling import nearest, suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.dataset_conventions import read_conventions
from capshare.indicators.dataset.descriptor import Descriptor
from capshare.indicators.dataset.excel_about import about_columns, about_dataset, roles_in_sheet
from capshare.indicators.dataset.excel_cells import Rows, read_sheets
from capshare.indicators.dataset.excel_sheets import Sheet, fixed_sheet, provinces_sheet
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.tables import dataset_of
from capshare.indicators.dataset.text_file import TextRows
from capshare.indicators.dataset.vintages import read_vintages

SUFFIXES = (".xlsx", ".xlsm")
_REQUIRED = ("dataset", "regions", "provinces")
_OPTIONAL = ("columns", "panel", "national")


def load_workbook_dataset(path: Path, replaced: bytes | None = None) -> Dataset:
    """Read the dataset in a workbook.

    Parameters
    ----------
    path : of an .xlsx file with the sheets ``dataset``, ``regions`` and ``provinces``, and, where they are
        wanted, ``columns``, ``panel`` and ``national``; other sheets are not read
    replaced : other content of the file; None for what stands on disk

    Returns
    -------
    Dataset, sorted by code

    Raises
    ------
    CapshareError
        with every problem found in any sheet.
    """
    data = read_bytes(path, TABLE_BYTES, path.name) if replaced is None else replaced
    rows = _rows(data, path.name)
    said, problems = about_dataset(rows["dataset"], path.name)
    described, found = about_columns(rows.get("columns", []), path.name)
    base_year = int(said.get("base_year", "0")) if not problems else 0
    sheets = _sheets(rows, described, base_year, path.name)
    problems += [*found, *(problem for sheet in sheets for problem in sheet.problems)]
    name = said.get("name", "")
    resources = tuple(sheet.resource for sheet in sheets)
    figures = {resource.role: resource.figures for resource in resources}
    roles, found = roles_in_sheet(described, figures, path.name)
    problems += found
    conventions, found = read_conventions(said.get("region_word") or None, resources, path.name)
    problems += found
    unnamed, _ = read_vintages(None)
    descriptor = Descriptor(name, said.get("title") or name, resources, roles, unnamed, conventions)
    texts = {sheet.resource.name: sheet.text for sheet in sheets if sheet.text is not None}
    return dataset_of(descriptor, texts, problems, path.parent, {path.name: data})


def workbook_tables(data: bytes, source: str) -> tuple[tuple[Resource, ...], dict[str, TextRows]]:
    """The tables of a dataset in a workbook that was read before, and their cells.

    Parameters
    ----------
    data : content of the .xlsx file
    source : what to call it in a message
    """
    rows = _rows(data, source)
    described, _ = about_columns(rows.get("columns", []), source)
    sheets = _sheets(rows, described, 0, source)
    return (
        tuple(sheet.resource for sheet in sheets),
        {sheet.resource.name: sheet.text for sheet in sheets if sheet.text is not None},
    )


def _rows(data: bytes, source: str) -> Mapping[str, Rows]:
    rows = read_sheets(data, source, (*_REQUIRED, *_OPTIONAL))
    problems = _sheet_problems(rows, source)
    if problems:
        raise CapshareError(problems)
    return rows


def _sheets(
    rows: Mapping[str, Rows], described: Mapping[str, Mapping[str, Any]], base_year: int, source: str
) -> list[Sheet]:
    return [
        fixed_sheet("regions", rows["regions"], source),
        provinces_sheet(rows["provinces"], described, base_year, source),
        *(fixed_sheet(name, rows[name], source) for name in ("panel", "national") if _filled(rows, name)),
    ]


def _filled(rows: Mapping[str, Rows], name: str) -> bool:
    """Whether a sheet has anything below its header."""
    return any(cell.strip() for cells in rows.get(name, [])[1:] for cell in cells)


def _sheet_problems(rows: Mapping[str, Rows], file: str) -> list[Problem]:
    problems = [
        Problem(file, f"sheet {name}", "this sheet", "none", suggestion(name, rows))
        for name in _REQUIRED
        if name not in rows
    ]
    return problems + [
        Problem(file, f"sheet {name}", "a sheet of another name", shown(name), f"Did you mean {near}?")
        for name in rows
        if name not in (*_REQUIRED, *_OPTIONAL)
        and (near := nearest(name, _OPTIONAL)) is not None
        and near not in rows
    ]
