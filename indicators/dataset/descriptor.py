"""Descriptor: the datapackage.json of a dataset, read and checked before any figure is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.fields import DESCRIPTION, Field, about, read_field
from capshare.indicators.dataset.package_json import FILE_NAME as FILE_NAME
from capshare.indicators.dataset.package_json import read_package

ROLES = ("regions", "provinces", "panel", "national", "published")
_MANY = ("published",)
_REQUIRED = ("regions", "provinces")


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
    """

    name: str
    role: str
    path: str
    base_year: int | None
    fields: tuple[Field, ...]
    region_column: str
    blanks: tuple[str, ...]
    variables: pd.DataFrame | None


@dataclass(frozen=True, eq=False)
class Descriptor:
    """What a datapackage.json says: name and title of the dataset, and its tables."""

    name: str
    title: str
    resources: tuple[Resource, ...]

    def of_role(self, role: str) -> tuple[Resource, ...]:
        """Tables that play a role.

        Parameters
        ----------
        role : as the package says it, "provinces"
        """
        return tuple(resource for resource in self.resources if resource.role == role)


def read_descriptor(data: bytes) -> Descriptor:
    """The tables a data package describes.

    Parameters
    ----------
    data : content of a datapackage.json

    Returns
    -------
    Descriptor

    Raises
    ------
    CapshareError
        with everything in it that cannot be used.
    """
    package = read_package(data)
    entries = package.get("resources")
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        remedy = 'List the tables: "resources": [{"name": ..., "role": ...}].'
        raise CapshareError(Problem(FILE_NAME, "resources", "a list of tables", shown(entries), remedy))
    name = package.get("name")
    problems = []
    if not isinstance(name, str) or not name:
        problems.append(Problem(FILE_NAME, "name", "a name", shown(name), "Name the dataset."))
    resources = []
    for number, entry in enumerate(entries, start=1):
        resource, found = _read_resource(entry, f"resource {entry.get('name', number)}")
        problems += found
        if resource is not None:
            resources.append(resource)
    problems += _role_problems([entry.get("role") for entry in entries])
    problems += _name_problems([entry.get("name") for entry in entries])
    if problems:
        raise CapshareError(problems)
    return Descriptor(str(name), str(package.get("title", name)), tuple(resources))


def _read_resource(entry: Mapping[str, Any], place: str) -> tuple[Resource | None, list[Problem]]:
    problems = _path_problems(entry.get("path"), place)
    schema = entry.get("schema")
    described = schema.get("fields") if isinstance(schema, Mapping) else None
    if not isinstance(schema, Mapping) or not isinstance(described, list) or not described:
        remedy = 'Describe every column: "schema": {"fields": [{"name": ..., "type": ...}]}.'
        return None, [*problems, Problem(FILE_NAME, place, "a schema with fields", shown(schema), remedy)]
    fields: list[Field] = []
    for number, descriptor in enumerate(described, start=1):
        said = descriptor if isinstance(descriptor, Mapping) else {}
        field, found = read_field(said, FILE_NAME, f"{place}, field {number}")
        problems += found
        fields += [field] if field is not None else []
    problems += [*_base_year_problems(entry, place), *_schema_problems(schema, place)]
    variables, found = _read_variables(entry, place)
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
    )
    return resource, _column_problems(resource, place)


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
    long = ["year", "variable", "value", "unit"]
    needed = {
        "regions": ["code", "name_en"],
        "panel": [resource.region_column, *long],
        "national": long,
    }.get(resource.role, [resource.region_column])
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
    if entry.get("role") not in ("panel", "national"):
        return None, []
    listed = entry.get("variables")
    if not isinstance(listed, list) or not all(isinstance(v, Mapping) and "name" in v for v in listed):
        remedy = 'Describe each: "variables": [{"name": ..., "title": ..., "unit": ...}].'
        found = "none" if listed is None else shown(listed)
        return None, [Problem(FILE_NAME, f"{place}, variables", "a list of variables", found, remedy)]
    rows = pd.DataFrame([about(variable) for variable in listed], columns=list(DESCRIPTION), dtype="str")
    rows.index = pd.Index([str(variable["name"]) for variable in listed], name="variable", dtype="str")
    return rows, []


def _role_problems(roles: list[object]) -> list[Problem]:
    problems = [
        _role_problem(f"a role of {', '.join(ROLES)}", shown(role), suggestion(str(role), ROLES))
        for role in roles
        if role not in ROLES
    ]
    problems += [
        _role_problem(f"one table of role {role}", "none", "Give the table this role.")
        for role in _REQUIRED
        if role not in roles
    ]
    problems += [
        _role_problem(f"one table of role {role}", str(roles.count(role)), "Keep one of them.")
        for role in ROLES
        if role not in _MANY and roles.count(role) > 1
    ]
    return problems


def _role_problem(expected: str, found: str, remedy: str) -> Problem:
    return Problem(FILE_NAME, "resources", expected, found, remedy)


def _name_problems(names: list[object]) -> list[Problem]:
    return [
        Problem(FILE_NAME, f"resource {number}, name", "a name of its own", shown(name), "Name the table.")
        for number, name in enumerate(names, start=1)
        if not isinstance(name, str) or not name or names.index(name) < number - 1
    ]
