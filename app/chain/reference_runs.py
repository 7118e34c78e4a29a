"""Quotas of other runs, which planners' constraints may be relative to: read once, kept with the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import TABLE_BYTES, is_folder, is_there, read_bytes
from capshare.base.shown import shown
from capshare.indicators.dataset.fields import Field, read_field
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.text_file import read_text
from capshare.indicators.dataset.typed_table import typed_table
from capshare.reports.folder.read_table import read_frame
from capshare.reports.folder.references import run_files
from capshare.reports.folder.run_folder import RunFolder, is_run, read_run
from capshare.reports.folder.table_list import NAMED
from capshare.reports.folder.tables import csv_bytes
from capshare.study.study import Study

_COLUMNS = {"year": "year", "code": "string", "quota_mt": "number"}
_PLACE = "allocation.constraint, run"


def read_references(study: Study, folder: Path, found: Collector) -> dict[str, bytes]:
    """Quotas of every run that the study's constraints refer to, as they are kept among its inputs.

    Parameters
    ----------
    study : its ``[[allocation.constraint]]``
    folder : of the study file, which places of runs are relative to
    found : keeps the problems: a place that is neither a run's folder nor a table of quotas

    Returns
    -------
    dict of file name to CSV with the columns ``year, code, quota_mt``; a copy is the same to the byte
    """
    kept = {}
    for run, name in run_files(study.settings()).items():
        quota = found.attempt(partial(_quota_mt, folder / run, run, found.file))
        if quota is not None:
            kept[name] = csv_bytes(quota.to_frame(), name)
    return kept


def reference_quotas(study: Study, files: Mapping[str, bytes]) -> dict[str, pd.Series]:
    """Run as the study names it → its quotas, index (year, code), Mt.

    Parameters
    ----------
    study : its ``[[allocation.constraint]]``
    files : of :func:`read_references`; runs whose quotas are not among them are left out
    """
    names = run_files(study.settings())
    return {run: _from_table(files[name], name) for run, name in names.items() if name in files}


def _quota_mt(path: Path, run: str, file: str) -> pd.Series:
    if is_folder(path) and is_run(path):
        return _from_run(read_run(path), run, file)
    if path.suffix == ".csv" and is_there(path) and not is_folder(path):
        return _from_table(read_bytes(path, TABLE_BYTES, path.name), path.name)
    other = "another file" if is_there(path) else "nothing"
    what = "a folder without a run" if is_folder(path) else other
    expected = "the folder of a run, or a CSV file with year, code and quota_mt"
    remedy = "Paths are relative to the study file; `capshare runs DIR` lists runs."
    raise CapshareError(Problem(file, _PLACE, expected, f"{what} at {shown(run)}", remedy))


def _from_run(folder: RunFolder, run: str, file: str) -> pd.Series:
    table = NAMED["provinces"]
    if (became := folder.changed().get(table.file)) is not None:
        expected, remedy = f"{table.file} as the run left it", "Put the file back, or run it again."
        raise CapshareError(Problem(file, _PLACE, expected, f"it {became} in {shown(run)}", remedy))
    cap = read_frame(folder, NAMED["cap"], 0)
    frame = None if cap is None or cap.empty else read_frame(folder, table, int(cap.index.max()))
    if frame is None:
        expected = f"a run with {NAMED['cap'].file} and {table.file}"
        raise CapshareError(Problem(file, _PLACE, expected, shown(run), "Name another run."))
    quota: pd.Series = frame["quota_mt"].astype(float)
    return quota


def _from_table(data: bytes, name: str) -> pd.Series:
    resource = Resource(name, "scenario", name, None, _fields(), "", ("",), None)
    table = typed_table(resource, read_text(data, name))
    if table.problems:
        raise CapshareError(table.problems)
    frame = table.frame.astype({"year": int, "code": str}).set_index(["year", "code"])
    if frame.index.has_duplicates:
        twice = ", ".join(f"{code} in {year}" for year, code in frame.index[frame.index.duplicated()][:5])
        raise CapshareError(
            Problem(name, "", "each province of a year once", f"{twice} again", "Drop a row.")
        )
    return frame["quota_mt"]


def _fields() -> tuple[Field, ...]:
    described = [
        {"name": name, "type": kind, "constraints": {"required": True} | _least(kind)}
        for name, kind in _COLUMNS.items()
    ]
    fields = [read_field(field, _PLACE, "")[0] for field in described]
    return tuple(field for field in fields if field is not None)


def _least(kind: str) -> dict[str, float]:
    return {"minimum": 0} if kind == "number" else {}
