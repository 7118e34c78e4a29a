"""The run or study that provinces' stories are told of: prepared once, and read or solved once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from capshare.analyses.names import (
    COST_CURVES,
    GROUP_DIAGNOSTICS,
    GROUPING_LOSS,
    ONE_SIDED_PRICES,
    QUOTA_RANGES,
    SENSITIVITY,
)
from capshare.analyses.read_run import read_or_run_again, refuse_settings
from capshare.analyses.run import outcome_of
from capshare.analyses.verify import run_again, study_of_run
from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder
from capshare.base.notes import Note, caution
from capshare.chain.from_inputs import solver_limits
from capshare.chain.prepared import prepare
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.read_record import analyses_of
from capshare.reports.folder.run_folder import read_run
from capshare.solvers.guard import within
from capshare.study.reading import load_study

# What a province's story tells of a run.
TOLD = (COST_CURVES, GROUP_DIAGNOSTICS, GROUPING_LOSS, ONE_SIDED_PRICES, QUOTA_RANGES, SENSITIVITY)


class ToldRun:
    """A run, or a study that is run, whose provinces' stories are told.

    Parameters
    ----------
    run_or_study : folder of a run, which is read, or run again where its files were changed since; or a
        study's name or path
    settings : keys of a study that shall have another value, as of ``load_study``

    Attributes
    ----------
    found : the study, prepared

    Raises
    ------
    CapshareError
        where it is neither, the study is wrong, or settings are given for a run that has ended
    """

    def __init__(self, run_or_study: str | Path, settings: Sequence[str] = ()) -> None:
        self._folder = read_run(Path(run_or_study)) if is_folder(Path(run_or_study)) else None
        if self._folder:
            refuse_settings(self._folder.path, settings)
        loaded = study_of_run(self._folder) if self._folder else load_study(run_or_study, settings)
        with within(solver_limits(loaded.study)):
            self.found = prepare(loaded, bootstrap=False)

    def code(self, region: str) -> str:
        """The code of a province.

        Parameters
        ----------
        region : its code, its name in any known spelling, or an alias

        Raises
        ------
        CapshareError
            where no province has this name
        """
        return self.found.inputs.dataset.regions.resolve(region, "province")

    def year(self, year: int | None) -> int:
        """The year asked for, by default the last.

        Parameters
        ----------
        year : one of the study's, or None

        Raises
        ------
        CapshareError
            where the study has no such year
        """
        years = self.found.inputs.years
        if year is None or year in years:
            return years[-1] if year is None else year
        known = ", ".join(map(str, years))
        raise CapshareError(
            Problem("year", "", f"a year of the study: {known}", str(year), "Choose one of them.")
        )

    @property
    def outcome(self) -> Outcome:
        """What the run found."""
        return self._ended[0]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader of any story should know: that the run was made again, that a year stands alone."""
        alone = (caution("year_alone"),) if self.found.numbers.year_rules.tie else ()
        return (*self._ended[1], *alone)

    @cached_property
    def _ended(self) -> tuple[Outcome, tuple[Note, ...]]:
        if self._folder is None:
            return outcome_of(self.found, TOLD), ()
        known = analyses_of(self._folder)
        if known is not None and not set(TOLD) <= set(known):
            return run_again(self._folder, {*TOLD, *known}), (caution("more_looked_for"),)
        return read_or_run_again(self._folder)
