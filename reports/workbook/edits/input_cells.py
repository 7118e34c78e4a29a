"""The cells of a workbook that a run reads back: where each stands, and which number of the study it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from numbers import Real

from openpyxl.utils import coordinate_to_tuple

from capshare.indicators.dataset.excel_formulas import KeptSheets
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Grid

_NAMES = ("name_en", "name_zh")


@dataclass(frozen=True)
class InputCell:
    """A cell that may be edited.

    Attributes
    ----------
    sheet, cell : title of its sheet, and its address
    column, row_name : heading of its column, and what its row is called
    unit : of its number, in the workbook's language
    key : where a run reads it, as :mod:`~capshare.reports.workbook.grid` lists keys
    codes : word that it may hold → what the study says for it; empty for a number
    optional : whether it may be blank
    """

    sheet: str
    cell: str
    column: str
    row_name: str
    unit: str
    key: str
    codes: Mapping[str, str]
    optional: bool

    @property
    def place(self) -> str:
        """For messages: sheet, cell, and what they are called."""
        return (
            f"sheet {self.sheet}, cell {self.cell} ({', '.join(filter(None, (self.column, self.row_name)))})"
        )


def input_cells(builder: WorkbookBuilder, cells: KeptSheets) -> tuple[InputCell, ...]:
    """Every cell that is marked as input and has a key.

    Parameters
    ----------
    builder : of the workbook
    cells : of the same workbook, as it was written
    """
    units = {(sheet, field.name): unit for sheet, field, _, unit, _ in builder.columns}
    found = []
    for name, column in builder.watched:
        grid, field = builder.grids[name], builder.fields[name, column]
        for label in grid.labels:
            cell, key = grid.at(column, label), field.key(label) if field.key else ""
            written = builder.book[grid.sheet].cell(grid.row(label), grid.place(column))
            if not key or written.kind != "input":
                continue
            called = named(cells, grid, cell)
            found.append(
                InputCell(
                    sheet=grid.sheet,
                    cell=cell,
                    column=called[0],
                    row_name=called[1],
                    unit=units[grid.sheet, column],
                    key=key,
                    codes=dict(zip(field.choices, field.codes, strict=True)),
                    optional=field.optional,
                )
            )
    return tuple(found)


def place_of(builder: WorkbookBuilder, cells: KeptSheets, sheet: str, cell: str) -> str:
    """For messages: where a cell stands, with its heading and the name of its row where it is of a table.

    Parameters
    ----------
    builder : of the workbook
    cells : of the same workbook, as it was written
    sheet, cell : title of a sheet and address of a cell
    """
    called = next((named(cells, grid, cell) for grid in _around(builder, sheet, cell)), ("", ""))
    told = ", ".join(filter(None, called))
    return f"sheet {sheet}, cell {cell}" + (f" ({told})" if told else "")


def named(cells: KeptSheets, grid: Grid, cell: str) -> tuple[str, str]:
    """Heading of a cell's column and name of its row.

    Parameters
    ----------
    cells : of the workbook
    grid : the table that the cell is of
    cell : its address
    """
    row, column = coordinate_to_tuple(cell)
    heading = _text(cells, grid.sheet, grid.names[column - grid.left], grid, grid.top)
    # The name of a province says more than its code.
    known = [name for name in ("year", *_NAMES) if name in grid.names] or grid.names[:1]
    labels = [_text(cells, grid.sheet, name, grid, row) for name in known]
    # The unit is on a line of its own.
    return heading.split("\n")[0], " ".join(filter(None, labels))


def _text(cells: KeptSheets, sheet: str, name: str, grid: Grid, row: int) -> str:
    held = cells[sheet].get(f"{grid.letter(name)}{row}")
    if held is None or held.value is None:
        return ""
    return f"{held.value:g}" if isinstance(held.value, Real) else str(held.value)


def _around(builder: WorkbookBuilder, sheet: str, cell: str) -> Iterator[Grid]:
    row, column = coordinate_to_tuple(cell)
    for grid in builder.grids.values():
        inside = grid.left <= column < grid.left + len(grid.names)
        if grid.sheet == sheet and grid.top < row <= grid.bottom and inside:
            yield grid
