"""An outcome as the workbook needs it: the years that are shown, every province with its block."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from capshare.model.outcome.allocation import Ending
from capshare.model.outcome.inputs_used import InputsUsed
from capshare.model.outcome.outcome import Outcome
from capshare.reports.workbook.milestones import milestones
from capshare.reports.workbook.sizes import with_sizes
from capshare.reports.workbook.target_columns import TargetColumns, target_columns

NATIONAL = "all"
# Beyond it, tables that compare every row with every other would keep a spreadsheet busy for minutes.
MOST_ROWS = 400
MOST_STEPS = 2000
# Rules whose shares are one column of the inputs, or the score.
SHARE_BASES = {
    "score": "score",
    "grandfathering": "emissions_mt",
    "per-capita": "population_1e4",
    "gdp": "gdp_1e8yuan",
}


@dataclass(frozen=True)
class WorkbookData:
    """What the sheets read.

    Attributes
    ----------
    outcome : of the run
    years : the years shown, in order: all, unless
        :func:`~capshare.reports.workbook.milestones.milestones` leaves some out
    all_years : the years allocated, in order
    provinces : index (year, code), sorted; the columns of ``provinces.csv`` and ``block``
    blocks : index (year, group)
    prices : index (year, constraint, name)
    contributions : index (year, code)
    steps : index (year, code, step), the cheapest of a province first
    targets : what cuts follow from, where the study sets targets
    """

    outcome: Outcome
    years: tuple[int, ...]
    all_years: tuple[int, ...]
    provinces: pd.DataFrame
    blocks: pd.DataFrame
    prices: pd.DataFrame
    contributions: pd.DataFrame
    steps: pd.DataFrame
    targets: TargetColumns | None

    @property
    def several(self) -> bool:
        """Whether more than one year is shown."""
        return len(self.years) > 1

    @property
    def year_names(self) -> tuple[str, ...]:
        """Names of the columns that say the year: none where one year is shown."""
        return ("year",) if self.several else ()

    @cached_property
    def block_of(self) -> dict[tuple[int, str], tuple[int, str]]:
        """Row → year and block."""
        blocks = map(str, self.provinces["block"])
        return {row: (row[0], block) for row, block in zip(self.rows, blocks, strict=True)}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the provinces."""
        return tuple(self.provinces.index.get_level_values("code").unique())

    @cached_property
    def rows(self) -> tuple[tuple[int, str], ...]:
        """Labels (year, code)."""
        return tuple(self.provinces.index)

    def of_year(self, year: object) -> list[tuple[int, str]]:
        """The rows of a year, which are neighbours.

        Parameters
        ----------
        year : one of those shown
        """
        return self._rows_of[year]

    def in_year(self, year: int) -> pd.DataFrame:
        """The provinces of a year, index code.

        Parameters
        ----------
        year : one of those shown
        """
        return self._provinces_of[year]

    def steps_in(self, year: int) -> pd.DataFrame:
        """The abatement steps of a year, index (code, step).

        Parameters
        ----------
        year : one of those shown
        """
        return self.steps[self.steps.index.get_level_values("year") == year].droplevel("year")

    @cached_property
    def _provinces_of(self) -> dict[int, pd.DataFrame]:
        return {year: self.provinces.loc[[year]].droplevel("year") for year in self.years}

    @cached_property
    def _rows_of(self) -> dict[object, list[tuple[int, str]]]:
        return {year: [row for row in self.rows if row[0] == year] for year in self.years}

    @cached_property
    def endings(self) -> dict[int, Ending]:
        """How the solver ended, by year; none where the years shown were solved together with others."""
        found = {end.years[0]: end for end in self.outcome.allocation.endings if len(end.years) == 1}
        return {year: found[year] for year in self.years} if set(self.years) <= set(found) else {}

    @property
    def base_year(self) -> int:
        """Year of the provincial statistics."""
        return int(self.setting("study.base_year", self.years[0]))

    def setting(self, path: str, otherwise: Any) -> Any:
        """A setting of the study by its dotted path.

        Parameters
        ----------
        path : "allocation.trade_cost_yuan_per_t"
        otherwise : what is taken where the study does not set it
        """
        found: Any = self.outcome.study.settings
        for part in path.split("."):
            if not isinstance(found, Mapping) or found.get(part) is None:
                return otherwise
            found = found[part]
        return found

    @property
    def used(self) -> InputsUsed | None:
        """What the run keeps of its inputs."""
        return self.outcome.inputs

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """The columns of the dataset that the study uses, with emissions; index code."""
        first = self.in_year(self.years[0])["emissions_mt"]
        if self.used is None:
            return first.to_frame()
        return with_sizes(self.used.table.loc[list(first.index)])

    @cached_property
    def is_national(self) -> bool:
        """Whether all provinces are in one block, whatever their groups."""
        return set(self.provinces["block"]) == {NATIONAL}

    def key(self, year: int, block: object) -> str:
        """Name of a block, with its year where there are several.

        Parameters
        ----------
        year : one of those shown
        block : name of a group, or that of the nation
        """
        return f"{year} {block}" if self.several else str(block)

    @property
    def total_mt(self) -> pd.Series:
        """The part of the cap that is divided between the provinces, index year (all), Mt."""
        cap = self.outcome.cap.path
        return cap["divided_mt" if "divided_mt" in cap else "cap_mt"]

    @property
    def max_deviation(self) -> float:
        """T."""
        return float(self.setting("allocation.max_deviation", math.inf))

    @cached_property
    def raw_share(self) -> pd.Series | None:
        """What entitlements inside a block are in proportion to, index (year, code)."""
        if self.share_base is not None:
            return self._base(self.share_base)
        found = self.outcome.allocation.raw_share
        return None if found is None else found.loc[list(self.rows)]

    @cached_property
    def share_base(self) -> str | None:
        """The column that raw shares are in proportion to; None where they are a rule's own."""
        within = str(self.setting("allocation.within", "")).replace("_", "-")
        base, found = SHARE_BASES.get(within), self.outcome.allocation.raw_share
        if base is None or (base != "score" and base not in self.inputs):
            return None
        if found is None:
            return base if base == "score" else None
        ratio = found.loc[list(self.rows)] / self._base(base)
        same = ratio.groupby("year").transform("first")
        # A rule that looks ahead shares out other figures than those of the base year.
        return base if bool(np.allclose(ratio, same, rtol=1e-9, atol=0.0)) else None

    def _base(self, base: str) -> pd.Series:
        if base == "score":
            return self.provinces["score"]
        column = self.inputs[base].to_dict()
        return pd.Series([float(column[code]) for _, code in self.rows], index=self.provinces.index)


def workbook_data(outcome: Outcome) -> WorkbookData:
    """Gather what the sheets read.

    Parameters
    ----------
    outcome : of a run
    """
    split = outcome.allocation
    shown = milestones(outcome.years, len(split.provinces) // len(outcome.years))
    provinces, blocks, prices, contributions, steps = (
        frame.loc[list(shown)]
        for frame in (
            split.provinces.sort_index(),
            split.blocks,
            outcome.prices,
            split.contributions,
            split.steps,
        )
    )
    national = list(blocks.index.get_level_values("group").unique()) == [NATIONAL]
    provinces = provinces.assign(block=NATIONAL if national else provinces["group"])
    # A step may cost less than the one before by what its own rounding leaves open.
    steps = steps.sort_values(["year", "code", "cost_yuan_per_t", "step"])
    targets, years = target_columns(outcome, provinces), outcome.years
    return WorkbookData(outcome, shown, years, provinces, blocks, prices, contributions, steps, targets)
