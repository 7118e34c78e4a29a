"""The quotas of a run of provinces that facilities are set beside."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.facilities.outcome import RunBeside
from capshare.reports.folder.run_folder import read_run
from capshare.reports.folder.tables import csv_bytes

COPY = "against.csv"
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

    outcome, _ = read_or_run_again(read_run(folder))
    year = asked if asked is not None else min(outcome.years, key=lambda each: abs(each - table_year))
    if year not in outcome.years:
        expected = f"a year of the run: {', '.join(map(str, outcome.years))}"
        remedy = "Choose one of them, or leave it out."
        raise CapshareError(Problem("--against-year", "", expected, str(year), remedy))
    provinces = outcome.in_year(year).provinces
    return RunBeside(outcome.study.name, year, provinces[list(_COLUMNS)].rename_axis("code"))


def copy_of(beside: RunBeside) -> bytes:
    """What was taken from a run, as it is kept among the inputs.

    Parameters
    ----------
    beside : of :func:`run_beside`
    """
    return csv_bytes(beside.table, COPY)


def from_copy(data: bytes, study: str, year: int) -> RunBeside:
    """The inverse of :func:`copy_of`.

    Parameters
    ----------
    data : content of the copy
    study, year : as of the run
    """
    table = pd.read_csv(io.BytesIO(data), dtype={"code": "str"}, keep_default_na=False)
    return RunBeside(study, year, table.set_index("code"))


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
