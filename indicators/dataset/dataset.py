"""Dataset: the provinces' figures with their units, names and sources, on labelled frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.regions import Regions


@dataclass(frozen=True, eq=False)
class Dataset:
    """Everything a study reads, checked and sorted by code.

    Attributes
    ----------
    name, title : of the dataset
    base_year : year of `table`
    regions : names and codes
    table : index ``code``, every region once; one numeric column per variable, its unit at the end of
        its name
    fields : index ``column``, one row per column of `table`; ``title_en, title_zh, unit, source, status,
        confidence, check, description``; what the data package does not say is ``""``
    panel : ``code, year, variable, value, unit`` and what else the file has, coverage differs by
        variable; None where the dataset has no panel
    panel_variables : index ``variable``, columns as `fields`; None without a panel
    national : ``year, variable, value, unit`` and what else the file has; None where there is none
    published : published results by the name of their table; index ``code``; a table may cover only
        some of the regions (a ranking of the provinces in deficit)
    folder : where its files are
    files : content of the files as it was read, by name; the data package's description is one of them
    notes : implausible figures with the likely slip of a unit, encodings that are a guess
    """

    name: str
    title: str
    base_year: int
    regions: Regions
    table: pd.DataFrame
    fields: pd.DataFrame
    panel: pd.DataFrame | None
    panel_variables: pd.DataFrame | None
    national: pd.DataFrame | None
    published: Mapping[str, pd.DataFrame]
    folder: Path
    files: Mapping[str, bytes]
    notes: tuple[Note, ...] = ()

    def select(self, columns: Iterable[str]) -> pd.DataFrame:
        """Columns of the provinces' table.

        Parameters
        ----------
        columns : names of columns

        Returns
        -------
        DataFrame, index code, the columns in the order asked for

        Raises
        ------
        CapshareError
            with every unknown column and the one nearest to it.
        """
        wanted = list(columns)
        problems = [
            Problem(
                f"dataset {self.name}",
                "",
                "a column of the provinces' table",
                shown(column),
                suggestion(column, self.table.columns),
            )
            for column in wanted
            if column not in self.table.columns
        ]
        if problems:
            raise CapshareError(problems)
        return self.table[wanted]
