"""What every workbook is written with: its sheets, headings and cells, and what its formulas must give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from capshare.reports.words.columns import unit_word
from capshare.reports.workbook.cells import SCIENTIFIC, CellWriter, readable_cell
from capshare.reports.workbook.grid import Formula, Kind
from capshare.reports.workbook.layout import set_print_area
from capshare.reports.workbook.text_cells import put_heading, put_link, put_title

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

BACK_ROW = 3


class BookWriter:
    """A workbook in the making.

    Attributes
    ----------
    book : the workbook, its sheets made in their order and still empty
    lang : language of the texts
    expected : (sheet title, cell) → what Python found for its formula
    """

    def __init__(self, lang: str, titles: Iterable[str]) -> None:
        from openpyxl import Workbook as Book

        self.book, self.lang, self._cells = Book(), lang, CellWriter(lang)
        self.expected: dict[tuple[str, str], object] = {}
        self.book.remove(self.book.worksheets[0])
        for title in titles:
            self.book.create_sheet(title)

    def begin(self, sheet: Worksheet, title: str, meaning: str, back: str, contents: str) -> None:
        """Write what stands above the table of a sheet.

        Parameters
        ----------
        sheet : to begin
        title, meaning : its title, and the sentence beneath
        back, contents : words that lead to the table of contents, and the title of that
        """
        put_title(sheet, title, meaning)
        put_link(sheet, BACK_ROW, 1, back, contents)

    def unit(self, unit: str) -> str:
        """A unit in the language.

        Parameters
        ----------
        unit : as the code writes it, "Mt CO2"
        """
        return unit_word(unit, self.lang)

    def unit_below(self, unit: str) -> str:
        """The unit as it stands below a heading; nothing for plain numbers.

        Parameters
        ----------
        unit : as of :meth:`unit`
        """
        return "" if unit in ("", SCIENTIFIC) else self.unit(unit)

    def head(self, sheet: Worksheet, row: int, column: int, label: str, unit: str, of_numbers: bool) -> str:
        """Write the heading of a column, its unit on a line of its own, and return it.

        Parameters
        ----------
        sheet, row, column : where
        label, unit : of the column
        of_numbers : whether it stands to the right, as numbers do
        """
        told = self.unit_below(unit)
        heading = f"{label},\n{told}" if told else label
        put_heading(sheet, row, column, heading, of_numbers)
        return heading

    def put_cell(
        self, sheet: Worksheet, row: int, column: int, value: object, kind: Kind = "text", form: str = ""
    ) -> None:
        """Write one cell in a number format, and remember what its formula must give.

        Parameters
        ----------
        sheet, row, column, value, kind : as of :meth:`~capshare.reports.workbook.cells.CellWriter.put`
        form : number format of Excel; empty for text
        """
        cell = self._cells.put(sheet, row, column, value, kind, form)
        if isinstance(value, Formula):
            self.expected[sheet.title, cell.coordinate] = readable_cell(value.value, self.lang)

    def finish(self, rows_of_charts: Callable[[str], int] = lambda title: 0) -> Workbook:
        """The workbook, set up to be printed and to be computed by whoever opens it.

        Parameters
        ----------
        rows_of_charts : title of a sheet → rows that charts take below its cells
        """
        for sheet in self.book.worksheets:
            set_print_area(sheet, rows_of_charts(sheet.title))
        self.book.properties.creator = "capshare"
        # The values in it are for those who cannot compute.
        self.book.calculation.fullCalcOnLoad = True
        return self.book
