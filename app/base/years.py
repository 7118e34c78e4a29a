"""Years: one year's rows of a frame, and what a series by year must have before a path is made of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from capshare.base.errors import Problem

# Whoever lists runs needs the name of the level only, and shall not wait for pandas.
if TYPE_CHECKING:
    import pandas as pd

YEAR = "year"


def has_years(frame: pd.DataFrame) -> bool:
    """Whether a frame repeats its rows for each year, so that the year is a level before another.

    Parameters
    ----------
    frame : with any index
    """
    return frame.index.nlevels > 1 and frame.index.names[0] == YEAR


def in_year(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """One year's rows of a frame, without the level ``year``.

    Parameters
    ----------
    frame : with a level ``year`` in its index
    year : one that it has
    """
    return frame[frame.index.get_level_values(YEAR) == year].droplevel(YEAR)


def year_problems(source: str, name: str, have: pd.Index, wanted: Iterable[int]) -> list[Problem]:
    """Years that a series lacks or has twice.

    Parameters
    ----------
    source, name : the function that checks and its argument, for the messages
    have : index of the series
    wanted : years it must have; others are allowed

    Returns
    -------
    one problem per year, none where the series is complete
    """
    missing = [year for year in wanted if year not in have]
    problems = [
        Problem(source, name, f"a value for {year}", "none", f"Supply {year}, or ask for other years.")
        for year in missing
    ]
    twice = have[have.duplicated()].unique()
    return problems + [
        Problem(source, name, "each year once", f"{year} more than once", "Keep one value of it.")
        for year in twice
    ]


def positive_problems(source: str, name: str, values: pd.Series | pd.DataFrame) -> list[Problem]:
    """Values that are not positive, finite numbers.

    Parameters
    ----------
    source, name : the function that checks and its argument, for the messages
    values : any index

    Returns
    -------
    one problem per value that is missing, infinite, zero or negative
    """
    import pandas as pd

    if isinstance(values, pd.Series):
        cells = {f"{label}": float(value) for label, value in values.items()}
    else:
        cells = {
            f"{label}, {column}": float(value) for column in values for label, value in values[column].items()
        }
    return [
        problem
        for place, value in cells.items()
        for problem in number_problems(source, f"{name}[{place}]", value)
    ]


def number_problems(source: str, place: str, value: float) -> list[Problem]:
    """What is wrong with a number that must be positive and finite.

    Parameters
    ----------
    source, place : the function that checks and its argument, for the messages
    value : the number

    Returns
    -------
    one problem, or none
    """
    if 0 < value < math.inf:
        return []
    return [Problem(source, place, "a positive, finite number", f"{value:g}", "Correct the value.")]
