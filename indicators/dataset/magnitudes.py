"""Magnitudes: figures so small or so large that they must be slips, which no later sum would show."""

from __future__ import annotations

from capshare.base.errors import Problem
from capshare.indicators.dataset.typed_table import TypedTable

LEAST, LARGEST = 1e-12, 1e18
"""GDP of the world is below 1e18 in any currency; less than 1e-12 of any unit in use is nothing."""


def beyond_measure(table: TypedTable) -> list[Problem]:
    """Cells that are neither 0 nor between `LEAST` and `LARGEST` in size.

    Parameters
    ----------
    table : of a dataset

    Returns
    -------
    one problem per cell
    """
    problems = []
    for field in table.resource.fields:
        if not field.numeric or field.name not in table.frame:
            continue
        figures = table.frame[field.name].dropna()
        size = figures.abs()
        for row, figure in figures[(size > 0) & ~size.between(LEAST, LARGEST)].items():
            place = f"row {row}, column {field.name}"
            expected = f"0, or a figure between {LEAST:g} and {LARGEST:g} in size"
            problems.append(
                Problem(table.resource.path, place, expected, f"{figure:g}", "Correct the cell or its unit.")
            )
    return problems
