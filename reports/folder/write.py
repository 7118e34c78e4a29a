"""The folder a run leaves behind: it appears whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli_w

from capshare.base.errors import CapshareError, Problem
from capshare.model.outcome.outcome import Outcome
from capshare.model.outcome.study_record import StudyRecord
from capshare.reports.folder.atomic import put_in_place
from capshare.reports.folder.manifest import input_copies, manifest
from capshare.reports.folder.run_folder import INPUTS, MANIFEST, STUDY, is_written
from capshare.reports.folder.tables import csv_text, tables
from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.workbook.book import workbook_bytes


def write(outcome: Outcome, folder: Path, force: bool = False, lang: str = DEFAULT_LANGUAGE) -> Path:
    """Write everything a run leaves behind into a new folder, atomically.

    Parameters
    ----------
    outcome : of a run
    folder : the folder to make; folders above it are made where they are missing
    force : replace an existing folder, if it is empty or the folder of an earlier run
    lang : language of what is for people, the workbook and the page

    Returns
    -------
    Path of the folder, resolved

    Raises
    ------
    CapshareError
        if the folder exists and may not be replaced, or cannot be written; nothing is left behind then
    """
    return write_files(contents(outcome, lang), folder, force)


def write_files(files: Mapping[str, bytes], folder: Path, force: bool = False) -> Path:
    """Write files into a new folder, atomically: it appears whole or not at all.

    Parameters
    ----------
    files : name to bytes; a ``manifest.json`` that lists versions lets a later call replace the folder
    folder : the folder to make; folders above it are made where they are missing
    force : replace an existing folder, if it is empty or one that capshare wrote

    Returns
    -------
    Path of the folder, resolved

    Raises
    ------
    CapshareError
        if the folder exists and may not be replaced, or cannot be written; nothing is left behind then
    """
    target = Path(folder).resolve()
    try:
        require_replaceable(target, force)
        put_in_place(files, target, force)
    except OSError as error:
        found = error.strerror or str(error)
        remedy = "Choose another folder with -o, or make room and permission for this one."
        raise CapshareError(
            Problem("output folder", str(target), "a writable place", found, remedy)
        ) from error
    return target


def contents(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> dict[str, bytes]:
    """Every file of a run's folder by name; text is UTF-8 and ends with a newline.

    The inputs are copied into ``inputs/``, and ``study.toml`` reads them there: the folder alone repeats
    the run, whatever becomes of the dataset it was made with.

    Parameters
    ----------
    outcome : of a run; its inputs still exist where they were read
    lang : language of the workbook and the page

    Returns
    -------
    dict of file name to bytes

    Raises
    ------
    CapshareError
        naming every input that can no longer be read, and every cell of a table that is missing
    """
    # In the order of the manifest, the only one that is known when the run is made again.
    study = replace(outcome.study, files=dict(sorted(outcome.study.files.items())))
    outcome = replace(outcome, study=study)
    inputs = input_copies(study.files)
    files = {table.file: csv_text(frame, table.file).encode() for table, frame in tables(outcome).items()}
    files[STUDY] = tomli_w.dumps(_without_none(_reading_its_copies(study))).encode()
    files["allocation.mps"] = _ended(outcome.allocation.mps)
    files["study.xlsx"] = workbook_bytes(outcome, lang)
    files["report.html"] = _ended(report_html(outcome, lang))
    found = manifest(outcome, sha256(inputs), sha256(files), lang)
    files[MANIFEST] = _ended(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
    return files | {f"{INPUTS}/{name}": data for name, data in inputs.items()}


def sha256(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by name and in the order of the names."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def _ended(text: str) -> bytes:
    return (text if text.endswith("\n") else f"{text}\n").encode()


def _reading_its_copies(study: StudyRecord) -> dict[str, Any]:
    """The settings, with the places of what the run read inside its own folder."""
    workbook = next((name for name in study.files if name.lower().endswith(".xlsx")), None)
    places = {"dataset": f"{INPUTS}/{workbook}" if workbook else INPUTS}
    scenario = next((name for name in study.files if name.startswith("scenario/")), None)
    if scenario:
        places["scenario"] = f"{INPUTS}/{scenario}"
    return {**study.settings, "study": {**study.settings["study"], **places}}


def _without_none(value: Any) -> Any:
    # TOML has no null: a setting that is absent is left out. Its keys are text, so years become text.
    if isinstance(value, Mapping):
        return {str(key): _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value


def require_replaceable(folder: Path, force: bool = False) -> None:
    """Refuse a folder that a run may not take, before the work is done.

    Parameters
    ----------
    folder : where the run shall go
    force : whether an earlier run there may be replaced

    Raises
    ------
    CapshareError
        where something is there that may not be replaced, or nothing can be written there
    """
    target = Path(folder).resolve()
    _require_writable(target)
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        expected, remedy = "a folder that does not exist yet", "Name a folder with -o."
        found = "a file of that name"
    elif not force:
        expected, remedy = "a folder that does not exist yet", "Name another, or replace it with --force."
        found = "an existing folder"
    elif any(target.iterdir()) and not is_written(target):
        expected = "an empty folder or that of an earlier run, to be replaced by --force"
        found, remedy = (
            "other files and no manifest of a run",
            "Name another folder, or empty this one yourself.",
        )
    else:
        return
    raise CapshareError(Problem("output folder", str(target), expected, found, remedy))


def _require_writable(target: Path) -> None:
    above = next(folder for folder in target.parents if folder.exists())
    # A file among the folders above is told when the folder is made.
    if above.is_dir() and not os.access(above, os.W_OK | os.X_OK):
        raise CapshareError(
            Problem("output folder", str(target), f"a place in {above} to write to",
                    "a folder that cannot be written", "Choose another with -o.")
        )  # fmt: skip
