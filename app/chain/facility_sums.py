"""Tables of facilities that market sectors are taken from: read once, kept as sums with the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import TABLE_BYTES, is_folder, read_bytes
from capshare.base.shown import shown
from capshare.base.spelling import exact_key, suggestion
from capshare.indicators.dataset.fields import Field, read_field
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.text_file import TextRows, header_problems, read_text
from capshare.indicators.dataset.typed_table import TypedTable, typed_table, with_codes
from capshare.indicators.market_sectors import SECTORS
from capshare.reports.folder.references import facility_files
from capshare.reports.folder.tables import csv_text
from capshare.study.study import Study

# What a table of facilities is called in the folder of a benchmark.
TABLE = "facilities.csv"
_REGION = ("province", "code")
_KINDS = {"sector": "string", "emissions_t": "number", "year": "year", "status": "string"}
_OPTIONAL = ("year", "status")
_KEYS = ["code", "sector", "year", "status"]
_SPELLINGS: Mapping[str, str] = {
    **{str(sector): sector for sector in SECTORS},
    **{"power and heat": "power", "aluminum": "aluminium", "iron and steel": "steel"},
    **{"电力": "power", "发电": "power", "电力热力": "power", "电力和热力": "power", "钢铁": "steel"},
    **{"水泥": "cement", "铝冶炼": "aluminium", "电解铝": "aluminium"},
}


def read_facility_sums(study: Study, regions: Regions, folder: Path, found: Collector) -> dict[str, bytes]:
    """Sums of every table of facilities that the study names, as they are kept among its inputs.

    Parameters
    ----------
    study : its ``[[market_sectors.sectors]]``
    regions : what provinces are called
    folder : of the study file, which places of tables are relative to
    found : keeps the problems of the tables

    Returns
    -------
    dict of file name to CSV with the columns ``code, sector, year, status, emissions_t``; the sums of a copy
    are the same to the byte
    """
    kept = {}
    for place, name in facility_files(study.settings()).items():
        sums = found.attempt(partial(_sums, folder / place, regions))
        if sums is not None:
            kept[name] = csv_text(sums, name).encode()
    return kept


def facility_sums(study: Study, files: Mapping[str, bytes]) -> dict[str, pd.DataFrame]:
    """Table as the study names it → its sums; ``code, sector, year, status, emissions_t``.

    Parameters
    ----------
    study : its ``[[market_sectors.sectors]]``
    files : of :func:`read_facility_sums`; tables whose sums are not among them are left out
    """
    names = facility_files(study.settings())
    return {place: _cells(files[name], name).frame for place, name in names.items() if name in files}


def _sums(path: Path, regions: Regions) -> pd.DataFrame:
    own = path / TABLE if is_folder(path) else path
    data = read_bytes(own, TABLE_BYTES, own.name, "Paths of facilities are relative to the study file.")
    table = with_codes(_cells(data, own.name), regions)
    frame, problems = table.frame, list(table.problems)
    if "sector" in frame:
        known = {exact_key(name): sector for name, sector in _SPELLINGS.items()}
        sector = frame["sector"].map(lambda name: known.get(exact_key(str(name))))
        expected = f"a sector of the national market: {', '.join(SECTORS)}"
        problems += [
            Problem(
                own.name, f"row {row}, column sector", expected, shown(name), suggestion(name, _SPELLINGS)
            )
            for row, name in frame["sector"][sector.isna()].dropna().items()
        ]
        frame = frame.assign(sector=sector)
    if problems:
        raise CapshareError(problems)
    if "year" not in frame:
        remedy = "Add a column year: emissions are compared with the province's of the same year."
        raise CapshareError(Problem(own.name, "column year", "this column", "none", remedy))
    stated = frame.get("status", pd.Series("", frame.index)).fillna("")
    return frame.assign(status=stated).groupby(_KEYS)[["emissions_t"]].sum()


def _cells(data: bytes, name: str) -> TypedTable:
    """The columns that count, of a table that may have others."""
    text = read_text(data, name)
    region = next((column for column in _REGION if column in text.header), _REGION[0])
    wanted = [region, *(column for column in _KINDS if column in text.header or column not in _OPTIONAL)]
    places = {column: text.header.index(column) for column in wanted if column in text.header}
    lacking = [problem for problem in header_problems(text.header, wanted, name) if problem.found == "none"]
    if lacking:
        raise CapshareError(lacking)
    rows = {row: tuple(cells[place] for place in places.values()) for row, cells in text.rows.items()}
    fields = tuple(_field(column) for column in places)
    resource = Resource(name, "panel", name, None, fields, region, ("",), None)
    return typed_table(resource, TextRows(tuple(places), rows, text.mark))


def _field(column: str) -> Field:
    kind = _KINDS.get(column, "string")
    least = {"minimum": 0} if kind == "number" else {}
    said = {"name": column, "type": kind, "constraints": {"required": column != "status"} | least}
    field, problems = read_field(said, "facilities", column)
    if field is None:
        raise CapshareError(problems)
    return field
