"""Tables of facilities that market sectors are taken from: read once, kept as sums with the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.base.file_bytes import read_bytes
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.facilities.shipped import market_sector_spellings
from capshare.indicators.facilities.table import LARGEST_BYTES, facility_file, read_facilities
from capshare.reports.folder.references import facility_files
from capshare.reports.folder.tables import csv_bytes
from capshare.study.study import Study

_KEYS = ["code", "sector", "year", "status"]
_SUMMED = ["emissions_t", "output"]


def read_facility_sums(
    study: Study, regions: Regions, folder: Path, found: Collector
) -> dict[str, pd.DataFrame]:
    """Table of facilities as the study names it → its sums.

    Parameters
    ----------
    study : its ``[[market_sectors.sectors]]``
    regions : what provinces are called
    folder : of the study file, which places of tables are relative to
    found : keeps the problems of the tables

    Returns
    -------
    dict of place to DataFrame with the columns ``code, sector, year, status, emissions_t, output``; tables
    with problems are left out
    """
    sums = {
        place: found.attempt(partial(_sums, folder / place, regions))
        for place in facility_files(study.settings())
    }
    return {place: table for place, table in sums.items() if table is not None}


def kept_sums(study: Study, sums: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Sums as they are kept among the inputs of a run: a table of facilities with one row for each.

    Parameters
    ----------
    study : names the tables
    sums : of :func:`read_facility_sums`

    Returns
    -------
    dict of file name to CSV; read in place of the table it gives the same sums, to the last digit
    """
    names = facility_files(study.settings())
    return {names[place]: csv_bytes(_as_facilities(table), names[place]) for place, table in sums.items()}


def _sums(path: Path, regions: Regions) -> pd.DataFrame:
    own = facility_file(path)
    data = read_bytes(own, LARGEST_BYTES, own.name, "Paths of facilities are relative to the study file.")
    frame, problems, _ = read_facilities(data, own.name, regions, market_sector_spellings())
    if problems:
        raise CapshareError(problems)
    plain = frame.astype({"code": "str", "sector": "str", "status": "str", "year": int})
    return plain.groupby(_KEYS)[_SUMMED].sum().reset_index()


def _as_facilities(sums: pd.DataFrame) -> pd.DataFrame:
    name = (sums["code"] + " " + sums["sector"] + " " + sums["status"]).str.strip()
    return sums.rename(columns={"code": "province"}).set_index(name.rename("facility"))
