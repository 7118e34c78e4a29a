"""Data package: a folder with a datapackage.json, loaded as a dataset or refused with every problem in it.

The checks are plain pandas on the text of the files: they name the row of the file and what stands
there, which a schema library on typed frames no longer knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import TABLE_BYTES, is_folder, is_there, read_bytes
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.catalogue import shipped_datasets, shipped_folder
from capshare.indicators.dataset.column_units import study_column
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.descriptor import FILE_NAME, Descriptor, read_descriptor
from capshare.indicators.dataset.encodings import encoding_notes
from capshare.indicators.dataset.excel_book import SUFFIXES, load_workbook_dataset
from capshare.indicators.dataset.fields import Fault
from capshare.indicators.dataset.table_roles import TABLE_ROLES
from capshare.indicators.dataset.tables import dataset_of
from capshare.indicators.dataset.text_file import TextRows, read_text

_NO_PACKAGE = "Name a folder that holds a data package."
_NO_TABLE = "Put the file there or correct its path in datapackage.json."


def load_dataset(
    name_or_path: str | Path, relative_to: Path | None = None, replaced: Mapping[str, bytes] | None = None
) -> Dataset:
    """Load a dataset: a shipped one by its name, a folder with a data package, or an Excel workbook.

    A text that is a shipped name means the shipped dataset, even beside a folder of that name; write
    ``./name`` for the folder. The order of a file's rows and columns does not matter. Figures are
    converted from the unit their column declares to the one a study reads.

    Parameters
    ----------
    name_or_path : a shipped name, a folder that holds a datapackage.json, or an .xlsx file
    relative_to : folder that a relative path starts from; the working directory by default
    replaced : files of the dataset that have another content than on disk, as an edited workbook gives them

    Returns
    -------
    Dataset, sorted by code, with notes on implausible figures and on encodings that are a guess

    Raises
    ------
    CapshareError
        with every problem found in any of the files.
    """
    path = _path(name_or_path, relative_to)
    other = replaced or {}
    return _load_folder(path, other) if is_folder(path) else load_workbook_dataset(path, other.get(path.name))


def _path(name_or_path: str | Path, relative_to: Path | None) -> Path:
    shipped = shipped_datasets()
    if isinstance(name_or_path, str) and name_or_path in shipped:
        return shipped_folder(name_or_path)
    path = (relative_to or Path()) / name_or_path
    if is_folder(path) or (is_there(path) and path.suffix.lower() in SUFFIXES):
        return path
    if is_there(path):
        found = f"a file, {path}"
        remedy = "Name the folder that holds the datapackage.json, or save a spreadsheet as .xlsx."
    else:
        found, remedy = shown(str(name_or_path)), suggestion(str(name_or_path), shipped)
    expected = f"a shipped dataset ({', '.join(shipped)}), a folder with a {FILE_NAME} or an .xlsx workbook"
    raise CapshareError(Problem("dataset", "", expected, found, remedy))


def _load_folder(folder: Path, replaced: Mapping[str, bytes]) -> Dataset:
    def content(name: str, remedy: str) -> bytes:
        return replaced[name] if name in replaced else read_bytes(folder / name, TABLE_BYTES, name, remedy)

    files = {FILE_NAME: content(FILE_NAME, _NO_PACKAGE)}
    descriptor = read_descriptor(files[FILE_NAME])
    texts: dict[str, TextRows] = {}
    problems = _unit_problems(descriptor)
    for resource in descriptor.resources:
        try:
            if resource.path not in files:
                files[resource.path] = content(resource.path, _NO_TABLE)
            texts[resource.name] = read_text(files[resource.path], resource.path)
        except CapshareError as error:
            problems.extend(error.problems)
    dataset = dataset_of(descriptor, texts, problems, folder, files)
    guessed = [note for name, data in files.items() for note in encoding_notes(data, name)]
    return replace(dataset, notes=(*guessed, *dataset.notes))


def _unit_problems(descriptor: Descriptor) -> list[Problem]:
    return [
        found.at(FILE_NAME, f"resource {resource.name}, field {field.name}, unit")
        for resource in descriptor.resources
        if TABLE_ROLES[resource.role].converted
        for field in resource.fields
        if field.numeric and isinstance(found := study_column(field.name, field.about["unit"]), Fault)
    ]
