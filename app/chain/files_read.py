"""Files read: the content of all that a run is made from, by the names it has in the run's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.descriptor import FILE_NAME
from capshare.indicators.dataset.excel_book import SUFFIXES
from capshare.indicators.dataset.scenarios import SCENARIO, Scenario
from capshare.reports.folder.files import is_plain, printable
from capshare.study.reading import LoadedStudy


def files_read(
    loaded: LoadedStudy, dataset: Dataset, scenario: Scenario, references: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Content of every file that a run reads.

    Parameters
    ----------
    loaded, dataset, scenario : what was read
    references : quotas of other runs and sums of facilities, by the names they have among the inputs

    Returns
    -------
    dict of name to bytes: the study file, the dataset's files by their paths in it, the scenario and the
        references

    Raises
    ------
    CapshareError
        where two of them would be one file of the run's folder, or the study file has the name of a dataset.
    """
    study = loaded.path.name
    folders = dict.fromkeys(name.split("/")[0] for name in references)
    names = [study, *dataset.files, SCENARIO, *folders]
    problems = [*_study_problems(study), *_strange([*names, scenario.file]), *_clashes(names)]
    if problems:
        raise CapshareError(problems)
    return {study: loaded.data, **dataset.files, f"{SCENARIO}/{scenario.file}": scenario.data, **references}


def _study_problems(name: str) -> Iterator[Problem]:
    if name == FILE_NAME or name.lower().endswith(SUFFIXES):
        yield Problem(
            name, "", "a study file with the name of a study", "that of a dataset", "Call it .toml."
        )


def _strange(names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        if not is_plain(name):
            expected = "a file name without control characters, in UTF-8"
            yield Problem("inputs", printable(name), expected, "another", "Rename the file.")


def _clashes(names: Iterable[str]) -> Iterator[Problem]:
    """Names that are written twice, or that are also the folder of another."""
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        above = {str(folder) for folder in PurePosixPath(name).parents}
        if name in files | folders or above & files:
            found = f"another file read that is or holds {name}"
            yield Problem("inputs", name, "a name of its own in the folder of the run", found, "Rename one.")
        files.add(name)
        folders |= above
