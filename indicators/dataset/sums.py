"""Sums: columns of a table that must add up to another, as its data package states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.package_json import FILE_NAME

_KEYS = {"total", "items", "tolerance"}


@dataclass(frozen=True)
class Sum:
    """Columns that add up.

    Attributes
    ----------
    table : role of the table, or the name of a published one
    total, items : columns: the items of each row add up to its total
    tolerance : largest difference allowed, in the unit of the columns
    """

    table: str
    total: str
    items: tuple[str, ...]
    tolerance: float

    def renamed(self, names: Mapping[tuple[str, str], str]) -> Sum:
        """The same sum with columns under other names, by (table, column).

        Parameters
        ----------
        names : (table, column) → new name; others stay
        """
        items = tuple(names.get((self.table, item), item) for item in self.items)
        return replace(self, total=names.get((self.table, self.total), self.total), items=items)


def read_sums(
    said: object, table: str, columns: tuple[str, ...], place: str
) -> tuple[tuple[Sum, ...], list[Problem]]:
    """Sums that a table's key ``sums`` states.

    Parameters
    ----------
    said : a list of objects ``{"total": column, "items": [columns], "tolerance": number}``
    table : role of the table, or the name of a published one
    columns : of the table
    place : of the table in the description, for the messages

    Returns
    -------
    sums, and the problems found
    """
    where = f"{place}, sums"
    if not isinstance(said, list) or not all(_is_sum(entry) for entry in said):
        remedy = 'Write [{"total": column, "items": [columns], "tolerance": 0.001}].'
        return (), [Problem(FILE_NAME, where, "a list of sums", shown(said), remedy)]
    problems = [
        Problem(FILE_NAME, where, "a column of the table", shown(column), suggestion(column, columns))
        for entry in said
        for column in (entry["total"], *entry["items"])
        if column not in columns
    ]
    sums = tuple(
        Sum(table, entry["total"], tuple(entry["items"]), float(entry["tolerance"])) for entry in said
    )
    return sums, problems


def _is_sum(entry: object) -> bool:
    if not isinstance(entry, Mapping) or set(entry) != _KEYS:
        return False
    items, tolerance = entry["items"], entry["tolerance"]
    return (
        isinstance(entry["total"], str)
        and isinstance(items, list)
        and bool(items)
        and all(isinstance(item, str) for item in items)
        and isinstance(tolerance, int | float)
        and 0 <= tolerance < 1e18
    )
