"""Excel grid: the cells of one sheet, kept where they are filled and laid out in rows at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.utils import column_index_from_string, get_column_letter

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.excel_contents import Contents, Texts
from capshare.indicators.dataset.excel_value import Cell, cell_text
from capshare.indicators.dataset.fields import Fault
from capshare.indicators.dataset.text_file import CELLS, COLUMNS, LETTERS, ROWS

# XFD, the last that Excel has.
_LAST_COLUMN = 16_384
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# Cells that hold no more than a format, to every one that is filled.
_BLANKS = 4
_CLEAR = "Clear what does not belong to the table, or split it."


class Grid:
    """Takes the elements of a sheet's part, see `Target`.

    Parameters
    ----------
    contents : what its cells refer to
    source : what to call the sheet in a message
    """

    def __init__(self, contents: Contents, source: str) -> None:
        self._contents, self._source = contents, source
        self._filled: dict[int, dict[int, str]] = {}
        self._begun = self._count = self._letters = self._row = self._column = 0
        self._problems: list[Problem] = []
        self._cell: Mapping[str, str] | None = None
        self._pieces: dict[str, list[str]] = {}
        self._open, self._inline = "", Texts()
        self._shared = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element.

        Parameters
        ----------
        name, attributes : as of :meth:`Target.start`
        """
        if name == "c":
            self._cell = attributes
            self._column += 1
            self._begun += 1
            if self._begun > _BLANKS * CELLS:
                self._refuse("more, most of them blank")
            self._pieces, self._inline, self._shared = {}, Texts(), ""
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif self._cell is not None:
            self._open = name
            if name in ("v", "f"):
                self._pieces[name] = []
                self._shared = attributes.get("si", self._shared)
            else:
                self._inline.start(name, attributes)

    def data(self, text: str) -> None:
        """Take a piece of text.

        Parameters
        ----------
        text : as of :meth:`Target.data`
        """
        if self._open in self._pieces:
            self._pieces[self._open].append(text)
        elif self._open:
            self._inline.data(text)

    def end(self, name: str) -> None:
        """Take the end of an element.

        Parameters
        ----------
        name : as of :meth:`Target.end`
        """
        if name == "c" and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif self._cell is not None:
            self._open = ""
            self._inline.end(name)

    def rows(self) -> Sequence[Sequence[str]]:
        """Rows from the first to the last that is filled.

        Raises
        ------
        CapshareError
            with every cell that could not be read; or where they are too many, or too far to the right.
        """
        if self._problems:
            raise CapshareError(self._problems)
        width = max((max(cells) for cells in self._filled.values()), default=0)
        if width > COLUMNS or width * len(self._filled) > CELLS:
            row = next(row for row, cells in self._filled.items() if width in cells)
            self._refuse(f"a cell filled at {get_column_letter(width)}{row}")
        blank: tuple[str, ...] = ()
        laid: list[Sequence[str]] = [blank] * max(self._filled, default=0)
        for row, cells in self._filled.items():
            laid[row - 1] = [cells.get(column, "") for column in range(1, width + 1)]
        return laid

    def _begin_row(self, number: str) -> None:
        self._column = 0
        self._row += 1
        if number:
            self._row = int(number) if number.isascii() and number.isdecimal() and len(number) < 8 else 0
        if not 1 <= self._row <= ROWS:
            self._row = 0
            self._keep(f"rows numbered 1 to {ROWS}", f"row {shown(number)}")

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        place = cell.get("r", "")
        match = _PLACE.fullmatch(place)
        if match:
            self._row, self._column = int(match[2]), column_index_from_string(match[1])
        if (place and not match) or self._row > ROWS or self._column > _LAST_COLUMN:
            self._keep("cells from A1 to XFD1048576", f"cell {shown(place or self._column)}")
            return
        if self._row:
            self._take(self._said(cell))

    def _take(self, cell: Cell) -> None:
        """Keep what a cell says as text."""
        text = cell_text(cell, self._contents)
        if isinstance(text, Fault):
            self._keep(text.expected, text.found, f"cell {self._coordinate}", text.remedy)
        elif text:
            self._require_bounded(len(text))
            self._filled.setdefault(self._row, {})[self._column] = text

    @property
    def _coordinate(self) -> str:
        return f"{get_column_letter(self._column)}{self._row}"

    def _said(self, cell: Mapping[str, str]) -> Cell:
        value, formula = ("".join(self._pieces[name]) if name in self._pieces else None for name in "vf")
        inline = self._inline.found[-1] if self._inline.found else None
        return Cell(cell.get("t", "n"), cell.get("s", "0"), value, formula, inline, self._shared)

    def _keep(self, expected: str, found: str, place: str = "", remedy: str = _CLEAR) -> None:
        self._require_bounded(0)
        self._problems.append(Problem(self._source, place, expected, found, remedy))

    def _require_bounded(self, letters: int) -> None:
        self._count += 1
        # A shared text takes space once, but time in every cell that refers to it.
        self._letters += letters
        if self._count > CELLS or self._letters > LETTERS:
            self._refuse("more")

    def _refuse(self, found: str) -> None:
        expected = f"a table of at most {COLUMNS} columns, {CELLS} cells and {LETTERS} letters"
        raise CapshareError([*self._problems, Problem(self._source, "", expected, found, _CLEAR)])
