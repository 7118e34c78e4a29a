"""A table on a sheet, addressed by the names of its columns and the labels of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from capshare.reports.workbook.field import Field, Formula, Kind, Label, ToFormula

__all__ = ["Field", "Formula", "Grid", "Kind", "Label", "ToFormula", "literal"]


@dataclass(frozen=True)
class Grid:
    """Where a table stands.

    Attributes
    ----------
    sheet : title of its sheet
    top : row of the headings; the first row of values is below
    labels : of the rows, in their order
    names : of the columns, in their order
    left : number of the first column
    """

    sheet: str
    top: int
    labels: tuple[Label, ...]
    names: tuple[str, ...]
    left: int = 1

    @cached_property
    def _rows(self) -> dict[Label, int]:
        return {label: self.top + 1 + place for place, label in enumerate(self.labels)}

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {name: column_letter(self.left + place) for place, name in enumerate(self.names)}

    @cached_property
    def quoted(self) -> str:
        """The sheet's title as a formula names it."""
        return "'" + self.sheet.replace("'", "''") + "'"

    @property
    def bottom(self) -> int:
        """The last row of values."""
        return self.top + len(self.labels)

    def letter(self, name: str) -> str:
        """Column letter.

        Parameters
        ----------
        name : of the column
        """
        return self._letters[name]

    def place(self, name: str) -> int:
        """Column number.

        Parameters
        ----------
        name : of the column
        """
        return self.left + self.names.index(name)

    def row(self, label: Label) -> int:
        """Row number.

        Parameters
        ----------
        label : of the row
        """
        return self._rows[label]

    def at(self, name: str, label: Label) -> str:
        """A cell as a formula on the same sheet names it: ``F6``.

        Parameters
        ----------
        name, label : of the column and of the row
        """
        return f"{self._letters[name]}{self._rows[label]}"

    def above(self, name: str, label: Label) -> str:
        """The cell above :meth:`at`; above the first row that is the heading.

        Parameters
        ----------
        name, label : as of :meth:`at`
        """
        return f"{self._letters[name]}{self._rows[label] - 1}"

    def ref(self, name: str, label: Label) -> str:
        """A cell that stays where the formula is copied: ``'Inputs'!$F$6``.

        For the one cell of a table without rows of the formula's own; see :meth:`peer` and :meth:`find`.

        Parameters
        ----------
        name, label : as of :meth:`at`
        """
        return f"{self.quoted}!${self._letters[name]}${self._rows[label]}"

    def peer(self, name: str, label: Label) -> str:
        """A cell of another sheet whose row moves with the formula: ``'Inputs'!$F6``.

        For a table with the same rows in the same order, which a check compares label by label.

        Parameters
        ----------
        name, label : as of :meth:`at`
        """
        return f"{self.quoted}!${self._letters[name]}{self._rows[label]}"

    def find(self, name: str, key: str, by: str) -> str:
        """What another table holds in the row of a key: ``INDEX('Groups'!$F$6:$F$9,MATCH($C6,…,0))``.

        Parameters
        ----------
        name : of the column wanted
        key : cell with the key, as :meth:`at` gives it
        by : name of the column that holds the keys, each once
        """
        return f"INDEX({self.column(name)},MATCH({key},{self.column(by)},0))"

    def sum_where(self, name: str, /, **keys: str) -> str:
        """Sum of a column over the rows that meet conditions; words count as nothing.

        Parameters
        ----------
        name : of the column that is summed
        keys : name of a column → cell or criterion that its rows must equal, ``year="$A6"``
        """
        met = ",".join(f"{self.column(column)},{cell}" for column, cell in keys.items())
        return f"SUMIFS({self.column(name)},{met})"

    def span(self, name: str, labels: Sequence[Label] | None = None) -> str:
        """A column, or neighbouring rows of it, on the same sheet: ``F$6:F$35``.

        Parameters
        ----------
        name : of the column
        labels : of rows that stand below one another, the first and the last suffice; None for all rows
        """
        first, last = self._ends(labels)
        letter = self._letters[name]
        return f"{letter}${first}:{letter}${last}"

    def column(self, name: str, labels: Sequence[Label] | None = None) -> str:
        """A column, or neighbouring rows of it, from another sheet: ``'Inputs'!$F$6:$F$35``.

        Parameters
        ----------
        name, labels : as of :meth:`span`
        """
        first, last = self._ends(labels)
        letter = self._letters[name]
        return f"{self.quoted}!${letter}${first}:${letter}${last}"

    def across(self, first: str, last: str, label: Label) -> str:
        """Neighbouring cells of a row: ``F6:J6``.

        Parameters
        ----------
        first, last : names of columns
        label : of the row
        """
        return f"{self._letters[first]}{self._rows[label]}:{self._letters[last]}{self._rows[label]}"

    def _ends(self, labels: Sequence[Label] | None) -> tuple[int, int]:
        if labels is None:
            return self.top + 1, self.bottom
        return self._rows[labels[0]], self._rows[labels[-1]]


@cache
def column_letter(column: int) -> str:
    """Letter of a column, "AA" for the 27th.

    Parameters
    ----------
    column : from 1
    """
    from xlsxwriter.utility import xl_col_to_name

    letter: str = xl_col_to_name(column - 1)
    return letter


def literal(text: str) -> str:
    """Text as a formula quotes it.

    Parameters
    ----------
    text : to quote; a quotation mark in it is doubled
    """
    return '"' + text.replace('"', '""') + '"'
