"""Which study a run was of, and what it read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from capshare.base.conventions import Conventions

if TYPE_CHECKING:
    from capshare.model.outcome.edits import Edits


@dataclass(frozen=True)
class StudyRecord:
    """The study as it ran.

    Attributes
    ----------
    name, seed : of the study
    settings : every default filled in; plain data, ready for TOML
    files : content of the files as they were read, by their name in the run folder's manifest
    analyses : what was computed beyond the split, sorted names; None for all that the files of a run hold
    conventions : of its dataset, in which results are written and shown
    edits : the edited workbook that it was made from; None where there was none
    """

    name: str
    seed: int
    settings: Mapping[str, Any]
    files: Mapping[str, bytes]
    analyses: tuple[str, ...] | None
    conventions: Conventions = field(default_factory=Conventions)
    edits: Edits | None = None
