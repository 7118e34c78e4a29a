"""What became of a table of facilities: quotas, their sums, and the run that they stand beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from capshare.base.notes import Note


@dataclass(frozen=True, eq=False)
class RunBeside:
    """What of a run of provinces facilities are set beside.

    Attributes
    ----------
    study : its name
    year : of the quotas taken from it
    table : index code; ``name_en, name_zh, quota_mt, emissions_mt``, the latter before abatement
    electricity : language → what the run says about electricity that crosses borders; no sentence where its
        study does not look at it
    """

    study: str
    year: int
    table: pd.DataFrame
    electricity: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class FacilityOutcome:
    """Quotas of the facilities of one year.

    Attributes
    ----------
    table : name of the file, or of the shipped table, that the facilities are from
    year : of their emissions
    quotas : index row; as of :func:`capshare.model.facilities.carry_over.quotas_through_years`
    provinces : index code; as of :func:`capshare.model.facilities.sums.beside_run`, with ``name_en`` and
        ``name_zh``; the columns of a run NaN where there is none
    sectors : index sector; as of :func:`capshare.model.facilities.sums.by_sector`, with ``form``,
        ``output_unit`` and ``benchmark``, the mean by output
    notes : what to know before a figure is used
    beside : the run that they stand beside; None where there is none
    check : index code; the estimate of the shipped plants beside statistics; None for other tables
    """

    table: str
    year: int
    quotas: pd.DataFrame
    provinces: pd.DataFrame
    sectors: pd.DataFrame
    notes: tuple[Note, ...]
    beside: RunBeside | None = None
    check: pd.DataFrame | None = None

    @property
    def statuses(self) -> dict[str, int]:
        """How many facilities' figures are of each status that is stated."""
        counts = self.quotas["status"].value_counts()
        return {str(name): int(count) for name, count in counts.items() if name and count}

    @property
    def doubtful(self) -> str:
        """Whether figures of a facility are "synthetic" or an "estimate"; else ``""``."""
        return next((name for name in ("synthetic", "estimate") if name in self.statuses), "")
