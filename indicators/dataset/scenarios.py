"""Scenarios: growth of national GDP year by year, each figure observed or called an assumption."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import TABLE_BYTES, is_there, read_bytes
from capshare.base.notes import Note
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.base.years import year_problems
from capshare.indicators.dataset.encodings import encoding_notes
from capshare.indicators.dataset.fields import Field, read_field
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.text_file import read_text
from capshare.indicators.dataset.typed_table import typed_table

SCENARIO = "scenario"
"""Kind of table that a scenario is."""
# Not called datapackage.json: the scenarios are no dataset of provinces, and are not listed as one.
_DESCRIPTION = Path(__file__).parents[1] / "data" / "scenarios" / "scenarios.json"


@dataclass(frozen=True, eq=False)
class Scenario:
    """Growth of national GDP, with the standing of every figure.

    Attributes
    ----------
    name, title, description : of the scenario
    growth : index ``year``, consecutive; ``gdp_growth_pct`` (real, over the year before, %), ``status``
        (``observed`` or ``assumption``), ``source`` (of an observed figure; the reason of an assumed one)
    file : name of its file
    data : content of the file as it was read
    notes : whether the encoding of its file is a guess
    """

    name: str
    title: str
    description: str
    growth: pd.DataFrame
    file: str
    data: bytes
    notes: tuple[Note, ...] = ()

    def gdp_ratio(self, base_year: int, last_year: int) -> pd.Series:
        """GDP at constant prices as a multiple of the base year's; see `gdp_ratio`.

        Parameters
        ----------
        base_year : its GDP is 1
        last_year : up to it growth must be known, % a year
        """
        return gdp_ratio(self.growth["gdp_growth_pct"], base_year, last_year, f"scenario {self.name}")


def shipped_scenarios() -> tuple[str, ...]:
    """Names of the scenarios that ship with the package.

    Returns
    -------
    names, sorted
    """
    return tuple(sorted(_descriptions()))


def load_scenario(name_or_path: str | Path, replaced: bytes | None = None) -> Scenario:
    """Scenario of a shipped name or of a CSV with the columns ``year, gdp_growth_pct, status, source``.

    A text that is a shipped name means the shipped scenario; write ``./name.csv`` for a file.

    Parameters
    ----------
    name_or_path : a shipped name, or a file
    replaced : other content of its file, that of an edited workbook; None for what stands on disk

    Returns
    -------
    Scenario, sorted by year

    Raises
    ------
    CapshareError
        where the name is unknown, a cell cannot be used, or a year between the first and the last is
        missing; with all the problems of the file.
    """
    name = str(name_or_path)
    if replaced is not None:
        return _of(scenario_file(name_or_path), replaced, _descriptions().get(name, {}))
    return _shipped(name) if name in _descriptions() else _read(scenario_file(name_or_path), {})


@cache
def _shipped(name: str) -> Scenario:
    """A shipped scenario, read once: nobody changes it."""
    return _read(scenario_file(name), _descriptions()[name])


def _read(path: Path, said: Mapping[str, Any]) -> Scenario:
    return _of(path, read_bytes(path, TABLE_BYTES, path.name), said)


def _of(path: Path, data: bytes, said: Mapping[str, Any]) -> Scenario:
    title = str(said.get("title", path.stem))
    growth, about = read_growth(data, path.name), str(said.get("description", ""))
    notes = encoding_notes(data, path.name)
    return Scenario(path.stem, title, about, growth, path.name, data, notes)


def scenario_file(name_or_path: str | Path) -> Path:
    """File of a scenario.

    Parameters
    ----------
    name_or_path : of a shipped scenario, or of a CSV file

    Raises
    ------
    CapshareError
        where neither a shipped scenario nor a file has this name.
    """
    described, path = _descriptions(), Path(name_or_path)
    if str(name_or_path) in described:
        return _DESCRIPTION.parent / str(described[str(name_or_path)]["path"])
    if not is_there(path):
        expected = f"a shipped scenario ({', '.join(sorted(described))}) or a CSV file"
        remedy = suggestion(str(name_or_path), sorted(described))
        raise CapshareError(Problem("scenario", "", expected, shown(str(name_or_path)), remedy))
    return path


def gdp_ratio(
    growth_pct: pd.Series, base_year: int, last_year: int, source: str = "gdp_ratio(growth_pct)"
) -> pd.Series:
    r"""GDP at constant prices as a multiple of the base year's.

    .. math:: Y_t/Y_0 = \prod_{s=1}^{t} (1 + g_s/100)

    Parameters
    ----------
    growth_pct : index ``year``; real growth over the year before, %
    base_year : year 0, whose own growth is not needed
    last_year : last year returned
    source : what to call the series in a message

    Returns
    -------
    Series ``gdp_ratio``, index ``year`` from the base year, where it is 1; no unit.

    Raises
    ------
    CapshareError
        where a year is missing or stands twice, growth is not above −100 %, or the years are reversed; all
        at once.
    """
    years = pd.RangeIndex(base_year + 1, last_year + 1, name="year")
    problems = year_problems(source, "gdp_growth_pct", growth_pct.index, years)
    if last_year < base_year:
        found = f"{last_year}"
        problems.append(Problem(source, "last_year", f"{base_year} or later", found, "Swap the years."))
    problems += [
        Problem(source, f"gdp_growth_pct, {year}", "a finite number above -100", f"{value:g}", "Correct it.")
        for year, value in growth_pct.items()
        if not -100 < value < float("inf")
    ]
    if problems:
        raise CapshareError(problems)
    factors = np.append(1.0, 1 + growth_pct.reindex(years).to_numpy(dtype=float) / 100)
    covered = pd.Index([base_year, *years], name="year")
    return pd.Series(factors.cumprod(), index=covered, name="gdp_ratio")


def _descriptions() -> dict[str, dict[str, Any]]:
    package = json.loads(_DESCRIPTION.read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def read_growth(data: bytes, name: str) -> pd.DataFrame:
    """Growth that the file of a scenario states, index ``year``, consecutive.

    Parameters
    ----------
    data : content of the file
    name : of the file

    Returns
    -------
    DataFrame; ``gdp_growth_pct`` (real, over the year before, %), ``status, source``

    Raises
    ------
    CapshareError
        where a cell cannot be used, or a year between the first and the last is missing.
    """
    resource, text = scenario_resource(name), read_text(data, name)
    table = typed_table(resource, text)
    if table.problems:
        raise CapshareError(table.problems)
    growth = table.frame.set_index("year").sort_index()
    first, last = int(growth.index.min()), int(growth.index.max())
    problems = year_problems(name, "column year", growth.index, range(first, last + 1))
    if problems:
        raise CapshareError(problems)
    return growth[["gdp_growth_pct", "status", "source"]]


def scenario_resource(file: str) -> Resource:
    """What the table of a scenario is.

    Parameters
    ----------
    file : its name
    """
    return Resource(SCENARIO, SCENARIO, file, None, _fields(), "", ("",), None)


def _fields() -> tuple[Field, ...]:
    """Columns of a scenario: those of the shipped ones, which share one schema."""
    schema: Mapping[str, Any] = next(iter(_descriptions().values()))["schema"]
    fields = [read_field(field, _DESCRIPTION.name, field["name"])[0] for field in schema["fields"]]
    return tuple(field for field in fields if field is not None)
