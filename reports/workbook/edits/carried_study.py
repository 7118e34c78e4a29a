"""The study that a workbook carries as text: what is left of it where its run folder is not at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from capshare.indicators.dataset.excel_formulas import KeptSheets
from capshare.model.outcome.study_record import StudyRecord
from capshare.reports.folder.manifest import sha256, versions
from capshare.reports.folder.study_file import study_toml
from capshare.reports.words.catalogue import LANGUAGES, text

# These lines are comments of TOML, so that the whole is a study file.
_VERSION, _DIGEST = "# capshare ", "# SHA-256 "


@dataclass(frozen=True)
class CarriedStudy:
    """What the sheet with the study file says.

    Attributes
    ----------
    lang : of the workbook
    version : of capshare that wrote it
    digests : SHA-256 of every file that the run read, by its name
    toml : the settings as a study file, without comments
    """

    lang: str
    version: str
    digests: Mapping[str, str]
    toml: str


def carried_lines(study: StudyRecord) -> list[str]:
    """Lines of the sheet: comments on the run, then the settings.

    Parameters
    ----------
    study : of the run
    """
    digests = [f"{_DIGEST}{digest} {name}" for name, digest in sha256(study.files).items()]
    settings = study_toml(study.settings, study.conventions).decode()
    return [f"{_VERSION}{versions()['capshare']}", *digests, *settings.splitlines()]


def carried_study(sheets: KeptSheets) -> CarriedStudy | None:
    """The study that a workbook carries; None where it is no workbook of a run.

    Parameters
    ----------
    sheets : cells of the workbook
    """
    titles = {text("workbook.sheet.study_file", lang): lang for lang in LANGUAGES}
    sheet = next((title for title in titles if title in sheets), None)
    if sheet is None:
        return None
    rows = {
        int(cell[1:]): str(kept.value)
        for cell, kept in sheets[sheet].items()
        if cell[1:].isdigit() and cell[0] == "A"
    }
    first = next((row for row, line in sorted(rows.items()) if line.startswith(_VERSION)), None)
    if first is None:
        return None
    lines = [rows.get(row, "") for row in range(first, max(rows) + 1)]
    digests = [line.removeprefix(_DIGEST).partition(" ") for line in lines if line.startswith(_DIGEST)]
    return CarriedStudy(
        lang=titles[sheet],
        version=lines[0].removeprefix(_VERSION).strip(),
        digests={name: digest for digest, _, name in digests},
        toml="\n".join(line for line in lines[1:] if not line.startswith(_DIGEST)).strip() + "\n",
    )
