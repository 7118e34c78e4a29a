"""What a rule reads: columns with fixed names and units, and the checks before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_same_index
from capshare.base.spelling import suggestion
from capshare.model.rules.rule import Rule

COLUMNS: Mapping[str, str] = {
    "emissions_mt": "emissions before abatement in the year of the cap, Mt CO2",
    "cumulative_emissions_mt": "emissions added up over stated past years, Mt CO2",
    "constant_intensity_mt": "emissions at the carbon intensity of the base year, Mt CO2",
    "population_1e4": "population, 1e4 persons",
    "gdp_1e8yuan": "gross domestic product, 1e8 yuan",
    "score": "composite score of the indicators, no unit",
    "group": "name of the group",
    "price_yuan_per_t": "shadow price of emissions, yuan per t CO2",
    "published_quota_mt": "quota of a published or negotiated table, Mt CO2",
}
_TEXT = frozenset({"group"})


def rule_inputs(**columns: pd.Series) -> pd.DataFrame:
    """Table for the rules from labelled columns of the same regions, in any order.

    Parameters
    ----------
    columns : name as in :data:`COLUMNS` → Series, index ``code``

    Returns
    -------
    DataFrame, index and order of the first column

    Raises
    ------
    CapshareError
        where the columns are not about the same regions, naming the difference.
    """
    require_same_index("rule_inputs", **columns)
    first = next(iter(columns.values()))
    return pd.DataFrame({name: column.reindex(first.index) for name, column in columns.items()})


def require_inputs(rule: Rule, table: pd.DataFrame, cap_mt: float, parameters: Mapping[str, Any]) -> None:
    """Refuse inputs that a rule cannot use, with every problem at once.

    Parameters
    ----------
    rule : with its needs
    table : index ``code``
    cap_mt : Mt CO2
    parameters : all of the rule's parameters

    Raises
    ------
    CapshareError
        where a column is missing or a cell has no meaning for the rule, a parameter is unknown or out of
        range, the cap is not positive, or a region appears twice.
    """
    source = f"rule {rule.name}"
    problems = [*_index_problems(source, table), *parameter_problems(source, rule, parameters)]
    if not 0 < cap_mt < np.inf:
        found, remedy = f"{cap_mt}", "Give the cap in Mt CO2."
        problems.append(Problem(source, "cap_mt", "a positive, finite number", found, remedy))
    for column in needed_columns(rule, parameters):
        problems += _column_problems(source, table, column, column in rule.positive)
    if problems:
        raise CapshareError(problems)


def _index_problems(source: str, table: pd.DataFrame) -> list[Problem]:
    twice = sorted(map(str, table.index[table.index.duplicated()].unique()))
    if twice or len(table) == 0:
        found = f"{twice} more than once" if twice else "no region"
        return [Problem(source, "table", "each region once", found, "Give one row per region.")]
    return []


def needed_columns(rule: Rule, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Columns that a rule reads under its parameters, each once.

    Parameters
    ----------
    rule : with its needs
    parameters : all of the rule's parameters; those that are names of columns add to its needs
    """
    named = [value for key in rule.parameters for value in _named_columns(parameters[key])]
    return tuple(dict.fromkeys([*rule.needs, *named]))


def parameter_problems(source: str, rule: Rule, parameters: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the parameters of a rule: unknown, of another kind, or out of range.

    Parameters
    ----------
    source : named in the problems
    rule : with its parameters and their limits
    parameters : name → value
    """
    problems = []
    for name, value in parameters.items():
        place = f"parameter {name}"
        if name not in rule.parameters:
            remedy = suggestion(name, rule.parameters)
            problems.append(Problem(source, place, "a parameter of the rule", repr(name), remedy))
        elif (expected := _expected(rule, name, value)) is not None:
            remedy = f"The default is {rule.parameters[name]!r}."
            problems.append(Problem(source, place, expected, repr(value), remedy))
    return problems


def _expected(rule: Rule, name: str, value: object) -> str | None:
    """What a parameter should have been, or None where it is so."""
    default = rule.parameters[name]
    if isinstance(default, tuple):
        return None if _named_columns(value) else "a tuple of names of columns"
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "true or false"
    low, high = rule.limits.get(name, (0.0, np.inf))
    whole = isinstance(default, int)
    number = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if number and low <= value < np.inf and value <= high:  # type: ignore[operator]
        return None
    kind = "a whole number" if whole else "a number"
    return f"{kind} ≥ {low:g}" if high == np.inf else f"{kind} from {low:g} to {high:g}"


def _named_columns(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple | list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    return ()


def unusable_cells(values: pd.Series, positive: bool) -> pd.Series:
    """Which numbers of a column have no meaning for a rule.

    Parameters
    ----------
    values : index ``code``, any unit
    positive : whether 0 has none either

    Returns
    -------
    Series of bool, index ``code``
    """
    unusable: pd.Series = ~(np.isfinite(values) & ((values > 0) if positive else (values >= 0)))
    return unusable


def _column_problems(source: str, table: pd.DataFrame, column: str, positive: bool) -> list[Problem]:
    if column not in table.columns:
        meaning = COLUMNS.get(column, "a column of the dataset")
        remedy = f"Add {column}: {meaning}; or choose another rule."
        return [Problem(source, f"column {column}", "the column", "none of this name", remedy)]
    values = table[column]
    if column in _TEXT:
        wrong, expected = values.isna(), "a name"
    elif not pd.api.types.is_numeric_dtype(values):
        remedy = "Convert the column to numbers."
        return [Problem(source, f"column {column}", "numbers", str(values.dtype), remedy)]
    else:
        wrong, expected = unusable_cells(values, positive), "a number > 0" if positive else "a number ≥ 0"
    remedy = "Correct the cell or leave the region out."
    return [
        Problem(source, f"{column}[{code}]", expected, str(cell), remedy)
        for code, cell in values[wrong.to_numpy(dtype=bool)].items()
    ]
