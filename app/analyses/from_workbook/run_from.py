"""A run from an edited workbook: what was changed in it, run anew, and set beside the run before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from capshare.analyses.from_workbook.at_cells import told_at_cells
from capshare.analyses.from_workbook.changes import edit_rows
from capshare.analyses.from_workbook.infeasible_at_cells import infeasible_at_cells
from capshare.analyses.from_workbook.original_run import OriginalRun, original_run
from capshare.analyses.from_workbook.whole_study import whole_study
from capshare.analyses.names import ALL
from capshare.analyses.run import run
from capshare.base.conventions import following
from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.base.file_bytes import TABLE_BYTES, read_bytes
from capshare.base.notes import Note, caution
from capshare.indicators.dataset.excel_formulas import KeptSheets, read_kept_cells
from capshare.model.outcome.before_after import beside_before, figures
from capshare.model.outcome.edits import Edits
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.edits_part import kept_files
from capshare.reports.folder.manifest import versions
from capshare.reports.words.catalogue import text
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.edits.carried_study import CarriedStudy, carried_study
from capshare.reports.workbook.edits.found_edits import FoundEdits, found_edits
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.sheets.integrity import ABOUT_THE_RUN
from capshare.study.reading import LoadedStudy
from capshare.study.setting import Setting, read_settings

_FRESH = "Edit the study.xlsx of a run, and save it as .xlsx."


@dataclass(frozen=True)
class EditedWorkbook:
    """An edited workbook, and the study that it asks for.

    Attributes
    ----------
    file : its name
    loaded : the study with the edited numbers
    found : what was edited
    settings : that were given beside it
    original : the run before
    notes : on how the workbook was read
    """

    file: str
    loaded: LoadedStudy
    found: FoundEdits
    settings: tuple[Setting, ...]
    original: OriginalRun
    notes: tuple[Note, ...]


def run_from(
    workbook: str | Path,
    study: str | Path | None = None,
    settings: Iterable[str] = (),
    analyses: Iterable[str] = ALL,
    ensemble: str | Path | None = None,
) -> Outcome:
    """Run the edited workbook of a run.

    Parameters
    ----------
    workbook : path of the edited ``study.xlsx``
    study : folder of the run that wrote it, or its study; by default the folder that the workbook is in, and
        where that is no run what the workbook carries
    settings : ``KEY=VALUE`` each, changed besides
    analyses, ensemble : as of :func:`capshare.run`

    Returns
    -------
    Outcome, whose ``study.edits`` say what was changed and what that changed

    Raises
    ------
    CapshareError
        with every cell that holds what it may not: an overwritten formula, a text for a number, a number
        out of its range; or where nothing was changed, or the run before is not at hand.
    InfeasibleError
        where the edited rules contradict each other.
    """
    return run_edited(read_edited(workbook, study, settings), analyses, ensemble)


def read_edited(
    workbook: str | Path, study: str | Path | None = None, settings: Iterable[str] = ()
) -> EditedWorkbook:
    """Read what was changed in the workbook of a run.

    Parameters
    ----------
    workbook, study, settings : as of :func:`run_from`

    Raises
    ------
    CapshareError
        as of :func:`run_from`.
    """
    path = Path(workbook)
    given = read_settings(settings)
    cells = read_kept_cells(read_bytes(path, TABLE_BYTES, path.name), path.name)
    carried = carried_study(cells)
    if carried is None:
        raise CapshareError(
            Problem(path.name, "", "the workbook of a run, with all its sheets", _sheets(cells), _FRESH)
        )
    original = original_run(path, carried, study)
    found = _edits(path.name, carried, original, cells)
    loaded = whole_study(path.name, carried.version, original, found, given)
    notes = (*original.notes, *_notes(path.name, carried, found))
    return EditedWorkbook(path.name, loaded, found, given, original, notes)


def run_edited(
    read: EditedWorkbook, analyses: Iterable[str] = ALL, ensemble: str | Path | None = None
) -> Outcome:
    """Run what an edited workbook asks for.

    Parameters
    ----------
    read : the workbook
    analyses, ensemble : as of :func:`capshare.run`
    """
    try:
        after = run(read.loaded, analyses, ensemble)
    except InfeasibleError as error:
        raise infeasible_at_cells(error, read.found, read.file) from None
    except CapshareError as error:
        raise CapshareError(
            told_at_cells(error.problems, read.found, [read.loaded.path.name], read.file)
        ) from None
    rows = edit_rows(read.found.edits, read.settings, read.original.loaded, read.file)
    return with_edits(after, beside_before(rows, figures(read.original.outcome), after))


def with_edits(outcome: Outcome, found: Edits) -> Outcome:
    """The outcome with what was edited, which is kept among its inputs.

    Parameters
    ----------
    outcome : of the edited numbers
    found : the edits
    """
    files = {**outcome.study.files, **kept_files(found)}
    return replace(outcome, study=replace(outcome.study, files=files, edits=found))


def _edits(file: str, carried: CarriedStudy, original: OriginalRun, cells: KeptSheets) -> FoundEdits:
    """What differs from the workbook as the run wrote it."""
    built = builder(original.outcome, carried.lang)
    written = read_kept_cells(packed(built.book), file)
    # These tell of the run, whose files are compared by their digests; no number is read from them.
    apart = [text(f"workbook.sheet.{key}", carried.lang) for key in ABOUT_THE_RUN]
    ours, theirs = (
        {title: kept for title, kept in sheets.items() if title not in apart} for sheets in (written, cells)
    )
    with following(original.outcome.study.conventions):
        return found_edits(built, ours, theirs, file)


def _notes(file: str, carried: CarriedStudy, found: FoundEdits) -> tuple[Note, ...]:
    notes = []
    own = versions()["capshare"]
    if carried.version != own:
        notes.append(caution("workbook_of_version", file=file, version=carried.version, own=own))
    if found.further_sheets or found.further_cells:
        sheets = len(found.further_sheets)
        notes.append(caution("workbook_not_read", file=file, sheets=sheets, cells=found.further_cells))
    return tuple(notes)


def _sheets(cells: KeptSheets) -> str:
    titles = list(cells)
    return f"sheets {', '.join(titles[:5])}{', …' if titles[5:] else ''}" if titles else "no sheet of cells"
