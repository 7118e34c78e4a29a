"""Sizes: population and GDP of the regions, found by their role and not by what their column is called."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_units import converted, name_unit
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.units import parse_unit

SIZES: Mapping[str, str] = MappingProxyType({"population_1e4": "population", "gdp_1e8yuan": "gdp"})
"""Name under which rules read a size → its role. The unit of GDP is 1e8 of the dataset's own currency."""


def size_column(dataset: Dataset, name: str) -> str | None:
    """Column of the provinces' table with a size, of this very name or in its role; None without one.

    Parameters
    ----------
    dataset : any
    name : a key of `SIZES`, or a column
    """
    if name in dataset.table:
        return name
    return dataset.facts.roles.find("provinces", SIZES[name]) if name in SIZES else None


def size_of(dataset: Dataset, name: str) -> pd.Series:
    """A size of the regions in the unit that rules read, index code.

    Parameters
    ----------
    dataset : any
    name : a key of `SIZES`, or the column that a study takes for it

    Raises
    ------
    CapshareError
        where the dataset has no such column.
    """
    column = size_column(dataset, name)
    if column is None:
        remedy = lacking_size(name) if name in SIZES else suggestion(name, dataset.table.columns)
        expected = "a column of the provinces' table"
        raise CapshareError(Problem(f"dataset {dataset.name}", "", expected, shown(name), remedy))
    return in_rule_unit(dataset.table[column], column).rename(name)


def in_rule_unit(values: pd.Series, column: str, unit: str = "") -> pd.Series:
    """Persons in 1e4, money in 1e8 of its currency; other figures as they are.

    Parameters
    ----------
    values : index code
    column : its name, which may end in its unit
    unit : of the values, where the name does not say it
    """
    factor = rule_factor(column, unit)
    return values if factor == 1 else converted(values, factor)


def rule_factor(column: str, unit: str = "") -> Fraction:
    """What a column is multiplied by to come to the unit of :func:`in_rule_unit`.

    Parameters
    ----------
    column, unit : as there
    """
    own = name_unit(column) or parse_unit(unit)
    target = {"number": 10**4, "money": 10**8}.get(own.dimension) if own else None
    return own.size / target if own and target else Fraction(1)


def lacking_size(name: str) -> str:
    """How to give a dataset the size that a rule needs and it has not.

    Parameters
    ----------
    name : a key of `SIZES`
    """
    role = SIZES[name]
    return (
        f"Add it, or give the column that holds it the role {role}: in sheet columns of a workbook, under "
        '"roles" of a datapackage.json. Or choose another rule.'
    )
