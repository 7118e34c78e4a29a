"""What a run folder says of its run besides tables: its study, and what its manifest tells."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import STUDY_BYTES
from capshare.base.later import Later
from capshare.base.shown import shown
from capshare.model.outcome.study_record import StudyRecord
from capshare.reports.folder.manifest import ANALYSES, SOURCES
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.references import reference_files, with_references
from capshare.reports.folder.run_folder import INPUTS, STUDY, RunFolder

T = TypeVar("T")
_REMEDY = "Put the file back as the run left it, or run the study again."


class _Study(Later, StudyRecord):
    """The study of a run folder."""


def study_record(folder: RunFolder, settings: Callable[[], Mapping[str, Any]] | None = None) -> StudyRecord:
    """The study of a run as it ran, its inputs named as the run named them.

    Parameters
    ----------
    folder : of the run
    settings : gives the settings with every default filled in; by default they are what the folder's study
        file says, whatever version wrote it

    Returns
    -------
    StudyRecord, each part of it read when it is first asked for
    """

    def as_it_ran() -> Mapping[str, Any]:
        found = _written_settings(folder) if settings is None else settings()
        study, sources = found.get("study"), folder.manifest.get("sources")
        if sources is None or not isinstance(study, Mapping):
            return found
        # In the order of the study file; a source that the run did not name is only the place of a copy.
        named = {key: value for key, value in study.items() if key not in SOURCES or key in sources}
        references = dict(zip(reference_files(found), folder.manifest.get("references", ()), strict=False))
        found = with_references(found, lambda run: str(references.get(run, run)))
        return {**found, "study": {**named, **sources}}

    return _Study.later(
        name=lambda: said_of_itself(folder, "study", str),
        seed=lambda: said_of_itself(folder, "seed", int),
        conventions=lambda: folder.conventions,
        settings=as_it_ran,
        analyses=lambda: analyses_of(folder),
        files=lambda: {name: folder.read(f"{INPUTS}/{name}") for name in folder.manifest["inputs"]},
    )


def analyses_of(folder: RunFolder) -> tuple[str, ...] | None:
    """What a run computed beyond the split; None for all that the files of a run hold.

    Parameters
    ----------
    folder : of the run

    Raises
    ------
    CapshareError
        where the manifest has something else there than names
    """
    said = folder.manifest.get(ANALYSES)
    if said is None:
        return None
    if not isinstance(said, list) or not all(isinstance(name, str) for name in said):
        raise CapshareError(Problem(MANIFEST, ANALYSES, "a list of names", shown(said), _REMEDY))
    return tuple(said)


def said_of_itself(folder: RunFolder, key: str, made_of: Callable[[Any], T]) -> T:
    """What is made of an entry of a run's manifest.

    Parameters
    ----------
    folder : of the run
    key : of the entry
    made_of : makes it

    Raises
    ------
    CapshareError
        where the manifest has no such entry, or nothing can be made of it
    """
    try:
        return made_of(folder.manifest[key])
    except (KeyError, TypeError, ValueError) as error:
        found = f"none, or one without {error}" if isinstance(error, KeyError) else str(error)
        raise CapshareError(Problem(MANIFEST, key, "what a run writes of itself", found, _REMEDY)) from None


def text_of(folder: RunFolder, name: str) -> str:
    """Content of a text file of a run.

    Parameters
    ----------
    folder : of the run
    name : of the file

    Raises
    ------
    CapshareError
        where it cannot be read
    """
    try:
        return folder.read(name).decode()
    except UnicodeDecodeError as error:
        problem = Problem(str(folder.path / name), "", "text in UTF-8", str(error), _REMEDY)
        raise CapshareError(problem) from None


def _written_settings(folder: RunFolder) -> Mapping[str, Any]:
    try:
        return tomllib.loads(folder.read(STUDY, STUDY_BYTES).decode())
    except (ValueError, RecursionError) as error:
        place = str(folder.path / STUDY)
        problem = Problem(place, "", "the settings of the run", str(error), "Put the file back.")
        raise CapshareError(problem) from None
