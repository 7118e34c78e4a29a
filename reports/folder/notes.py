"""The notes of a run as a file of its folder, written and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note, from_plain, to_plain
from capshare.reports.folder.manifest import json_text
from capshare.reports.folder.run_folder import TABLE_BYTES, RunFolder
from capshare.reports.words.notes import has_sentence

NOTES = "notes.json"


def notes_json(notes: Iterable[Note]) -> str:
    """Notes as JSON: a list of ``key, severity, year`` (where a note has one) and ``values``.

    Parameters
    ----------
    notes : in their order
    """
    return json_text([to_plain(note) for note in notes])


def read_notes(folder: RunFolder) -> tuple[Note, ...] | None:
    """The notes in a run's folder, the inverse of :func:`notes_json`.

    Parameters
    ----------
    folder : of a run

    Returns
    -------
    notes in their order; None where the run was written by a version that kept no such file

    Raises
    ------
    CapshareError
        where the file cannot be read, holds something else, or notes of another version
    """
    path = folder.path / NOTES
    if NOTES not in folder.files.names:
        return None
    try:
        notes = tuple(from_plain(plain) for plain in json.loads(folder.read(NOTES, TABLE_BYTES).decode()))
    except (ValueError, TypeError, RecursionError) as error:
        raise CapshareError(
            Problem(str(path), "", "the notes of a run", str(error), "Put the file back.")
        ) from None
    unknown = sorted({note.key for note in notes if not has_sentence(note)})
    if unknown:
        remedy = "Put the file back, or run the study again with this version."
        raise CapshareError(
            Problem(str(path), "", "notes that this version has sentences for", ", ".join(unknown), remedy)
        )
    return notes
