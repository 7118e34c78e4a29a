"""Dataset: the provinces' figures with their units, names and sources, on labelled frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_roles import Plan
from capshare.indicators.dataset.facts import DescribedTable, Facts
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
    tables : tables of further kinds by their role: ``production``, ``inventory``, ``official_targets``,
        ``emission_factors``
    facts : roles of columns and series, vintages, sums
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
    tables: Mapping[str, DescribedTable] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
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

    def table_of(self, role: str) -> pd.DataFrame:
        """Table of a further kind.

        Parameters
        ----------
        role : ``production``, ``inventory``, ``official_targets`` or ``emission_factors``

        Returns
        -------
        DataFrame, as of :class:`~capshare.indicators.dataset.facts.DescribedTable`

        Raises
        ------
        CapshareError
            where the dataset has none.
        """
        if role in self.tables:
            return self.tables[role].frame
        remedy = f'Add a table with "role": "{role}" to its data package, or use another dataset.'
        raise CapshareError(Problem(f"dataset {self.name}", "", f"a table of role {role}", "none", remedy))

    def national_series(self, role: str) -> pd.Series:
        """Series of the national table that plays a role.

        Parameters
        ----------
        role : of :data:`~capshare.indicators.dataset.column_roles.COLUMN_ROLES`

        Returns
        -------
        Series, index ``year``, name as of the variable

        Raises
        ------
        CapshareError
            where the dataset does not say which series it is.
        """
        name = self.facts.roles.require("national", role, self.name)
        rows = pd.DataFrame() if self.national is None else self.national
        return rows[rows["variable"] == name].set_index("year")["value"].rename(name)

    def panel_of(self, role: str) -> pd.DataFrame:
        """Series of the panel that plays a role.

        Parameters
        ----------
        role : as for `national_series`

        Returns
        -------
        DataFrame, code × year; NaN where a year has no figure

        Raises
        ------
        CapshareError
            where the dataset does not say which series it is.
        """
        name = self.facts.roles.require("panel", role, self.name)
        rows = pd.DataFrame() if self.panel is None else self.panel
        return rows[rows["variable"] == name].pivot(index="code", columns="year", values="value")

    def assigned_cuts(self, plan: Plan) -> pd.Series:
        """Cuts of carbon intensity that a plan assigned, index code, %.

        Parameters
        ----------
        plan : one of the dataset's
        """
        table = self.table if plan.table == "provinces" else self.table_of(plan.table)
        return table[plan.column]
