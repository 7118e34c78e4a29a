"""Typed table: the cells of a file turned into numbers and texts, with every fault placed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.fields import Fault, Field, read_cell
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.text_file import TextRows, header_problems

# To compare a name with those of thousands of regions takes a while; the first ones show what is wrong.
_COMPARISONS = 20_000


@dataclass(frozen=True, eq=False)
class TypedTable:
    """One table of a data package, as far as it could be read.

    Attributes
    ----------
    resource : what the package says about it
    frame : index row number in the file; a faulty cell is NaN and among the problems
    problems : everything found so far
    """

    resource: Resource
    frame: pd.DataFrame
    problems: tuple[Problem, ...]


def typed_table(resource: Resource, text: TextRows) -> TypedTable:
    """Numbers and texts of a file's cells.

    Parameters
    ----------
    resource : what the package says about the table
    text : the cells

    Returns
    -------
    TypedTable
    """
    problems = header_problems(text.header, [field.name for field in resource.fields], resource.path)
    columns = {}
    for field in resource.fields:
        if text.header.count(field.name) == 1:
            columns[field.name], found = _column(field, text, resource)
            problems += found
    frame = pd.DataFrame(columns, index=pd.Index(list(text.rows), name="row"))
    return TypedTable(resource, frame, tuple(problems))


def with_codes(table: TypedTable, regions: Regions) -> TypedTable:
    """The same table with its regions as codes, in a column ``code``.

    Parameters
    ----------
    table : a table whose region column holds codes or names
    regions : what they are resolved by

    Returns
    -------
    TypedTable; rows of unknown regions are left out and reported
    """
    column, path = table.resource.region_column, table.resource.path
    if column not in table.frame:
        return table
    codes, problems, unknown = {}, list(table.problems), 0
    names = table.frame[column].dropna()
    known = {name: regions.find(name) for name in names.unique()}
    for row, name in names.items():
        code = known[name]
        if code is not None:
            codes[row] = code
            continue
        place, suggest = f"row {row}, column {column}", unknown * len(regions.codes) < _COMPARISONS
        problems.append(regions.problem(name, path, place, suggest))
        unknown += 1
    frame = table.frame.loc[list(codes)]
    if column != "code":
        frame = frame.drop(columns=[column])
    return TypedTable(table.resource, frame.assign(code=pd.Series(codes, dtype="str")), tuple(problems))


def _column(field: Field, text: TextRows, resource: Resource) -> tuple[pd.Series, list[Problem]]:
    cells = text.column(field.name)
    # A long table repeats its codes, years and units.
    read = {cell: read_cell(field, cell, resource.blanks, text.mark) for cell in set(cells)}
    values = {row: read[cell] for row, cell in zip(text.rows, cells, strict=True)}
    faults = {row: value for row, value in values.items() if isinstance(value, Fault)}
    problems = [fault.at(resource.path, f"row {row}, column {field.name}") for row, fault in faults.items()]
    sound = {row: None if row in faults else value for row, value in values.items()}
    column = pd.Series(sound, dtype="float64" if field.numeric else "str")
    if field.type in ("integer", "year") and column.notna().all():
        column = column.astype("int64")
    if field.unique and field.name != resource.region_column:  # regions are compared as codes, later
        problems += _repeated_values(field, column, resource.path)
    return column, problems


def _repeated_values(field: Field, column: pd.Series, source: str) -> list[Problem]:
    filled = column[column.notna() & (column.astype("str") != "")]
    return [
        Problem(source, f"row {row}, column {field.name}", "each value once", shown(value), "Correct one.")
        for row, value in filled[filled.duplicated()].items()
    ]
