"""Resource: one table of a data package, as its description says it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.fields import DESCRIPTION, Field, about, read_field
from capshare.indicators.dataset.package_json import FILE_NAME
from capshare.indicators.dataset.sums import Sum, read_sums
from capshare.indicators.dataset.table_roles import TABLE_ROLES, needed_columns
from capshare.indicators.dataset.vintages import Span, read_spans


@dataclass(frozen=True, eq=False)
class Resource:
    """One table of a data package.

    Attributes
    ----------
    name, role : of the table
    path : relative to the package's folder, in its shortest form: ``data.csv`` for ``./data.csv``
    base_year : year of its figures, where it has one
    fields : its columns
    region_column : first column of the key: it names the region, but in a national table
    blanks : texts that mean "no value"
    variables : index ``variable``, columns `DESCRIPTION`; of a long table, else None
    spans : column or variable → the vintages of its figures
    sums : columns that add up to others
    """

    name: str
    role: str
    path: str
    base_year: int | None
    fields: tuple[Field, ...]
    region_column: str
    blanks: tuple[str, ...]
    variables: pd.DataFrame | None
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()

    @property
    def key(self) -> str:
        """What it goes by among the tables: its role, or its name where a dataset may have several."""
        return self.name if TABLE_ROLES[self.role].many else self.role

    @property
    def figures(self) -> tuple[str, ...]:
        """Its columns, or the variables of a long table."""
        if self.variables is not None:
            return tuple(self.variables.index)
        return tuple(field.name for field in self.fields)


def read_resource(
    entry: Mapping[str, Any], place: str, vintages: Iterable[str] = ()
) -> tuple[Resource | None, list[Problem]]:
    """Table of its description in datapackage.json.

    Parameters
    ----------
    entry : one of ``resources``
    place : what to call it in a message
    vintages : that the package names

    Returns
    -------
    the table, or None where it cannot be used, and the problems found
    """
    problems = _path_problems(entry.get("path"), place)
    schema = entry.get("schema")
    described = schema.get("fields") if isinstance(schema, Mapping) else None
    if not isinstance(schema, Mapping) or not isinstance(described, list) or not described:
        remedy = 'Describe every column: "schema": {"fields": [{"name": ..., "type": ...}]}.'
        return None, [*problems, Problem(FILE_NAME, place, "a schema with fields", shown(schema), remedy)]
    fields: list[Field] = []
    for number, descriptor in enumerate(described, start=1):
        said = descriptor if isinstance(descriptor, Mapping) else {}
        column, found = read_field(said, FILE_NAME, f"{place}, field {number}")
        problems += found
        fields += [column] if column is not None else []
    problems += [*_base_year_problems(entry, place), *_schema_problems(schema, place)]
    variables, found = _read_variables(entry, place)
    problems += found
    spans, found = _read_spans(
        [*described, *entry.get("variables", [])] if not problems else [], vintages, place
    )
    problems += found
    if problems:
        return None, problems
    resource = Resource(
        name=str(entry.get("name")),
        role=str(entry.get("role")),
        path=PurePosixPath(entry["path"]).as_posix(),
        base_year=entry.get("base_year"),
        fields=tuple(fields),
        region_column=_region_column(schema),
        blanks=("", *schema.get("missingValues", ())),
        variables=variables,
        spans=spans,
    )
    problems = _column_problems(resource, place)
    if entry.get("sums") is None or entry.get("role") not in TABLE_ROLES:
        return resource, problems
    sums, found = read_sums(entry["sums"], resource.key, resource.figures, place)
    return replace(resource, sums=sums), [*problems, *found]


def _schema_problems(schema: Mapping[str, Any], place: str) -> list[Problem]:
    """Keys of a schema that tell how its cells are read."""
    blanks, key = schema.get("missingValues", []), schema.get("primaryKey", "code")
    problems = []
    if not isinstance(blanks, list) or not all(isinstance(text, str) for text in blanks):
        remedy = 'Write, say, "missingValues": ["", "NA"].'
        problems.append(
            Problem(FILE_NAME, f"{place}, missingValues", "a list of texts", shown(blanks), remedy)
        )
    names = key if isinstance(key, list) else [key]
    if not names or not all(isinstance(name, str) for name in names):
        remedy = 'Write, say, "primaryKey": ["code"].'
        expected = "the name of a column, or a list of them"
        problems.append(Problem(FILE_NAME, f"{place}, primaryKey", expected, shown(key), remedy))
    return problems


def _region_column(schema: Mapping[str, Any]) -> str:
    key = schema.get("primaryKey", "code")
    return str(key[0] if isinstance(key, list) else key)


def _column_problems(resource: Resource, place: str) -> list[Problem]:
    names = [field.name for field in resource.fields]
    needed = needed_columns(resource.role, resource.region_column)
    missing = [name for name in needed if name not in names]
    listed = f"none among {', '.join(names)}"
    remedy = "Describe the column; a key column other than code is named by primaryKey."
    problems = [Problem(FILE_NAME, place, f"a field {name}", listed, remedy) for name in missing]
    problems += [
        Problem(FILE_NAME, f"{place}, field {name}", "each field once", "a second one", "Keep one of them.")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    return problems + [
        Problem(FILE_NAME, f"{place}, field {field.name}", "a numeric type", field.type, "Correct the type.")
        for field in resource.fields
        if field.name in needed and field.name in ("year", "value") and not field.numeric
    ]


def _path_problems(path: object, place: str) -> list[Problem]:
    if isinstance(path, str) and path and "://" not in path:
        pure = PurePosixPath(path)
        if not pure.is_absolute() and ".." not in pure.parts:
            return []
    remedy = "Put the file beside datapackage.json and give its name."
    return [Problem(FILE_NAME, f"{place}, path", "a file in the package's folder", shown(path), remedy)]


def _base_year_problems(entry: Mapping[str, Any], place: str) -> list[Problem]:
    year = entry.get("base_year")
    needed = entry.get("role") == "provinces"
    if (isinstance(year, int) and 1000 <= year <= 9999) or (year is None and not needed):
        return []
    found = "none" if year is None else shown(year)
    return [Problem(FILE_NAME, f"{place}, base_year", "a year", found, 'Write "base_year": 2017, say.')]


def _read_variables(entry: Mapping[str, Any], place: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    role = TABLE_ROLES.get(str(entry.get("role")))
    if role is None or not role.long:
        return None, []
    listed = entry.get("variables")
    if not isinstance(listed, list) or not all(isinstance(v, Mapping) and "name" in v for v in listed):
        remedy = 'Describe each: "variables": [{"name": ..., "title": ..., "unit": ...}].'
        found = "none" if listed is None else shown(listed)
        return None, [Problem(FILE_NAME, f"{place}, variables", "a list of variables", found, remedy)]
    rows = pd.DataFrame([about(variable) for variable in listed], columns=list(DESCRIPTION), dtype="str")
    rows.index = pd.Index([str(variable["name"]) for variable in listed], name="variable", dtype="str")
    return rows, []


def _read_spans(
    described: Iterable[Mapping[str, Any]], vintages: Iterable[str], place: str
) -> tuple[dict[str, tuple[Span, ...]], list[Problem]]:
    """Vintages of columns and variables, those that have any."""
    spans, problems = {}, []
    for said in described:
        name = str(said.get("name"))
        read, found = read_spans(said.get("vintage"), vintages, f"{place}, {name}")
        problems += found
        if read:
            spans[name] = read
    return spans, problems
