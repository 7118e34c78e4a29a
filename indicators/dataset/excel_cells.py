"""Excel cells: the sheets of a workbook as rows of text, each cell as a person sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.excel_contents import read_contents
from capshare.indicators.dataset.excel_parts import Parts

Rows = Sequence[Sequence[str]]


def read_sheets(data: bytes, source: str, wanted: Iterable[str]) -> Mapping[str, Rows]:
    """Cells of the sheets of a workbook.

    Numbers come in their shortest form, percentages as a number and ``%``; of a formula its stored value.

    Parameters
    ----------
    data : content of an .xlsx file
    source : what to call it in a message
    wanted : sheets whose cells are read, in small letters

    Returns
    -------
    name of every sheet, trimmed and in small letters → rows, blank ones empty and the others equally long;
    none of a sheet that is not wanted

    Raises
    ------
    CapshareError
        where the file cannot be read as a workbook, two wanted sheets have one name, a cell cannot be read,
        or there are too many.
    """
    # With it comes openpyxl, which takes longer to import than most datasets to read.
    from capshare.indicators.dataset.excel_grid import Grid

    parts = Parts(data, source)
    contents = read_contents(parts)
    wanted = set(wanted)
    named = [(written.strip().casefold(), written, part) for written, part in contents.sheets]
    problems = _same_names([(name, written) for name, written, _ in named if name in wanted], source)
    sheets: dict[str, Rows] = {}
    for name, _, part in named:
        grid = Grid(contents, f"{source}, sheet {name}")
        try:
            if name in wanted:
                parts.parse(part, grid)
            sheets[name] = grid.rows()
        except CapshareError as error:
            problems += error.problems
    if problems:
        raise CapshareError(problems)
    return sheets


def sheet_names(data: bytes, source: str) -> list[str]:
    """Names of the sheets of a workbook as they are written, in their order.

    Parameters
    ----------
    data, source : as of :func:`read_sheets`
    """
    return [written for written, _ in read_contents(Parts(data, source)).sheets]


def _same_names(sheets: Sequence[tuple[str, str]], source: str) -> list[Problem]:
    """Sheets that differ in case alone: which of them was meant cannot be told."""
    count = Counter(name for name, _ in sheets)
    return [
        Problem(source, f"sheet {name}", "one sheet of this name, whatever its case",
                " and ".join(shown(written) for other, written in sheets if other == name), "Rename one.")
        for name in count
        if count[name] > 1
    ]  # fmt: skip
