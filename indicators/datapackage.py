"""Data package: a folder with a datapackage.json, loaded as a dataset or refused with every problem in it.

The checks are plain pandas on the text of the files: they name the row of the file and what stands
there, which a schema library on typed frames no longer knows.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from capshare.errors import CapshareError, Problem
from capshare.indicators.catalogue import shipped_datasets, shipped_folder
from capshare.indicators.dataset import Dataset
from capshare.indicators.descriptor import FILE_NAME, Descriptor, Resource, read_descriptor
from capshare.indicators.fields import DESCRIPTION
from capshare.indicators.regions import Regions
from capshare.indicators.spelling import suggestion
from capshare.indicators.tablechecks import absent, repeated, undescribed
from capshare.indicators.textfile import read_text
from capshare.indicators.typedtable import TypedTable, typed_table, with_codes

_KEYS = {"panel": ["code", "year", "variable"], "national": ["year", "variable"]}
_ONE_ROW_PER_REGION = ["code"]


def load_dataset(name_or_path: str | Path, relative_to: Path | None = None) -> Dataset:
    """Dataset of a shipped name or of a folder with a data package.

    A text that is a shipped name means the shipped dataset, even beside a folder of that name; write
    ``./name`` for the folder. The order of a file's rows and columns does not matter.

    Parameters
    ----------
    name_or_path : a shipped name, or a folder that holds a datapackage.json
    relative_to : folder that a relative path starts from; the working directory by default

    Returns
    -------
    Dataset, sorted by code

    Raises
    ------
    CapshareError
        with every problem found in any of the files.
    """
    folder = _folder(name_or_path, relative_to)
    descriptor = read_descriptor(folder / FILE_NAME)
    tables, problems = _read_tables(descriptor, folder)
    regions = _regions(tables, descriptor, problems)
    if regions is not None:
        tables = {name: _with_codes(table, regions) for name, table in tables.items()}
        for table in tables.values():
            problems += [*table.problems, *_checks(table, regions)]
    else:
        problems += [problem for table in tables.values() for problem in table.problems]
    if regions is None or problems:
        raise CapshareError(dict.fromkeys(problems))
    return _dataset(descriptor, folder, tables, regions)


def _folder(name_or_path: str | Path, relative_to: Path | None) -> Path:
    shipped = shipped_datasets()
    if isinstance(name_or_path, str) and name_or_path in shipped:
        return shipped_folder(name_or_path)
    path = (relative_to or Path()) / name_or_path
    if path.is_dir():
        return path
    if path.suffix.lower() == ".xlsx":
        found = f"a workbook, {path}"
        remedy = "Save its sheets as a data package: workbooks are not read yet."
    elif path.is_file():
        found, remedy = f"a file, {path}", "Name the folder that holds the datapackage.json."
    else:
        found, remedy = repr(str(name_or_path)), suggestion(str(name_or_path), shipped)
    expected = f"a shipped dataset ({', '.join(shipped)}) or a folder with a {FILE_NAME}"
    raise CapshareError(Problem("dataset", "", expected, found, remedy))


def _read_tables(descriptor: Descriptor, folder: Path) -> tuple[dict[str, TypedTable], list[Problem]]:
    tables: dict[str, TypedTable] = {}
    problems: list[Problem] = []
    for resource in descriptor.resources:
        try:
            text = read_text(folder / resource.path, resource.path)
        except CapshareError as error:
            problems.extend(error.problems)
        else:
            tables[resource.name] = typed_table(resource, text)
    return tables, problems


def _regions(
    tables: dict[str, TypedTable], descriptor: Descriptor, problems: list[Problem]
) -> Regions | None:
    """Regions, or None where their table is unsound: then no other table can be resolved."""
    name = descriptor.of_role("regions")[0].name
    if name not in tables:
        return None
    table = tables[name]
    found = [*table.problems, *repeated(table, _ONE_ROW_PER_REGION)]
    if not found:
        try:
            return Regions.from_table(table.frame, table.resource.path)
        except CapshareError as error:
            found = list(error.problems)
    problems += found
    return None


def _with_codes(table: TypedTable, regions: Regions) -> TypedTable:
    return table if table.resource.role in ("regions", "national") else with_codes(table, regions)


def _checks(table: TypedTable, regions: Regions) -> list[Problem]:
    role = table.resource.role
    problems = [*repeated(table, _KEYS.get(role, _ONE_ROW_PER_REGION)), *undescribed(table)]
    return problems + (absent(table, regions) if role == "provinces" else [])


def _dataset(
    descriptor: Descriptor, folder: Path, tables: dict[str, TypedTable], regions: Regions
) -> Dataset:
    provinces = descriptor.of_role("provinces")[0]
    by_role = {resource.role: tables[resource.name] for resource in descriptor.resources}
    panel, national = by_role.get("panel"), by_role.get("national")
    frame = _by_code(tables[provinces.name])
    fields = _described(provinces)
    paths = [FILE_NAME, *(resource.path for resource in descriptor.resources)]
    return Dataset(
        name=descriptor.name,
        title=descriptor.title,
        base_year=int(provinces.base_year or 0),
        regions=regions,
        table=frame[fields.index].astype("float64"),
        fields=fields,
        panel=None if panel is None else _long(panel, ["code", "variable", "year"]),
        panel_variables=None if panel is None else panel.resource.variables,
        national=None if national is None else _long(national, ["variable", "year"]),
        published={r.name: _by_code(tables[r.name]) for r in descriptor.of_role("published")},
        files={path: folder / path for path in paths},
    )


def _by_code(table: TypedTable) -> pd.DataFrame:
    return table.frame.set_index("code").sort_index()


def _long(table: TypedTable, order: list[str]) -> pd.DataFrame:
    frame = table.frame.sort_values(order, ignore_index=True)
    return frame[["code", *frame.columns.drop("code")]] if "code" in order else frame


def _described(resource: Resource) -> pd.DataFrame:
    """Numeric columns and what they mean; names of regions are labels, not figures."""
    numeric = [field for field in resource.fields if field.numeric and field.name != resource.region_column]
    index = pd.Index([field.name for field in numeric], name="column", dtype="str")
    return pd.DataFrame([field.about for field in numeric], index, list(DESCRIPTION), dtype="str")
