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
    conventions : of its dataset, in which results are written and shown
    files : content of the files as they were read, by their name in the run folder's manifest
    edits : the edited workbook that it was made from; None where there was none
    """

    name: str
    seed: int
    settings: Mapping[str, Any]
    files: Mapping[str, bytes]
    conventions: Conventions = field(default_factory=Conventions)
    edits: Edits | None = None
