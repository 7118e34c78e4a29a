"""Published splits: tables of a dataset with quotas, or quotas less emissions, that a study has printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.package_json import FILE_NAME

QUOTA, BALANCE = "quota", "balance"
_KEYS = ("name", "table", "year")
_YEARS = ("from", "figures_of")


@dataclass(frozen=True)
class SplitColumns:
    """Where a dataset has a published split.

    Attributes
    ----------
    name : of the split, ``tian-lin-2021``
    table : name of the published table
    year : that is split
    first_year : that emissions are of, the same year unless stated
    figures_of : year of the GDP and population that were known, the first year unless stated
    column : quotas, or balances, in a mass of CO2 that ends the column's name
    balance : whether the column holds quotas less emissions
    emissions : column of the same table with the emissions that the study reckons with; None where it is the
        dataset's inventory
    """

    name: str
    table: str
    year: int
    first_year: int
    figures_of: int
    column: str
    balance: bool
    emissions: str | None


def read_splits(
    said: object, known: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[SplitColumns, ...], list[Problem]]:
    """Published splits that the key ``splits`` of the roles names.

    Parameters
    ----------
    said : its value
    known : table → its columns

    Returns
    -------
    the splits in their order, and the problems found
    """
    if not isinstance(said, list) or not all(_complete(split) for split in said):
        expected = (
            f"a list of objects with {', '.join(_KEYS)}, one of {QUOTA} and {BALANCE}, perhaps emissions, "
            f"{', '.join(_YEARS)}"
        )
        return (), [Problem(FILE_NAME, "roles.splits", expected, shown(said), "Complete each of them.")]
    splits = [
        SplitColumns(
            str(split["name"]), str(split["table"]), *_years(split),
            str(split.get(QUOTA, split.get(BALANCE))), BALANCE in split, split.get("emissions"),
        )
        for split in said
    ]  # fmt: skip
    return tuple(splits), [problem for split in splits for problem in _unknown(split, known)]


def _complete(split: object) -> bool:
    if not isinstance(split, Mapping):
        return False
    which = {QUOTA, BALANCE} & set(split)
    rest = set(split) - which - {"emissions", *_YEARS}
    years = (split.get(name) for name in ("year", *_YEARS) if name in split)
    return len(which) == 1 and rest == set(_KEYS) and all(isinstance(year, int) for year in years)


def _years(split: Mapping[str, Any]) -> tuple[int, int, int]:
    """The year that is split, that of the emissions, and that of what else was known."""
    first = split.get("from", split["year"])
    return split["year"], first, split.get("figures_of", first)


def _unknown(split: SplitColumns, known: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    place = f"roles.splits, {split.name}"
    if split.table not in known:
        remedy = suggestion(split.table, known)
        return [Problem(FILE_NAME, place, "a table of the dataset", shown(split.table), remedy)]
    columns = known[split.table]
    return [
        Problem(FILE_NAME, place, "a column of the table", shown(name), suggestion(str(name), columns))
        for name in (split.column, split.emissions)
        if name is not None and name not in columns
    ]
