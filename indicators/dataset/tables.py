"""Tables: the texts of a dataset's tables, checked against its description and brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.column_units import StudyColumn, converted, study_column, unit_factor
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.descriptor import Descriptor
from capshare.indicators.dataset.facts import DescribedTable, Facts
from capshare.indicators.dataset.fields import DESCRIPTION, Field
from capshare.indicators.dataset.magnitudes import beyond_measure
from capshare.indicators.dataset.plausible import slip_notes
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.table_checks import absent, repeated, undescribed
from capshare.indicators.dataset.table_roles import TABLE_ROLES
from capshare.indicators.dataset.text_file import TextRows
from capshare.indicators.dataset.typed_table import TypedTable, typed_table, with_codes
from capshare.indicators.dataset.writable import unwritable_cells, unwritable_texts

_FURTHER = ("production", "inventory", "official_targets", "emission_factors")


def dataset_of(
    descriptor: Descriptor,
    texts: Mapping[str, TextRows],
    problems: list[Problem],
    folder: Path,
    files: Mapping[str, bytes],
) -> Dataset:
    """Build a dataset from the texts of its tables.

    Parameters
    ----------
    descriptor : what the tables are
    texts : cells by the name of the table; a table that could not be read is absent
    problems : found so far
    folder : where the files are
    files : content of the files read, by name

    Returns
    -------
    Dataset, figures in the units a study reads, with notes on implausible ones

    Raises
    ------
    CapshareError
        with the problems found so far and every other one.
    """
    tables = {r.name: typed_table(r, texts[r.name]) for r in descriptor.resources if r.name in texts}
    problems = problems + [
        problem for r in descriptor.resources if r.role == "provinces" for problem in _same_names(r)
    ]
    problems += unwritable_texts(descriptor)
    for table in tables.values():
        problems += [*unwritable_cells(table), *beyond_measure(table)]
    regions = _regions(tables, descriptor, problems)
    if regions is not None:
        tables = {name: _with_codes(table, regions) for name, table in tables.items()}
        for table in tables.values():
            problems += [*table.problems, *_checks(table, regions)]
    else:
        problems += [problem for table in tables.values() for problem in table.problems]
    if regions is None or problems:
        raise CapshareError(dict.fromkeys(problems))
    dataset = _dataset(descriptor, tables, regions, folder, files)
    declared = _study_columns(descriptor.of_role("provinces")[0])
    return replace(dataset, notes=slip_notes(dataset.table, {c.name: f.about["unit"] for f, c in declared}))


def _regions(
    tables: dict[str, TypedTable], descriptor: Descriptor, problems: list[Problem]
) -> Regions | None:
    """Regions, or None where their table is unsound: then no other table can be resolved."""
    name = descriptor.of_role("regions")[0].name
    if name not in tables:
        return None
    table = tables[name]
    found = [*table.problems, *repeated(table, ["code"])]
    if not found:
        try:
            return Regions.from_table(table.frame, table.resource.path)
        except CapshareError as error:
            found = list(error.problems)
    problems += found
    return None


def _with_codes(table: TypedTable, regions: Regions) -> TypedTable:
    role = TABLE_ROLES[table.resource.role]
    return with_codes(table, regions) if role.by_region and table.resource.role != "regions" else table


def _checks(table: TypedTable, regions: Regions) -> list[Problem]:
    role = TABLE_ROLES[table.resource.role]
    problems = [*repeated(table, list(role.key)), *undescribed(table)]
    return problems + (absent(table, regions) if role.whole else [])


def _same_names(resource: Resource) -> list[Problem]:
    """Columns that a study would know by one name: gdp in 1e4 yuan beside gdp_1e8yuan."""
    first: dict[str, str] = {}
    problems = []
    for field, column in _study_columns(resource):
        if column.name in first and first[column.name] != field.name:
            found = f"{first[column.name]} and {field.name}, both {column.name}"
            remedy = "Drop or rename one of them."
            problems.append(Problem(resource.path, f"column {field.name}", "each figure once", found, remedy))
        first.setdefault(column.name, field.name)
    return problems


def _dataset(
    descriptor: Descriptor,
    tables: dict[str, TypedTable],
    regions: Regions,
    folder: Path,
    files: Mapping[str, bytes],
) -> Dataset:
    provinces = descriptor.of_role("provinces")[0]
    by_role = {resource.role: tables[resource.name] for resource in descriptor.resources}
    panel, national = by_role.get("panel"), by_role.get("national")
    fields = _described(provinces)
    return Dataset(
        name=descriptor.name,
        title=descriptor.title,
        base_year=int(provinces.base_year or 0),
        regions=regions,
        table=_by_code(tables[provinces.name])[fields.index].astype("float64"),
        fields=fields,
        panel=None if panel is None else _long(panel, ["code", "variable", "year"]),
        panel_variables=None if panel is None else panel.resource.variables,
        national=None if national is None else _long(national, ["variable", "year"]),
        published={r.name: _by_code(tables[r.name]) for r in descriptor.of_role("published")},
        folder=folder,
        files=files,
        tables={role: _further(by_role[role]) for role in _FURTHER if role in by_role},
        facts=_facts(descriptor),
    )


def _further(table: TypedTable) -> DescribedTable:
    role = TABLE_ROLES[table.resource.role]
    variables = table.resource.variables
    if role.long and variables is not None:
        return DescribedTable(_long(table, ["code", "variable", "year"]), variables)
    described = _described(table.resource)
    return DescribedTable(_by_code(table)[described.index], described)


def _facts(descriptor: Descriptor) -> Facts:
    """Roles, vintages and sums, columns under the names that a study reads."""
    names = {
        (resource.key, field.name): column.name
        for resource in descriptor.resources
        if TABLE_ROLES[resource.role].converted
        for field, column in _study_columns(resource)
    }
    sums = [each for resource in descriptor.resources for each in resource.sums]
    roles = descriptor.roles.renamed(names)
    sizes = {role: column for role in ("population", "gdp") if (column := roles.find("provinces", role))}
    return Facts(
        roles=roles,
        vintages=descriptor.all_vintages().renamed(names),
        sums=tuple(each.renamed(names) for each in sums),
        conventions=replace(descriptor.conventions, **sizes),
    )


def _by_code(table: TypedTable) -> pd.DataFrame:
    index = [column for column in ("code", "year") if column in TABLE_ROLES[table.resource.role].key]
    frame = table.frame.set_index(index).sort_index()
    names = {}
    for field, column in _study_columns(table.resource):
        if field.name in frame:
            if column.factor != 1:
                frame[field.name] = converted(frame[field.name], column.factor)
            names[field.name] = column.name
    return frame.rename(columns=names)


def _long(table: TypedTable, order: list[str]) -> pd.DataFrame:
    frame = table.frame.sort_values(order, ignore_index=True)
    variables = table.resource.variables
    if variables is not None:
        described = frame["variable"].map(variables["unit"])
        for unit, meant in set(zip(frame["unit"], described, strict=True)):
            rows = (frame["unit"] == unit) & (described == meant)
            factor = unit_factor(unit, meant)
            if factor is not None and unit != meant:
                frame.loc[rows, "value"] = converted(frame.loc[rows, "value"], factor)
        frame["unit"] = described
    return frame[["code", *frame.columns.drop("code")]] if "code" in order else frame


def _study_columns(resource: Resource) -> list[tuple[Field, StudyColumn]]:
    """Numeric columns as a study reads them; names of regions are labels, not figures."""
    keys = (resource.region_column, *TABLE_ROLES[resource.role].key)
    numeric = [field for field in resource.fields if field.numeric and field.name not in keys]
    columns = [(field, study_column(field.name, field.about["unit"])) for field in numeric]
    return [(field, column) for field, column in columns if isinstance(column, StudyColumn)]


def _described(resource: Resource) -> pd.DataFrame:
    columns = _study_columns(resource)
    index = pd.Index([column.name for _, column in columns], name="column", dtype="str")
    about = [{**field.about, "unit": column.unit} for field, column in columns]
    return pd.DataFrame(about, index, list(DESCRIPTION), dtype="str")
