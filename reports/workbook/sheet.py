"""A sheet in the making: its cells and everything around them, held until the file is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from capshare.reports.workbook.chart import Chart
from capshare.reports.workbook.grid import Formula, Kind
from capshare.reports.workbook.look import PLAIN, Look

# Pixels of a character; a column and a row whose size nobody set.
CHARACTER_PIXELS, _COLUMN_PIXELS, ROW_POINTS = 7, 64, 15


class Cell:
    """One cell.

    Attributes
    ----------
    row, column : from 1
    value : number, text or :class:`Formula`; empty text leaves the cell blank
    kind : "text", "input", "solved" or "live"
    look : how it is shown
    link : title of the sheet that a click leads to, or ""
    """

    __slots__ = ("column", "kind", "link", "look", "row", "value")

    def __init__(
        self, row: int, column: int, value: float | str | Formula, look: Look, kind: Kind, link: str
    ) -> None:
        self.row, self.column, self.value = row, column, value
        self.look, self.kind, self.link = look, kind, link

    @property
    def coordinate(self) -> str:
        """Its place as a formula names it: "F6"."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        place: str = xl_rowcol_to_cell(self.row - 1, self.column - 1)
        return place


@dataclass(frozen=True)
class Mark:
    """A format that follows the values.

    Attributes
    ----------
    cells : range, "D6:D20"
    rule : options of XlsxWriter's ``conditional_format`` but for the format
    look : of the cells that meet the rule; None where the rule draws its own
    """

    cells: str
    rule: Mapping[str, object]
    look: Look | None = None


@dataclass(frozen=True)
class Entry:
    """What may be typed into cells: a list to choose from, or a bound.

    Attributes
    ----------
    cells : range, "D6:D20"
    rule : options of XlsxWriter's ``data_validation``
    """

    cells: str
    rule: Mapping[str, object]


@dataclass
class Page:
    """How a sheet is frozen, filtered and printed; rows and columns from 1.

    Attributes
    ----------
    frozen : first cell that scrolls, or None
    filtered : first and last row, first and last column of the filter, or None
    heading : row that every page repeats, or 0
    repeated : how many columns every page repeats
    across, down : pages that it is fitted onto; 0 down is as many as it takes
    scale : size in print, in %, where it is not fitted; else 0
    area : last row and last column that are printed; None prints everything
    column_breaks, row_breaks : columns and rows after which a new page begins
    tables : first row, that of its title, and last row of every table, from top to bottom
    first_only : whether only as much is printed as one page holds from top to bottom
    is_set : whether it is a table to read, not a form to fill in
    """

    frozen: tuple[int, int] | None = None
    filtered: tuple[int, int, int, int] | None = None
    heading: int = 0
    repeated: int = 0
    across: int = 1
    down: int = 0
    scale: int = 0
    area: tuple[int, int] | None = None
    column_breaks: list[int] = field(default_factory=list)
    row_breaks: list[int] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    first_only: bool = False
    is_set: bool = False


class Sheet:
    """A sheet in the making.

    Attributes
    ----------
    title : of its tab
    cells : (row, column) → cell
    widths, heights : of columns, in characters, and of rows, in points
    column_forms : number format of the empty cells of a column
    spread : row → last of the columns that its first cell is spread over
    page : how it is frozen, filtered and printed
    marks, entries, charts : formats that follow values, what may be typed, native charts
    notes : (row, column) → note that a pointer on the cell shows
    tab_colour : "#9B1C1C", or ""
    protected : whether only unlocked cells may be edited; without a password, it is against slips
    """

    def __init__(self, title: str) -> None:
        self.title, self.page, self.tab_colour, self.protected = title, Page(), "", False
        self.cells: dict[tuple[int, int], Cell] = {}
        self.widths: dict[int, float] = {}
        self.heights: dict[int, float] = {}
        self.column_forms: dict[int, str] = {}
        self.spread: dict[int, int] = {}
        self.marks: list[Mark] = []
        self.entries: list[Entry] = []
        self.charts: list[Chart] = []
        self.notes: dict[tuple[int, int], str] = {}

    def put(
        self,
        row: int,
        column: int,
        value: float | str | Formula,
        look: Look = PLAIN,
        kind: Kind = "text",
        link: str = "",
    ) -> Cell:
        """Write a cell.

        Parameters
        ----------
        row, column, value, look, kind, link : as of :class:`Cell`
        """
        cell = self.cells[row, column] = Cell(row, column, value, look, kind, link)
        return cell

    def cell(self, row: int, column: int) -> Cell:
        """A cell that has been written.

        Parameters
        ----------
        row, column : from 1
        """
        return self.cells[row, column]

    def __getitem__(self, coordinate: str) -> Cell:
        return self.cells[place_of(coordinate)]

    @property
    def max_row(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def max_column(self) -> int:
        """The last column with a cell."""
        return max((column for _, column in self.cells), default=0)

    def pixels(self, column: int) -> float:
        """How wide a column is.

        Parameters
        ----------
        column : from 1
        """
        width = self.widths.get(column)
        return _COLUMN_PIXELS if width is None else width * CHARACTER_PIXELS


class Book:
    """The sheets of a workbook in the making, in their order.

    Attributes
    ----------
    title : of the file
    names : name that formulas use → cell or range that it stands for, "'Assumptions'!$B$6"
    """

    def __init__(self) -> None:
        self.title = ""
        self.names: dict[str, str] = {}
        self._sheets: dict[str, Sheet] = {}

    def add(self, title: str) -> Sheet:
        """A new sheet behind the others.

        Parameters
        ----------
        title : of its tab
        """
        sheet = self._sheets[title] = Sheet(title)
        return sheet

    def __getitem__(self, title: str) -> Sheet:
        return self._sheets[title]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._sheets.values())

    @property
    def sheetnames(self) -> list[str]:
        """Titles of the sheets."""
        return list(self._sheets)


def place_of(coordinate: str) -> tuple[int, int]:
    """Row and column, from 1, of a cell.

    Parameters
    ----------
    coordinate : "F6"
    """
    from xlsxwriter.utility import xl_cell_to_rowcol

    row, column = xl_cell_to_rowcol(coordinate)
    return row + 1, column + 1
