"""Cell places: where the files of a dataset keep the figure that a key names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_units import StudyColumn, study_column, unit_factor
from capshare.indicators.dataset.fields import Fault, Field
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.table_roles import TABLE_ROLES
from capshare.indicators.dataset.text_file import TextRows

KEY = "inputs"
"""First part of the key of a figure of the dataset."""
_REMEDY = "Use a workbook of a run of this study."


@dataclass(frozen=True)
class CellPlace:
    """A cell of a table of a dataset.

    Attributes
    ----------
    resource : its table
    row : number of its row in the file, the header is row 1
    field : its column
    factor : what the cell is multiplied by to be the figure that a study reads
    """

    resource: Resource
    row: int
    field: Field
    factor: Fraction


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of a dataset as text, in which keys are looked up.

    Attributes
    ----------
    resources : what each table is
    texts : name of a table → its cells
    regions : names and codes; None in a file without regions
    """

    resources: Sequence[Resource]
    texts: Mapping[str, TextRows]
    regions: Regions | None

    def place(self, key: str) -> CellPlace:
        """The cell that a key names.

        Parameters
        ----------
        key : ``inputs.COLUMN.CODE`` of the provinces' table; ``inputs.TABLE.COLUMN`` and then code, year or
            both of another, ``inputs.panel.VARIABLE.CODE.YEAR``

        Raises
        ------
        CapshareError
            where no table has such a cell, or several rows are the same.
        """
        resource, column, labels = self._named(key)
        role = TABLE_ROLES.get(resource.role)
        long = role.long if role is not None else False
        field, factor = _value_field(resource) if long else _column(resource, column, key)
        rows = [
            row
            for row, cells in self.texts[resource.name].rows.items()
            if self._is_row(resource, dict(zip(self.texts[resource.name].header, cells, strict=True)), labels)
            and (not long or self._cell(resource, row, "variable").strip() == column)
        ]
        if len(rows) != 1:
            raise CapshareError(Problem(resource.path, key, "one row of this key", str(len(rows)), _REMEDY))
        if long:
            factor = self._into_meant_unit(resource, rows[0], column)
        return CellPlace(resource, rows[0], field, factor)

    def text(self, place: CellPlace) -> str:
        """What a cell holds.

        Parameters
        ----------
        place : of the cell
        """
        return self._cell(place.resource, place.row, place.field.name)

    def _cell(self, resource: Resource, row: int, column: str) -> str:
        text = self.texts[resource.name]
        return text.rows[row][text.header.index(column)]

    def _named(self, key: str) -> tuple[Resource, str, list[str]]:
        """Table, column and labels of a key; a key of two parts is of the provinces' table."""
        _, *parts = key.split(".")
        by_name = {
            **{resource.role: resource for resource in self.resources if not _is_many(resource)},
            **{resource.name: resource for resource in self.resources},
        }
        if len(parts) == 2 and "provinces" in by_name:
            parts = ["provinces", *parts]
        if len(parts) < 3 or parts[0] not in by_name:
            expected, close = "a figure of the dataset", suggestion(parts[0] if parts else "", by_name)
            raise CapshareError(Problem("dataset", key, expected, shown(key), close or _REMEDY))
        return by_name[parts[0]], parts[1], parts[2:]

    def _is_row(self, resource: Resource, cells: Mapping[str, str], labels: Sequence[str]) -> bool:
        role = TABLE_ROLES.get(resource.role)
        keys = [name for name in (role.key if role else ("year",)) if name != "variable"]
        for name, label in zip(keys, labels, strict=False):
            written = cells[resource.region_column if name == "code" else name].strip()
            if name == "code" and self.regions is not None:
                written = self.regions.find(written) or ""
            if written != label:
                return False
        return len(keys) == len(labels)

    def _into_meant_unit(self, resource: Resource, row: int, variable: str) -> Fraction:
        """A long table may state a figure in another unit than its variable is described in."""
        if resource.variables is None or variable not in resource.variables.index:
            return Fraction(1)
        unit, meant = self._cell(resource, row, "unit"), str(resource.variables.loc[variable, "unit"])
        return (unit_factor(unit, meant) or Fraction(1)) if unit != meant else Fraction(1)


def _is_many(resource: Resource) -> bool:
    role = TABLE_ROLES.get(resource.role)
    return role is not None and role.many


def _value_field(resource: Resource) -> tuple[Field, Fraction]:
    return next(field for field in resource.fields if field.name == "value"), Fraction(1)


def _column(resource: Resource, column: str, key: str) -> tuple[Field, Fraction]:
    """A column by the name that a study reads it under, or by its own."""
    read: dict[str, tuple[Field, Fraction]] = {}
    for field in resource.fields:
        found = study_column(field.name, field.about["unit"]) if field.numeric else None
        factor = found.factor if isinstance(found, StudyColumn) else Fraction(1)
        name = found.name if isinstance(found, StudyColumn) else field.name
        read.setdefault(name, (field, factor))
        read.setdefault(field.name, (field, factor))
        if isinstance(found, Fault):
            continue
    if column not in read:
        raise CapshareError(
            Problem(resource.path, key, "a column of this table", shown(column), suggestion(column, read))
        )
    return read[column]
