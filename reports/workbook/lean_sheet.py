"""XlsxWriter's worksheet with a short way from a cell to its XML, where most of its time is spent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

from capshare.reports.workbook.grid import Formula, column_letter
from capshare.reports.workbook.sheet import Cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from capshare.reports.workbook.look import Look

# Longer texts are left to XlsxWriter, which counts them as Excel does.
_SHORT = 10_000


class LeanSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that is told of what kind its cells are, and writes each row in one go.

    XlsxWriter asks of every cell whether its place is named like "F6", looks for some thirty newer functions
    in every formula, and searches every part of its XML for letters to escape. Here places are numbers,
    newer functions have their prefix where formulas are written, and only formulas and words are escaped.
    """

    def take(self, cells: Iterable[Cell], format_of: Callable[[Look], Format]) -> list[Cell]:
        """Hold numbers, words and formulas, and return the cells that need more: links, blanks, long texts.

        Parameters
        ----------
        cells : of a sheet, none with a number that no cell can hold
        format_of : look → format of the file
        """
        table, index_of, left = self.table, self.str_table._get_shared_string_index, []
        for cell in cells:
            value, held = cell.value, table[cell.row - 1]
            if isinstance(value, Formula):
                held[cell.column - 1] = CellFormulaTuple(value.text[1:], format_of(cell.look), value.value)
            elif not isinstance(value, str):
                held[cell.column - 1] = CellNumberTuple(value, format_of(cell.look))
            elif value and not cell.link and len(value) < _SHORT:
                held[cell.column - 1] = CellStringTuple(index_of(value), format_of(cell.look))
            else:
                left.append(cell)
        for row, across in table.items():
            if across:
                self._check_dimensions(row, min(across))
                self._check_dimensions(row, max(across))
        return left

    def _write_rows(self) -> None:
        styles: dict[int, int] = {}
        for row in range(self.dim_rowmin or 0, (self.dim_rowmax or 0) + 1):
            cells, info = self.table.get(row), self.row_info.get(row)
            if cells:
                self._write_row(row, None, info)
                for column in sorted(cells):
                    self._write_held(row, column, cells[column], styles)
                self._xml_end_tag("row")
            elif info or row in self.comments:
                self._write_empty_row(row, None, info)

    def _write_held(self, row: int, column: int, cell: Any, styles: dict[int, int]) -> None:
        """One cell as XML; `styles` keeps the number of each format."""
        style = styles.get(id(cell.format))
        if style is None:
            style = styles[id(cell.format)] = cell.format._get_xf_index()
        kind, start = type(cell), f'<c r="{column_letter(column + 1)}{row + 1}" s="{style}"'
        if kind is CellNumberTuple:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        elif kind is CellStringTuple:
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind is CellFormulaTuple and type(cell.value) in (float, int):
            self.fh.write(f"{start}><f>{_escaped(cell.formula)}</f><v>{cell.value}</v></c>")
        elif kind is CellFormulaTuple and type(cell.value) is str and cell.value:
            formula, words = _escaped(cell.formula), _escaped(cell.value)
            self.fh.write(f'{start} t="str"><f>{formula}</f><v>{words}</v></c>')
        else:
            self._write_cell(row, column, cell)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
