"""Columns that several sheets have: which province and year a row is of, and links to another sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from capshare.reports.workbook.book_words import BookWords
from capshare.reports.workbook.grid import Field, Grid, Label
from capshare.reports.workbook.workbook_data import WorkbookData


class BookFields(BookWords):
    """The common columns of one workbook.

    Attributes
    ----------
    data : what is shown
    grids : tables by name
    """

    data: WorkbookData
    grids: dict[str, Grid]

    def block_keys(self) -> dict[Label, object]:
        """(year, code) → block of the province as people read it, with its year where there are several."""
        keys = self.data.block_of
        return {row: self.block_key(*keys[row]) for row in self.data.rows}

    def block_key(self, year: int, block: object) -> str:
        """What a block is called on every sheet, with its year where there are several.

        Parameters
        ----------
        year : one of those shown
        block : name of a group, or that of the nation
        """
        return self.data.key(year, self.block(block))

    def names(self) -> Mapping[str, str]:
        """Code → name of the province in the workbook's language."""
        column = "name_zh" if self.lang == "zh" else "name_en"
        frame = self.data.in_year(self.data.years[0])
        return {str(code): str(name) for code, name in frame[column].items()}

    def year_fields(self, labels: Sequence[Label]) -> list[Field]:
        """Columns that say which year a row is of: none where one year is shown.

        Parameters
        ----------
        labels : of the rows, the year first
        """
        return [Field(name, {label: label[0] for label in labels}, unit="") for name in self.data.year_names]

    def province_fields(self) -> list[Field]:
        """Columns that say which province and year a row is of."""
        rows, names = self.data.rows, self.names()
        name = "name_zh" if self.lang == "zh" else "name_en"
        return [
            *self.year_fields(rows),
            Field("code", {row: row[1] for row in rows}),
            Field(name, {row: names[row[1]] for row in rows}),
        ]

    def code_fields(self, codes: Sequence[str]) -> list[Field]:
        """Columns that say which province a row is of.

        Parameters
        ----------
        codes : of the provinces, one row each
        """
        names = self.names()
        name = "name_zh" if self.lang == "zh" else "name_en"
        return [
            Field("code", {code: code for code in codes}),
            Field(name, {code: names[code] for code in codes}),
        ]

    @property
    def identity(self) -> tuple[str, ...]:
        """Names of the columns of :meth:`province_fields`."""
        return tuple(field.name for field in self.province_fields())

    def link(
        self, name: str, grid: str, column: str, values: pd.Series, unit: str = "auto", heading: str = ""
    ) -> Field:
        """A column that repeats one of another sheet, row by row.

        Parameters
        ----------
        name : of the new column
        grid, column : where it comes from
        values : row label → what Python found, in the unit
        unit, heading : as of :class:`Field`
        """
        source = self.grids[grid]
        return Field(name, values.to_dict(), "live", lambda label: source.peer(column, label), unit, heading)
