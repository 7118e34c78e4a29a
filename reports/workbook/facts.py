"""A result as the workbook needs it: every frame with a year, every province with its block."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from capshare.model.outcome.result import AllocationSummary, Result

NATIONAL = "all"
# Beyond it, tables that compare every row with every other would keep a spreadsheet busy for minutes.
MOST_ROWS = 400
MOST_STEPS = 2000
MOST_YEARS = 4
# Rules whose shares are one column of the inputs, or the score.
SHARE_BASES = {
    "score": "score",
    "grandfathering": "emissions_mt",
    "per-capita": "population_1e4",
    "gdp": "gdp_1e8yuan",
}


@dataclass(frozen=True)
class Facts:
    """What the sheets read.

    Attributes
    ----------
    result : of the run
    years : the years shown, in order: all of a few, else the first, the last and every fifth between
    all_years : the years allocated, in order
    provinces : index (year, code), sorted; the columns of ``provinces.csv`` and ``block``
    blocks : index (year, group)
    prices : index (year, constraint, name)
    contributions : index (year, code)
    steps : index (year, code, step)
    """

    result: Result
    years: tuple[int, ...]
    all_years: tuple[int, ...]
    provinces: pd.DataFrame
    blocks: pd.DataFrame
    prices: pd.DataFrame
    contributions: pd.DataFrame
    steps: pd.DataFrame

    @property
    def several(self) -> bool:
        """Whether more than one year is shown."""
        return len(self.years) > 1

    @cached_property
    def block_of(self) -> dict[tuple[int, str], tuple[int, str]]:
        """Row → year and block."""
        blocks = map(str, self.provinces["block"])
        return {row: (row[0], block) for row, block in zip(self.rows, blocks, strict=True)}

    @cached_property
    def step_rows(self) -> dict[tuple[int, str], list[tuple[int, str, int]]]:
        """Row → its steps, which are neighbours."""
        found: dict[tuple[int, str], list[tuple[int, str, int]]] = {}
        for year, code, step in self.steps.index:
            found.setdefault((year, code), []).append((year, code, step))
        return found

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the provinces."""
        return tuple(self.provinces.index.get_level_values("code").unique())

    @cached_property
    def rows(self) -> tuple[tuple[int, str], ...]:
        """Labels (year, code)."""
        return tuple(self.provinces.index)

    def of_year(self, year: object) -> list[tuple[int, str]]:
        """The rows of a year, which are neighbours."""
        return self._rows_of[year]

    def in_year(self, year: int) -> pd.DataFrame:
        """The provinces of a year, index code."""
        return self.provinces[self.provinces.index.get_level_values("year") == year].droplevel("year")

    def steps_in(self, year: int) -> pd.DataFrame:
        """The abatement steps of a year, index (code, step)."""
        return self.steps[self.steps.index.get_level_values("year") == year].droplevel("year")

    @cached_property
    def _rows_of(self) -> dict[object, list[tuple[int, str]]]:
        return {year: [row for row in self.rows if row[0] == year] for year in self.years}

    @cached_property
    def endings(self) -> dict[int, AllocationSummary]:
        """How the solver ended, by year; none where the years shown were solved together with others."""
        if len(self.all_years) == 1:
            return {self.years[0]: self.result.allocation}
        found = self.result.allocations
        return {year: found[year] for year in self.years} if set(self.years) <= set(found) else {}

    @property
    def base_year(self) -> int:
        """Year of the provincial statistics."""
        return int(self.setting("study.base_year", self.years[0]))

    def setting(self, path: str, otherwise: Any) -> Any:
        """A setting of the study by its dotted path."""
        found: Any = self.result.settings
        for part in path.split("."):
            if not isinstance(found, Mapping) or found.get(part) is None:
                return otherwise
            found = found[part]
        return found

    def found(self, name: str) -> Any:
        """A field of the result that only runs with their inputs at hand have; else None."""
        return getattr(self.result, name, None)

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """The columns of the dataset that the study uses, with emissions; index code."""
        table = self.found("inputs_table")
        first = self.in_year(self.years[0])["emissions_mt"]
        frame = pd.DataFrame(index=first.index) if table is None else table.loc[list(first.index)]
        for name in ("population_1e4", "gdp_1e8yuan"):
            series = self.found(name)
            if isinstance(series, pd.Series) and series.index.nlevels == 1 and name not in frame:
                frame = frame.assign(**{name: series})
        return frame if "emissions_mt" in frame else frame.assign(emissions_mt=first)

    def key(self, year: int, block: object) -> str:
        """Name of a block, with its year where there are several."""
        return f"{year} {block}" if self.several else str(block)

    @property
    def total_mt(self) -> pd.Series:
        """What of the cap is divided between the provinces, index year (all), Mt."""
        cap = self.result.cap
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
        found = self.found("raw_share")
        if found is None:
            return None
        shares: pd.Series = with_year(found, self.all_years).loc[list(self.rows)]
        return shares

    @cached_property
    def share_base(self) -> str | None:
        """The column that raw shares are in proportion to; None where they are a rule's own."""
        within = str(self.setting("allocation.within", "")).replace("_", "-")
        base, found = SHARE_BASES.get(within), self.found("raw_share")
        if base is None or (base != "score" and base not in self.inputs):
            return None
        if found is None:
            return base if base == "score" else None
        shares: pd.Series = with_year(found, self.all_years).loc[list(self.rows)]
        ratio = shares / self._base(base)
        same = ratio.groupby("year").transform("first")
        # A rule that looks ahead shares out other figures than those of the base year.
        return base if bool(np.allclose(ratio, same, rtol=1e-9, atol=0.0)) else None

    def _base(self, base: str) -> pd.Series:
        if base == "score":
            return self.provinces["score"]
        column = self.inputs[base].to_dict()
        return pd.Series([float(column[code]) for _, code in self.rows], index=self.provinces.index)


def facts(result: Result) -> Facts:
    """Gather what the sheets read.

    Parameters
    ----------
    result : a finished run, of one year or several
    """
    years = tuple(int(year) for year in result.cap.index)
    provinces = with_year(result.provinces, years).sort_index()
    allocated = tuple(int(year) for year in provinces.index.get_level_values("year").unique())
    shown = milestones(allocated)
    provinces = provinces.loc[list(shown)]
    blocks = with_year(result.groups, allocated).loc[list(shown)]
    national = list(blocks.index.get_level_values("group").unique()) == [NATIONAL]
    provinces = provinces.assign(block=NATIONAL if national else provinces["group"])
    return Facts(
        result=result,
        years=shown,
        all_years=allocated,
        provinces=provinces,
        blocks=blocks,
        prices=with_year(result.prices, allocated).loc[list(shown)],
        contributions=with_year(result.contributions, allocated).loc[list(shown)],
        steps=with_year(result.abatement_steps, allocated).loc[list(shown)].sort_index(),
    )


def milestones(years: tuple[int, ...]) -> tuple[int, ...]:
    """The years that a workbook shows in full: many would make it too large to follow."""
    if len(years) <= MOST_YEARS:
        return years
    return tuple(year for year in years if year in (years[0], years[-1]) or year % 5 == 0)


def with_year(frame: Any, years: tuple[int, ...]) -> Any:
    """The frame with a first level ``year``; one without is of the only year."""
    if "year" in frame.index.names:
        return frame
    return pd.concat({years[0]: frame}, names=["year", *frame.index.names])
