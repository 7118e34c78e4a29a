"""What every workbook is written with: its sheets, headings and cells, and what its formulas must give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from capshare.reports.words.columns import unit_word
from capshare.reports.workbook.cells import CHOSEN, OWN_FORMS, SCIENTIFIC, put_value
from capshare.reports.workbook.grid import Formula, Kind
from capshare.reports.workbook.print_pages import set_pages
from capshare.reports.workbook.sheet import Book, Sheet
from capshare.reports.workbook.text_cells import put_heading, put_link, put_title

BACK_ROW = 3


class BookWriter:
    """A workbook in the making.

    Attributes
    ----------
    book : the workbook, its sheets made in their order and still empty
    lang : language of the texts
    """

    def __init__(self, lang: str, titles: Iterable[str]) -> None:
        self.book, self.lang = Book(), lang
        for title in titles:
            self.book.add(title)

    @cached_property
    def expected(self) -> Mapping[tuple[str, str], object]:
        """Sheet title and cell → what its formula must give; to be read once the workbook is finished."""
        return {
            (sheet.title, cell.coordinate): cell.value.value
            for sheet in self.book
            for cell in sheet.cells.values()
            if isinstance(cell.value, Formula)
        }

    def begin(self, sheet: Sheet, title: str, meaning: str, back: str, contents: str) -> None:
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
        return "" if unit in ("", SCIENTIFIC, CHOSEN, *OWN_FORMS) else self.unit(unit)

    def head(self, sheet: Sheet, row: int, column: int, label: str, unit: str, of_numbers: bool) -> str:
        """Write the heading of a column, its unit on a line of its own, and return it.

        Parameters
        ----------
        sheet, row, column : where
        label, unit : of the column
        of_numbers : whether it stands to the right, as numbers do
        """
        told = self.unit_below(unit)
        heading = f"{label}\n{told}" if told else label
        put_heading(sheet, row, column, heading, of_numbers)
        return heading

    def put_cell(
        self, sheet: Sheet, row: int, column: int, value: object, kind: Kind = "text", form: str = ""
    ) -> None:
        """Write one cell in a number format.

        Parameters
        ----------
        sheet, row, column, value, kind : as of :func:`~capshare.reports.workbook.cells.put_value`
        form : number format of Excel; empty for text
        """
        put_value(sheet, row, column, value, self.lang, kind, form)

    def finish(self) -> Book:
        """The workbook, set up to be printed."""
        for sheet in self.book:
            set_pages(sheet)
        return self.book
