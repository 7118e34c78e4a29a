"""A folder to start from with facilities: a synthetic table of them, and the rules of their market."""

from __future__ import annotations

from pathlib import Path

from capshare.indicators.facilities.shipped import RULES, market_regions, shipped_bytes
from capshare.indicators.facilities.synthetic import synthetic_facilities
from capshare.reports.folder.one_file import require_free, write_file
from capshare.reports.folder.tables import csv_bytes

TABLE = "synthetic.csv"


def write_new_facilities(folder: Path, count: int, seed: int, force: bool = False) -> tuple[Path, Path]:
    """Write a synthetic table of facilities, and a commented copy of the shipped rules, into a folder.

    Parameters
    ----------
    folder : made where it is missing
    count : number of facilities, in two years each
    seed : the same seed gives the same table
    force : replace files that are there

    Returns
    -------
    Paths of the table and of the rules

    Raises
    ------
    CapshareError
        where a file exists and is not to be replaced, or the folder cannot be written
    """
    for name in (TABLE, RULES):
        require_free(folder / name, force)
    table = synthetic_facilities(count, seed, market_regions().names.index).set_index("facility")
    rules = write_file(shipped_bytes(RULES), folder / RULES, force)
    return write_file(csv_bytes(table, TABLE), folder / TABLE, force), rules
