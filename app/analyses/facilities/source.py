"""Where a table of facilities is from: a file, or the shipped plants; and all that it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder, is_there, read_bytes
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.facilities.shipped import (
    GENERATION,
    INVENTORY,
    PLANT_CLASSES,
    PLANTS,
    shipped_bytes,
)
from capshare.indicators.facilities.table import LARGEST_BYTES, facility_file

POWER_PLANTS = "power-plants"
# Files that its estimate is made of, and held against.
SHIPPED = (PLANTS, PLANT_CLASSES, INVENTORY, GENERATION)


@dataclass(frozen=True)
class FacilitySource:
    """A table of facilities before it is read.

    Attributes
    ----------
    name : of the file, or of the shipped table
    files : content of every file that it is of, by name
    is_shipped : whether it is the estimate of the shipped plants
    """

    name: str
    files: Mapping[str, bytes]
    is_shipped: bool = False


def facility_source(name_or_path: str) -> FacilitySource:
    """A table of facilities by the name of a shipped one, or from a file.

    Parameters
    ----------
    name_or_path : ``power-plants``, the path of a CSV or an Excel workbook, or the folder of a result

    Raises
    ------
    CapshareError
        where there is neither
    """
    if name_or_path == POWER_PLANTS:
        files = {name: shipped_bytes(name) for name in SHIPPED}
        return FacilitySource(POWER_PLANTS, files, is_shipped=True)
    path = facility_file(Path(name_or_path))
    if path.suffix.lower() == ".toml":
        remedy = "A study is for `capshare run`; --against takes the folder that it writes."
        raise CapshareError(
            Problem("facilities", "", "a CSV or an Excel workbook", f"a study file, {path.name}", remedy)
        )
    if not is_there(path) and is_folder(Path(name_or_path)):
        found = f"{shown(name_or_path)}, a folder without {path.name}"
        remedy = "Name the table in it; the folder of a run is for --against."
        expected = "a CSV, an Excel workbook, or a folder that capshare benchmark wrote"
        raise CapshareError(Problem("facilities", "", expected, found, remedy))
    if not is_there(path):
        expected = f"a CSV, an Excel workbook, or the shipped table {POWER_PLANTS}"
        remedy = suggestion(name_or_path, [POWER_PLANTS])
        raise CapshareError(Problem("facilities", "", expected, shown(name_or_path), remedy))
    return FacilitySource(path.name, {path.name: read_bytes(path, LARGEST_BYTES, path.name or str(path))})
