"""A dataset of one's own to fill in: workbook, folder of CSV files, and a study file that fits them."""

from __future__ import annotations

from pathlib import Path

from capshare.analyses.new_study import FILE_NAME, folder_name
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_there
from capshare.base.interrupts import held_back
from capshare.indicators.dataset.data_package import load_dataset
from capshare.reports.dataset_forms.package import dataset_package
from capshare.reports.dataset_forms.workbook import dataset_book

WORKBOOK, FOLDER = "dataset.xlsx", "dataset"
_TEMPLATE = Path(__file__).parents[1] / "templates" / "own-data.toml"
_TEMPLATE_YEAR = "2020"


def write_new_dataset(
    folder: Path, base_year: int = int(_TEMPLATE_YEAR), regions: str | None = None, force: bool = False
) -> tuple[Path, ...]:
    """Write templates of a dataset and a study into a folder, which is made where it is missing.

    Parameters
    ----------
    folder : where ``dataset.xlsx``, the folder ``dataset`` and ``study.toml`` go
    base_year : of the figures
    regions : a dataset whose regions the templates begin with; None for an empty list
    force : replace files that are there

    Returns
    -------
    Paths of the study file, the workbook and the data package

    Raises
    ------
    CapshareError
        naming every file that exists and is not to be replaced; or where the folder cannot be written.
    """
    names = None if regions is None else load_dataset(regions).regions.names
    study = _TEMPLATE.read_text(encoding="utf-8").replace(_TEMPLATE_YEAR, str(base_year))
    name = folder_name(folder)
    package = dataset_package(base_year, names)
    files = {
        folder / FILE_NAME: study.replace("my-study", name, 1).encode(),
        folder / WORKBOOK: dataset_book(base_year, names),
        **{folder / FOLDER / file: data for file, data in package.items()},
    }
    _require_free(files, force)
    try:
        with held_back():
            for path, data in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    except OSError as error:
        found = error.strerror or str(error)
        raise CapshareError(
            Problem(str(folder), "", "a folder that can be written", found, "Give another.")
        ) from None
    return folder / FILE_NAME, folder / WORKBOOK, folder / FOLDER / "datapackage.json"


def _require_free(files: dict[Path, bytes], force: bool) -> None:
    there = [] if force else [path for path in files if is_there(path)]
    if there:
        remedy = "Give another folder, or --force to replace it."
        raise CapshareError(Problem(str(path), "", "no file yet", "a file", remedy) for path in there)
