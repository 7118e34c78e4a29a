"""A run among others: its outcome, fresh or read, under the name that tells it apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from capshare.base.notes import Note, caution, detail
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.files_state import UNWRITTEN, files_state
from capshare.reports.folder.manifest import sha256, versions
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.notes import NOTES
from capshare.reports.folder.run_folder import RunFolder

# Columns of groups that a run without one-sided prices has not.
SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t")


@dataclass(frozen=True)
class ComparedRun:
    """A run among others.

    Attributes
    ----------
    label : tells it apart
    outcome : what it found
    folder : where it was read from; None for a run that was not written
    """

    label: str
    outcome: Outcome
    folder: RunFolder | None = None

    @cached_property
    def changed(self) -> Mapping[str, str]:
        """Files that are no longer as the run left them, and what became of them."""
        return {} if self.folder is None else self.folder.changed()

    @property
    def state(self) -> str:
        """Whether its files are as the run left them."""
        return UNWRITTEN if self.folder is None else files_state(self.folder, self.changed)

    @property
    def versions(self) -> Mapping[str, str]:
        """Version of each package that it ran with."""
        return versions() if self.folder is None else self.folder.manifest["versions"]

    @property
    def inputs(self) -> Mapping[str, str]:
        """SHA-256 of each file that it read."""
        return sha256(self.outcome.study.files) if self.folder is None else self.folder.manifest["inputs"]

    @property
    def digest(self) -> Mapping[str, str]:
        """SHA-256 of its manifest, which has those of all its other files; none of an unwritten run."""
        return {} if self.folder is None else sha256({MANIFEST: self.folder.read(MANIFEST)})


def reading_notes(runs: Sequence[ComparedRun]) -> tuple[Note, ...]:
    """Which runs were changed after they had been written, kept no notes, or have no sides of prices.

    Parameters
    ----------
    runs : to be compared
    """
    changed = [
        caution("changed", run=run.label, files=list(run.changed.items())) for run in runs if run.changed
    ]
    silent = [
        caution("no_notes_file", run=run.label, file=NOTES)
        for run in runs
        if run.folder is not None and NOTES not in run.folder.files.names
    ]
    without = [run.label for run in runs if not set(SIDES) & set(run.outcome.allocation.blocks)]
    one_price = [detail("sides_not_compared", runs=without)] if without else []
    return *changed, *silent, *one_price
