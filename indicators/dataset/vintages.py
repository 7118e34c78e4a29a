"""Vintages: which revision of the statistics a figure belongs to, and the refusal to chain two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.package_json import FILE_NAME

EARLIEST, LATEST = 0, 9999
"""Ends of a span that has none."""
_SPAN_KEYS = {"from", "to", "vintage"}


@dataclass(frozen=True)
class Span:
    """Years of a column or variable that are of one vintage, both ends included."""

    first_year: int
    last_year: int
    vintage: str


@dataclass(frozen=True, eq=False)
class Vintages:
    """Every vintage of a dataset and what is of it.

    Attributes
    ----------
    names : index ``vintage``; ``title_en, title_zh, description``
    spans : (role or name of the table, column or variable) → its spans, the earliest first; what has one
        vintage only has one span, what has none is absent
    """

    names: pd.DataFrame
    spans: Mapping[tuple[str, str], tuple[Span, ...]]

    def renamed(self, names: Mapping[tuple[str, str], str]) -> Vintages:
        """The same vintages with columns under other names, by (table, column).

        Parameters
        ----------
        names : (table, column) → new name; others stay
        """
        return Vintages(self.names, {
            (table, names.get((table, column), column)): spans
            for (table, column), spans in self.spans.items()
        })  # fmt: skip

    def title(self, vintage: str) -> str:
        """English title of a vintage.

        Parameters
        ----------
        vintage : id of one
        """
        return str(self.names.at[vintage, "title_en"])

    def require_one(self, table: str, variable: str, years: Iterable[int]) -> None:
        """Refuse to compare figures of years that are of different vintages.

        Parameters
        ----------
        table : of the variable, ``panel`` or ``national``
        variable : whose figures are compared
        years : that are compared

        Raises
        ------
        CapshareError
            where two of them are of different vintages, or between two vintages of one series.
        """
        asked = sorted(set(years))
        spans = self.spans.get((table, variable), ())
        touched = [span for span in spans if _touches(span, asked)]
        if len({span.vintage for span in touched}) < 2:
            return
        found = "; ".join(f"{_years(span)}: {self.title(span.vintage)}" for span in touched)
        first, second = touched[0], touched[1]
        remedy = (
            f"End at {min(first.last_year, asked[-1])} or begin at {max(second.first_year, asked[0])}; "
            f"beyond that use a published growth rate."
        )
        place = f"{variable}, {asked[0]} to {asked[-1]}"
        raise CapshareError(Problem(f"table {table}", place, "figures of one vintage", found, remedy))

    def mixed(self, table: str, columns: Iterable[str]) -> tuple[str, ...]:
        """Vintages of the columns of a table, where there is more than one.

        Parameters
        ----------
        table, columns : of one ratio or sum

        Returns
        -------
        titles, each with its columns; empty where all columns with a vintage share it
        """
        of: dict[str, list[str]] = {}
        for column in columns:
            for span in self.spans.get((table, column), ()):
                of.setdefault(span.vintage, []).append(column)
        if len(of) < 2:
            return ()
        return tuple(f"{', '.join(names)}: {self.title(vintage)}" for vintage, names in of.items())

    def table(self) -> pd.DataFrame:
        """One row per span; ``column, table, years, vintage``; years ``""`` where it is all of them."""
        rows = [
            (column, table, _years(span), span.vintage)
            for (table, column), spans in self.spans.items()
            for span in spans
        ]
        return pd.DataFrame(rows, columns=["column", "table", "years", "vintage"])


def no_vintages() -> Vintages:
    """Vintages of a dataset that says nothing of them."""
    return Vintages(pd.DataFrame(columns=["title_en", "title_zh", "description"]), {})


def growth_ratio(
    panel: pd.DataFrame, vintages: Vintages, variable: str, first_year: int, last_year: int
) -> pd.Series:
    r"""Figures of a year as a multiple of an earlier year's, within one vintage.

    .. math:: r_i = x_{i,t_2}/x_{i,t_1}

    Parameters
    ----------
    panel : columns ``code, year, variable, value``
    vintages : of the dataset
    variable : of the panel, in any unit
    first_year, last_year : that are compared

    Returns
    -------
    Series ``growth_ratio``, index code; no unit

    Raises
    ------
    CapshareError
        where the years are of two vintages, or a year has no figure for a region that another year has.
    """
    vintages.require_one("panel", variable, (first_year, last_year))
    rows = panel[panel["variable"] == variable]
    wide = rows.pivot(index="code", columns="year", values="value").reindex(columns=[first_year, last_year])
    absent = [f"{code} in {year}" for year in wide.columns for code in wide.index[wide[year].isna()]]
    if absent or wide.empty:
        expected = f"{variable} of every region in {first_year} and {last_year}"
        remedy = "Choose years that the panel has in full."
        raise CapshareError(
            Problem("table panel", variable, expected, f"none for {', '.join(absent) or 'any'}", remedy)
        )
    return (wide[last_year] / wide[first_year]).rename("growth_ratio")


def read_vintages(said: object) -> tuple[pd.DataFrame, list[Problem]]:
    """Vintages that a datapackage.json names under ``vintages``.

    Parameters
    ----------
    said : a list of objects with ``name, title, title_zh, description``; None where there is none

    Returns
    -------
    DataFrame, index ``vintage``; ``title_en, title_zh, description``; and the problems found
    """
    listed = [] if said is None else said
    if not isinstance(listed, list) or not all(isinstance(v, Mapping) and v.get("name") for v in listed):
        remedy = 'Write "vintages": [{"name": ..., "title": ...}].'
        listed, problems = [], [Problem(FILE_NAME, "vintages", "a list of vintages", shown(said), remedy)]
    else:
        problems = []
    rows = [(v.get("title", v["name"]), v.get("title_zh", ""), v.get("description", "")) for v in listed]
    index = pd.Index([str(v["name"]) for v in listed], name="vintage", dtype="str")
    return pd.DataFrame(rows, index, ["title_en", "title_zh", "description"], dtype="str"), problems


def read_spans(said: Any, known: Iterable[str], place: str) -> tuple[tuple[Span, ...], list[Problem]]:
    """Spans of a column or variable: its key ``vintage``.

    Parameters
    ----------
    said : the name of a vintage, or a list of ``{"from": year, "to": year, "vintage": name}`` where years
        differ, each end open where it is not given; None or ``""`` where nothing is said
    known : names of vintages
    place : of the column, for the messages

    Returns
    -------
    spans, the earliest first, and the problems found
    """
    if said is None or said == "":
        return (), []
    listed = [{"vintage": said}] if isinstance(said, str) else said
    where = f"{place}, vintage"
    if not isinstance(listed, list) or not all(_is_span(span) for span in listed):
        expected = "the name of a vintage, or a list of spans of years"
        remedy = 'Write, say, [{"from": 2005, "to": 2023, "vintage": ...}].'
        return (), [Problem(FILE_NAME, where, expected, shown(said), remedy)]
    names = tuple(known)
    problems = [
        Problem(FILE_NAME, where, "a vintage that the package names", shown(span["vintage"]),
                suggestion(str(span["vintage"]), names))
        for span in listed
        if span["vintage"] not in names
    ]  # fmt: skip
    spans = sorted(
        (Span(span.get("from", EARLIEST), span.get("to", LATEST), span["vintage"]) for span in listed),
        key=lambda span: span.first_year,
    )
    problems += [
        Problem(FILE_NAME, where, "each year in one vintage", f"{_years(a)} and {_years(b)}", "Part them.")
        for a, b in pairwise(spans)
        if b.first_year <= a.last_year
    ]
    return tuple(spans), problems


def _is_span(said: object) -> bool:
    return (
        isinstance(said, Mapping)
        and set(said) <= _SPAN_KEYS
        and isinstance(said.get("vintage"), str)
        and all(isinstance(said.get(end, 0), int) for end in ("from", "to"))
    )


def _touches(span: Span, years: list[int]) -> bool:
    return bool(years) and span.first_year <= years[-1] and span.last_year >= years[0]


def _years(span: Span) -> str:
    if span.first_year == EARLIEST:
        return "" if span.last_year == LATEST else f"to {span.last_year}"
    if span.last_year == LATEST:
        return f"from {span.first_year}"
    return (
        f"{span.first_year} to {span.last_year}" if span.first_year < span.last_year else str(span.first_year)
    )
