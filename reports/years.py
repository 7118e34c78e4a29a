"""One year of a result that may hold several."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pandas as pd

from capshare.model.outcome.result import Result


def years(result: Result) -> tuple[int, ...]:
    """The years that the result allocates, in order."""
    return tuple(int(year) for year in sorted(result.cap.index))


def of_year(result: Result, year: int | None = None) -> Result:
    """The result of one year, its frames without the level ``year``.

    Parameters
    ----------
    result : of one year or of several
    year : by default the last

    Returns
    -------
    Result
        what has one row per year keeps them all
    """
    chosen = years(result)[-1] if year is None else year
    frames = {field.name: getattr(result, field.name) for field in fields(result)}
    cut: dict[str, Any] = {
        name: frame.xs(chosen, level="year")
        for name, frame in frames.items()
        if isinstance(frame, pd.DataFrame) and frame.index.nlevels > 1 and frame.index.names[0] == "year"
    }
    return replace(result, **cut)
