"""Writable: whether the texts of a dataset can stand in every file that a run leaves behind."""

from __future__ import annotations

from collections.abc import Iterable

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.descriptor import FILE_NAME, Descriptor
from capshare.indicators.dataset.names import LINES, unmet_by_name, unmet_by_text
from capshare.indicators.dataset.typed_table import TypedTable

# Columns of remarks, which may have several lines.
_REMARKS = ("aliases", "note", "source", "status", "description", "check", "confidence")


def unwritable_cells(table: TypedTable) -> list[Problem]:
    """Text cells with control characters, and those that a spreadsheet takes for formulas.

    Parameters
    ----------
    table : of a dataset

    Returns
    -------
    one problem per cell
    """
    problems = []
    for field in table.resource.fields:
        if field.numeric or field.name not in table.frame:
            continue
        texts = table.frame[field.name].dropna()
        demands = {text: _demand(field.name, text) for text in texts.unique()}
        for row, text in texts.items():
            demand = demands[text]
            if demand is not None:
                place = f"row {row}, column {field.name}"
                problems.append(_problem(table.resource.path, place, demand, text))
    return problems


def _demand(column: str, text: str) -> str | None:
    return unmet_by_text(text, LINES) if column in _REMARKS else unmet_by_name(text)


def unwritable_texts(descriptor: Descriptor) -> list[Problem]:
    """Names and remarks of a data package that no file could hold.

    Parameters
    ----------
    descriptor : what a datapackage.json says

    Returns
    -------
    one problem per text
    """
    names = [("name", descriptor.name), ("title", descriptor.title)]
    remarks = []
    for resource in descriptor.resources:
        place = f"resource {resource.name}"
        named = [resource.name, *(field.name for field in resource.fields)]
        named += [] if resource.variables is None else list(map(str, resource.variables.index))
        names += [(place, text) for text in named]
        remarks += [(place, text) for field in resource.fields for text in field.about.values()]
    wrong: Iterable[tuple[str, str | None, str]] = [
        *((place, unmet_by_name(text), text) for place, text in names),
        *((place, unmet_by_text(text, LINES), text) for place, text in remarks),
    ]
    return [_problem(FILE_NAME, place, demand, text) for place, demand, text in wrong if demand is not None]


def _problem(source: str, place: str, demand: str, text: str) -> Problem:
    return Problem(source, place, demand, shown(text), "Take the character out.")
