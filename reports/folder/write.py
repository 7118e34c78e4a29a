"""The folder a run leaves behind: it appears whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from capshare.base.conventions import as_its_readers_say
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.manifest import json_text, manifest, sha256
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.new_folder import write_files
from capshare.reports.folder.notes import NOTES, notes_json
from capshare.reports.folder.run_folder import INPUTS, STUDY
from capshare.reports.folder.study_file import run_study_toml
from capshare.reports.folder.tables import csv_bytes, tables
from capshare.reports.page.page import report_html
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.shown_units import DEFAULT_UNIT
from capshare.reports.workbook.book import workbook_bytes


def write(
    outcome: Outcome,
    folder: Path,
    force: bool = False,
    lang: str = DEFAULT_LANGUAGE,
    unit: str = DEFAULT_UNIT,
) -> Path:
    """Write everything a run leaves behind into a new folder, atomically.

    Parameters
    ----------
    outcome : of a run
    folder : the folder to make; folders above it are made where they are missing
    force : replace an existing folder, if it is empty or the folder of an earlier run
    lang : language of what is for people, the workbook and the page
    unit : of the summary of the workbook, a key of :data:`~capshare.reports.words.shown_units.PER_MT`

    Returns
    -------
    Path of the folder, resolved

    Raises
    ------
    CapshareError
        if the folder exists and may not be replaced, or cannot be written, or amounts cannot be shown in the
        unit; nothing is left behind then
    """
    return write_files(contents(outcome, lang, unit), folder, force)


@as_its_readers_say
def contents(outcome: Outcome, lang: str = DEFAULT_LANGUAGE, unit: str = DEFAULT_UNIT) -> dict[str, bytes]:
    """Every file of a run's folder by name; text is UTF-8 and ends with a newline.

    What was read is kept in ``inputs/`` as it was read, and ``study.toml`` reads it there: the folder alone
    repeats the run, whatever became of the dataset since.

    Parameters
    ----------
    outcome : of a run
    lang : language of the workbook and the page
    unit : as of :func:`write`

    Returns
    -------
    dict of file name to bytes

    Raises
    ------
    CapshareError
        naming every cell of a table that is missing, or the units there are
    """
    # In the order of the manifest, the only one that is known when the run is made again.
    study = replace(outcome.study, files=dict(sorted(outcome.study.files.items())))
    outcome = replace(outcome, study=study)
    files = {table.file: csv_bytes(frame, table.file) for table, frame in tables(outcome).items()}
    files[STUDY] = run_study_toml(study)
    files[NOTES] = notes_json(outcome.notes).encode()
    files["allocation.mps"] = _ended(outcome.allocation.mps)
    files["study.xlsx"] = workbook_bytes(outcome, lang, unit)
    files["report.html"] = _ended(report_html(outcome, lang))
    said = manifest(outcome, sha256(study.files), sha256(files), lang, unit)
    files[MANIFEST] = json_text(said).encode()
    return files | {f"{INPUTS}/{name}": data for name, data in study.files.items()}


def _ended(text: str) -> bytes:
    return (text if text.endswith("\n") else f"{text}\n").encode()
