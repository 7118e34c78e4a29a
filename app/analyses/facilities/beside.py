"""The quotas of a run of provinces that facilities are set beside."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.facilities.outcome import RunBeside
from capshare.reports.folder.manifest import json_text
from capshare.reports.folder.run_folder import read_run
from capshare.reports.folder.tables import csv_bytes
from capshare.reports.words.catalogue import LANGUAGES

COPY, ELECTRICITY = "against.csv", "electricity.json"
_COLUMNS = ("name_en", "name_zh", "quota_mt", "emissions_mt")


def run_beside(folder: Path, table_year: int, asked: int | None) -> RunBeside:
    """Quotas and emissions of the provinces of a run in one year.

    Parameters
    ----------
    folder : of the run
    table_year : of the facilities; where the run has it, it is taken, else the nearest
    asked : the year of the run to take; None for that one

    Returns
    -------
    RunBeside

    Raises
    ------
    CapshareError
        where it is no run, or has no such year
    """
    # Takes a second to import, which facilities without a run need not wait for.
    from capshare.analyses.read_run import read_or_run_again
    from capshare.reports.words.electricity import electricity_lines

    outcome, _ = read_or_run_again(read_run(folder))
    year = asked if asked is not None else min(outcome.years, key=lambda each: abs(each - table_year))
    if year not in outcome.years:
        expected = f"a year of the run: {', '.join(map(str, outcome.years))}"
        remedy = "Choose one of them, or leave it out."
        raise CapshareError(Problem("--against-year", "", expected, str(year), remedy))
    provinces = outcome.in_year(year).provinces
    said = {lang: electricity_lines(outcome, lang) for lang in LANGUAGES}
    return RunBeside(outcome.study.name, year, provinces[list(_COLUMNS)].rename_axis("code"), said)


def copies_of(beside: RunBeside) -> dict[str, bytes]:
    """What was taken from a run, as it is kept among the inputs, by name.

    Parameters
    ----------
    beside : of :func:`run_beside`
    """
    said = {ELECTRICITY: json_text(beside.electricity).encode()} if any(beside.electricity.values()) else {}
    return {COPY: csv_bytes(beside.table, COPY), **said}


def from_copies(copies: Mapping[str, bytes], study: str, year: int) -> RunBeside:
    """The inverse of :func:`copies_of`.

    Parameters
    ----------
    copies : content of the copies, by name
    study, year : as of the run

    Raises
    ------
    CapshareError
        where the copies are of another kind
    """
    try:
        table = pd.read_csv(io.BytesIO(copies[COPY]), dtype={"code": "str"}, keep_default_na=False)
        figures = table.set_index("code")[list(_COLUMNS)].astype({"quota_mt": float, "emissions_mt": float})
        said = {
            lang: tuple(map(str, lines)) for lang, lines in json.loads(copies.get(ELECTRICITY, b"{}")).items()
        }
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        found = f"other content: {str(error).splitlines()[0]}"
        wanted = f"what was taken from the run {study}"
        raise CapshareError(
            Problem("inputs/run", "", wanted, found, "Put the files back as they were.")
        ) from error
    return RunBeside(study, year, figures, said)


def outside_problems(codes: set[str], beside: RunBeside, source: str) -> list[Problem]:
    """Provinces of facilities that the run does not split among.

    Parameters
    ----------
    codes : of the facilities
    beside : the run
    source : name of the table of facilities
    """
    outside = sorted(codes - set(beside.table.index))
    remedy = "Take a run of the same country, or leave these facilities out."
    expected = f"provinces of the run {beside.study}"
    return [Problem(source, "column province", expected, ", ".join(outside), remedy)] if outside else []
