"""Sizes in the workbook: population and GDP under the names rules read, made of the dataset's own columns."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from capshare.base.conventions import conventions
from capshare.indicators.dataset.column_units import converted
from capshare.indicators.dataset.sizes import rule_factor


def size_sources(columns: pd.Index) -> Mapping[str, tuple[str, Fraction]]:
    """Size → the column that plays its role under another name, and what its cells are multiplied by.

    Parameters
    ----------
    columns : of the inputs
    """
    those = conventions()
    sources = {"population_1e4": those.population, "gdp_1e8yuan": those.gdp}
    times = {"population_1e4": 1, "gdp_1e8yuan": those.per_inside}
    return {
        name: (column, rule_factor(column) * times[name])
        for name, column in sources.items()
        if name not in columns and column in columns
    }


def with_sizes(inputs: pd.DataFrame) -> pd.DataFrame:
    """The inputs, with the sizes that stand in them under another name.

    Parameters
    ----------
    inputs : index code; columns of the dataset
    """
    sizes = size_sources(inputs.columns)
    return inputs.assign(
        **{name: converted(inputs[column], factor) for name, (column, factor) in sizes.items()}
    )
