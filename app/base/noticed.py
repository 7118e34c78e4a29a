"""Provinces that something is noticed of, with the years that it is noticed in: rows of a note."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import pandas as pd

from capshare.base.notes import Row


def noticed_rows(
    figures: pd.Series, years: Collection[int], worst: Literal["largest", "smallest"] = "largest"
) -> tuple[Row, ...]:
    """Rows of a note: a province, its worst figure, and the years it is noticed in.

    Parameters
    ----------
    figures : index (year, code); of what is noticed alone
    years : all years of the study
    worst : which figure of several years is told

    Returns
    -------
    rows (code, figure, spans of years as of :func:`spans`), the worst figure first; the spans are "" where
    the study has one year
    """
    sign = 1 if worst == "largest" else -1
    rows = [
        (str(code), sign * max(sign * figure for figure, _ in own), spans(year for _, year in own))
        for code, own in _by_code(figures).items()
    ]
    if len(years) == 1:
        rows = [(code, figure, "") for code, figure, _ in rows]
    return tuple(sorted(rows, key=lambda row: -sign * row[1]))


def spans(years: Iterable[int]) -> str:
    """Years as their spans, "2026-2028 2030".

    Parameters
    ----------
    years : in any order
    """
    found: list[list[int]] = []
    for year in sorted({int(year) for year in years}):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return " ".join(f"{own[0]}-{own[-1]}" if len(own) > 1 else f"{own[0]}" for own in found)


def _by_code(figures: pd.Series) -> dict[str, list[tuple[float, int]]]:
    """Province → its figures with their years."""
    index = figures.index
    labels = zip(index.get_level_values("code"), index.get_level_values("year"), strict=True)
    found: dict[str, list[tuple[float, int]]] = {}
    for (code, year), figure in zip(labels, figures, strict=True):
        found.setdefault(code, []).append((float(figure), int(year)))
    return found
