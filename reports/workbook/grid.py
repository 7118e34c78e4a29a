"""A table on a sheet, addressed by the names of its columns and the labels of its rows.

Every cell to be edited has a key, the place where a run reads its number; see :attr:`Field.key`.

===================================== ==================================================================
``allocation.max_deviation``          a key of the study, as ``--set`` takes it
``targets.band_pct.1``                an entry of a list of the study, from 1
``cap.cuts_pct.2030``                 an entry of a table of the study
``weights.given.ID``                  weight of an indicator; a blank cell is one that is not given
``groups.given.CODE``                 group of a province; a blank cell leaves it in the group found
``indicators.ID.direction``           "more" or "less"; ``burden.indicators.ID.direction`` of targets
``inputs.COLUMN.CODE``                a cell of the dataset's table of provinces
``inputs.TABLE.COLUMN.CODE``          a cell of another table of the dataset with one row per province
``inputs.national.VARIABLE.YEAR``     a figure of the dataset's national series
``inputs.panel.VARIABLE.CODE.YEAR``   a figure of the dataset's panel
``inputs.scenario.VARIABLE.YEAR``     a figure of the scenario of national growth
===================================== ==================================================================

COLUMN, TABLE and VARIABLE are the dataset's names and the cell is in its unit, both as a study reads them.
TABLE is ``national`` of the national series, ``panel`` of the panel, ``scenario`` of the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

Kind = Literal["text", "input", "solved", "live"]
# Whatever the index of a frame holds: a code, a year, or a tuple of them.
Label: TypeAlias = Any
ToFormula: TypeAlias = Callable[[Label], str]


@dataclass(frozen=True)
class Formula:
    """A live cell: what the spreadsheet computes, and what Python found.

    Attributes
    ----------
    text : the formula, beginning with =
    value : the number or text that the formula must give
    """

    text: str
    value: object


@dataclass(frozen=True)
class Field:
    """One column of a table.

    Attributes
    ----------
    name : formulas and the catalogue know the column by it
    values : row label → number, boolean or text; of a live column what Python found
    kind : "text", "input" (a number to edit), "solved" (decided by a solver or an estimate) or "live"
    formula : row label → formula without =; an empty one leaves the value
    unit : of the values; "auto" takes it from the ending of the name
    heading : "" takes it from the catalogue
    meaning : one sentence for the guide; "" takes it from the catalogue
    key : of an input: row label → where a run reads the number; the kinds are listed above
    plain : kind of the cells of a live column that have no formula
    widens : whether the column is made as wide as its values; else long texts run on to the right
    choices : of an input: the words it may hold, for a list to choose from; empty for numbers
    codes : of an input with choices: what the study says for each of them, in their order
    optional : of an input: whether a blank cell says something, such as that nothing is given
    units : of an input whose rows have units of their own: row label → unit
    """

    name: str
    values: Mapping[Label, object]
    kind: Kind = "text"
    formula: ToFormula | None = None
    unit: str = "auto"
    heading: str = ""
    meaning: str = ""
    key: ToFormula | None = None
    plain: Kind = "solved"
    widens: bool = True
    choices: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    optional: bool = False
    units: ToFormula | None = None


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
