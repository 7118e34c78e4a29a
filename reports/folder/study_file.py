"""The study file that a run leaves behind: every default filled in, reading the copies in the folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from capshare.base.conventions import Conventions
from capshare.indicators.dataset.descriptor import FILE_NAME
from capshare.indicators.dataset.excel_book import SUFFIXES
from capshare.model.outcome.study_record import StudyRecord
from capshare.reports.folder.references import reference_files, with_references
from capshare.reports.folder.run_folder import INPUTS


def run_study_toml(study: StudyRecord) -> bytes:
    """The study file of a run's folder, which reads nothing but what stands in the folder.

    Parameters
    ----------
    study : as it ran
    """
    return study_toml(_reading_its_copies(study), study.conventions)


def _reading_its_copies(study: StudyRecord) -> dict[str, Any]:
    """The settings, with the places of what the run read inside its own folder."""
    # A table of a data package may have any name, also that of a workbook.
    package = FILE_NAME in study.files
    workbook = next((name for name in study.files if name.lower().endswith(SUFFIXES)), None)
    places = {"dataset": INPUTS if package or workbook is None else f"{INPUTS}/{workbook}"}
    scenario = next((name for name in study.files if name.startswith("scenario/")), None)
    if scenario:
        places["scenario"] = f"{INPUTS}/{scenario}"
    kept = reference_files(study.settings)
    settings = with_references(study.settings, lambda run: f"{INPUTS}/{kept[run]}")
    return {**settings, "study": {**settings["study"], **places}}


def study_toml(settings: Mapping[str, Any], those: Conventions) -> bytes:
    """A study file, its prices under keys of the dataset's currency.

    Parameters
    ----------
    settings : of the study, plain data
    those : conventions of its dataset
    """
    return tomli_w.dumps(_without_none(settings, those)).encode()


def _without_none(value: Any, those: Conventions) -> Any:
    # TOML has no null: a setting that is absent is left out. Its keys are text, so years become text.
    if isinstance(value, Mapping):
        known = {those.outward(str(key)): item for key, item in value.items() if item is not None}
        return {key: _without_none(item, those) for key, item in known.items()}
    if isinstance(value, list | tuple):
        return [_without_none(item, those) for item in value]
    return value
