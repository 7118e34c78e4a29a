"""Dataset package: the same tables as CSV files with a data package, for who prefers text to a workbook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from capshare.reports.dataset_forms.columns import COLUMNS

_PROFILE = "tabular-data-package"


def dataset_package(base_year: int, regions: pd.DataFrame | None = None) -> dict[str, bytes]:
    """The files to fill in.

    Parameters
    ----------
    base_year : of the figures
    regions : index code; ``name_en, name_zh`` of regions to begin with, or None

    Returns
    -------
    name → content of ``datapackage.json``, ``regions.csv`` and ``provinces.csv``
    """
    names = [] if regions is None else [(str(code), *row) for code, row in _rows(regions)]
    blank = ("",) * len(COLUMNS)
    package = {
        "profile": _PROFILE,
        "name": "my-dataset",
        "title": "My dataset",
        "description": "Figures in provinces.csv are in the unit of their field: change it if yours differ.",
        "resources": [_regions(), _provinces(base_year)],
    }
    return {
        "datapackage.json": (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode(),
        "regions.csv": _csv(("code", "name_en", "name_zh", "aliases"), ((*name, "") for name in names)),
        "provinces.csv": _csv(
            ("code", *(column.name for column in COLUMNS)), ((name[0], *blank) for name in names)
        ),
    }


def _rows(regions: pd.DataFrame) -> list[tuple[object, tuple[str, str]]]:
    return [(code, (row["name_en"], row["name_zh"])) for code, row in regions.iterrows()]


def _regions() -> dict[str, Any]:
    return _resource(
        "regions",
        [
            _field("code", "string", "Code of the region", required=True, unique=True),
            _field("name_en", "string", "Name, English", required=True, unique=True),
            _field("name_zh", "string", "Name, Chinese; may be blank"),
            _field("aliases", "string", "Other spellings, separated by |"),
        ],
    )


def _provinces(base_year: int) -> dict[str, Any]:
    figures = [
        _field(column.name, "number", column.title, minimum=0)
        | {"title_zh": column.title_zh, "unit": column.unit, "source": "", "description": column.note}
        for column in COLUMNS
    ]
    code = _field("code", "string", "Code or name of the region", required=True, unique=True)
    return _resource("provinces", [code, *figures]) | {"base_year": base_year}


def _resource(name: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "role": name,
        "profile": "tabular-data-resource",
        "path": f"{name}.csv",
        "schema": {"fields": fields, "primaryKey": ["code"]},
    }


def _field(name: str, kind: str, title: str, **constraints: object) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": title, "constraints": constraints}


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    # With the mark, Excel opens the file as UTF-8.
    return text.getvalue().encode("utf-8-sig")
