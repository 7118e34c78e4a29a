"""Excel formulas: the cells of a workbook by their addresses, each with its formula or its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from capshare.indicators.dataset.excel_contents import Contents, read_contents
from capshare.indicators.dataset.excel_grid import Grid
from capshare.indicators.dataset.excel_parts import Parts
from capshare.indicators.dataset.excel_value import Cell, cell_text
from capshare.indicators.dataset.fields import Fault

_TRUE = ("1", "true")


@dataclass(frozen=True)
class KeptCell:
    """A cell as it is kept, not as a person sees it.

    Attributes
    ----------
    value : number, text or truth value; of a formula the value saved with it; None where there is none
    formula : without its sign =; None where the cell has none
    """

    value: float | str | bool | None
    formula: str | None = None


KeptSheets: TypeAlias = Mapping[str, Mapping[str, KeptCell]]


def read_kept_cells(data: bytes, source: str) -> KeptSheets:
    """Cells of all sheets of a workbook, whichever program saved it.

    Parameters
    ----------
    data : content of an .xlsx file
    source : what to call it in a message

    Returns
    -------
    title of a sheet, in their order → address → cell; blank cells are left out

    Raises
    ------
    CapshareError
        where the file cannot be read as a workbook, or has too many cells.
    """
    parts = Parts(data, source)
    contents = read_contents(parts)
    sheets: dict[str, Mapping[str, KeptCell]] = {}
    for title, part in contents.sheets:
        grid = _KeptGrid(contents, f"{source}, sheet {title}")
        parts.parse(part, grid)
        # It raises what could not be placed.
        grid.rows()
        sheets[title] = grid.kept
    return sheets


class _KeptGrid(Grid):
    """Keeps cells by their addresses, formulas included; see `Target`."""

    def __init__(self, contents: Contents, source: str) -> None:
        super().__init__(contents, source)
        self.kept: dict[str, KeptCell] = {}
        self._first: dict[str, tuple[str, str]] = {}

    def _take(self, cell: Cell) -> None:
        value, formula = _value(cell, self._contents), self._formula(cell)
        if value is not None or formula is not None:
            self._require_bounded(len(formula or "") + (len(value) if isinstance(value, str) else 0))
            self.kept[self._coordinate] = KeptCell(value, formula)

    def _formula(self, cell: Cell) -> str | None:
        """The cell's own text, or that of the first cell of those that share it, moved here."""
        if not cell.shared:
            return cell.formula
        if cell.formula:
            self._first[cell.shared] = (cell.formula, self._coordinate)
            return cell.formula
        if cell.shared not in self._first:
            return cell.formula
        from openpyxl.formula.translate import Translator

        written, origin = self._first[cell.shared]
        moved: str = Translator(f"={written}", origin).translate_formula(self._coordinate)
        return moved.removeprefix("=")


def _value(cell: Cell, contents: Contents) -> float | str | bool | None:
    if cell.kind == "inlineStr" or cell.kind == "s":
        text = cell_text(cell, contents)
        return text.found if isinstance(text, Fault) else text or None
    if not cell.value:
        return None
    if cell.kind == "b":
        return cell.value in _TRUE
    if cell.kind == "n":
        try:
            return float(cell.value)
        except ValueError:
            return cell.value
    return str(cell_text(cell, contents))
