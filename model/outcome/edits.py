"""What was edited in a workbook before a run, and what the run found before and after it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

BEFORE, AFTER, CHANGE = "before", "after", "change"
# Name of a figure before and after → its column in the run.
OF_PROVINCES = {"quota_{}_mt": "quota_mt", "cut_{}_pct": "intensity_cut_pct"}
OF_YEARS = {
    "cap_{}_mt": "cap_mt",
    "price_{}_yuan_per_t": "price_yuan_per_t",
    "cost_{}_1e8yuan": "cost_1e8yuan",
    "abatement_{}_mt": "abatement_mt",
}


@dataclass(frozen=True)
class Edits:
    """An edited workbook that a run was made from.

    Attributes
    ----------
    cells : index ``edit``, from 1; ``source, sheet, cell, column, row_name, study_key, unit, value_before,
        value_after``, all text, of every changed cell and setting; blank where there is no sheet or value
    provinces : index ``year, code``; quota and cut of the run before, of this run, and the difference, and
        what decided each
    years : index ``year``; cap, price, cost and abatement likewise
    """

    cells: pd.DataFrame
    provinces: pd.DataFrame
    years: pd.DataFrame

    @property
    def before(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """What the run before found: of provinces and of years, columns named as of a run."""
        own = (self.provinces, {**OF_PROVINCES, "decided_{}": "decided_by"}), (self.years, OF_YEARS)
        provinces, years = (
            frame[[name.format(BEFORE) for name in names if name.format(BEFORE) in frame]].rename(
                columns={name.format(BEFORE): column for name, column in names.items()}
            )
            for frame, names in own
        )
        return provinces, years
