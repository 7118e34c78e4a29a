"""Descriptor: the datapackage.json of a dataset, read and checked before any figure is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.conventions import USUAL, Conventions
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.column_roles import ColumnRoles, read_column_roles
from capshare.indicators.dataset.dataset_conventions import read_conventions
from capshare.indicators.dataset.package_json import FILE_NAME as FILE_NAME
from capshare.indicators.dataset.package_json import read_package
from capshare.indicators.dataset.resource import Resource, read_resource
from capshare.indicators.dataset.table_roles import role_problems
from capshare.indicators.dataset.vintages import Vintages, read_vintages


@dataclass(frozen=True, eq=False)
class Descriptor:
    """What a datapackage.json says.

    Attributes
    ----------
    name, title : of the dataset
    resources : its tables
    roles : which column or series is what
    conventions : its currency, and what it calls its regions
    vintages : named by the package, index ``vintage``; ``title_en, title_zh, description``
    """

    name: str
    title: str
    resources: tuple[Resource, ...]
    roles: ColumnRoles
    vintages: pd.DataFrame
    conventions: Conventions = USUAL

    def of_role(self, role: str) -> tuple[Resource, ...]:
        """Tables that play a role.

        Parameters
        ----------
        role : as the package says it, "provinces"
        """
        return tuple(resource for resource in self.resources if resource.role == role)

    def all_vintages(self) -> Vintages:
        """Vintages with what is of them."""
        spans = {
            (resource.key, column): spans
            for resource in self.resources
            for column, spans in resource.spans.items()
        }
        return Vintages(self.vintages, spans)


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
    vintages, problems = read_vintages(package.get("vintages"))
    if not isinstance(name, str) or not name:
        problems.append(Problem(FILE_NAME, "name", "a name", shown(name), "Name the dataset."))
    resources = []
    for number, entry in enumerate(entries, start=1):
        resource, found = read_resource(entry, f"resource {entry.get('name', number)}", vintages.index)
        problems += found
        if resource is not None:
            resources.append(resource)
    problems += role_problems([entry.get("role") for entry in entries])
    problems += _name_problems([entry.get("name") for entry in entries])
    roles = ColumnRoles()
    conventions, found = read_conventions(package.get("region_word"), resources, FILE_NAME)
    problems += found
    if not problems:
        known = {resource.key: resource.figures for resource in resources}
        roles, problems = read_column_roles(package.get("roles"), known)
    if problems:
        raise CapshareError(problems)
    return Descriptor(
        str(name), str(package.get("title", name)), tuple(resources), roles, vintages, conventions
    )


def _name_problems(names: list[object]) -> list[Problem]:
    return [
        Problem(FILE_NAME, f"resource {number}, name", "a name of its own", shown(name), "Name the table.")
        for number, name in enumerate(names, start=1)
        if not isinstance(name, str) or not name or names.index(name) < number - 1
    ]
