"""What a page or another program may ask of the workbench."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

MOST_CHANGES = 200
MOST_PEERS = 3
LONGEST_KEY = 300

Changes = Annotated[dict[Annotated[str, Field(max_length=LONGEST_KEY)], Any], Field(max_length=MOST_CHANGES)]
"""Key as of ``--set`` → its value: number, text, truth value, list or table; "inf" for no limit."""
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)]


class Question(BaseModel):
    """A study with some keys changed; everything that the workbench answers is about one."""

    model_config = ConfigDict(extra="forbid")

    changes: Changes = {}


class Solve(Question):
    """A split to find."""

    year: int | None = None
    """One of the study's years; by default the last."""


class ExportRun(Question):
    """A run folder to write."""

    name: Name
    """Name of the folder inside the export folder."""


class ProvinceStory(Solve):
    """A province whose story to tell."""

    code: Annotated[str, Field(max_length=100)]
    """Code or name of the province."""
    peers: Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(max_length=MOST_PEERS)] = ()
    """Codes or names of provinces to tell beside it."""
