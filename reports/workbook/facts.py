"""A result as the workbook needs it: every frame with a year, every province with its block."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.model.result import Result

NATIONAL = "all"
# Beyond it, tables that compare every row with every other would keep a spreadsheet busy for minutes.
MOST_ROWS = 400
MOST_STEPS = 2000


@dataclass(frozen=True)
class Facts:
    """What the sheets read.

    Attributes
    ----------
    result : of the run
    years : the years allocated, in order
    provinces : index (year, code), sorted; the columns of ``provinces.csv`` and ``block``
    blocks : index (year, group)
    prices : index (year, constraint, name)
    contributions : index (year, code)
    steps : index (year, code, step)
    """

    result: Result
    years: tuple[int, ...]
    provinces: pd.DataFrame
    blocks: pd.DataFrame
    prices: pd.DataFrame
    contributions: pd.DataFrame
    steps: pd.DataFrame

    @property
    def several(self) -> bool:
        """Whether more than one year was allocated."""
        return len(self.years) > 1

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the provinces."""
        return tuple(self.provinces.index.get_level_values("code").unique())

    @property
    def rows(self) -> tuple[tuple[int, str], ...]:
        """Labels (year, code)."""
        return tuple(self.provinces.index)

    def of_year(self, year: object) -> list[tuple[int, str]]:
        """The rows of a year, which are neighbours."""
        return [label for label in self.rows if label[0] == year]

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

    @property
    def inputs(self) -> pd.DataFrame:
        """The columns of the dataset that the study uses, with emissions; index code."""
        table = self.found("inputs_table")
        first = self.provinces.xs(self.years[0], level="year")["emissions_mt"]
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
    def max_deviation(self) -> float:
        """T."""
        return float(self.setting("allocation.max_deviation", math.inf))

    @property
    def raw_share(self) -> pd.Series | None:
        """What entitlements inside a block are in proportion to, index (year, code)."""
        series = self.found("raw_share")
        if series is not None:
            return with_year(series, self.years).loc[self.provinces.index]
        match self.setting("allocation.within", ""):
            case "score":
                return self.provinces["score"]
            case "equal":
                return pd.Series(1.0, index=self.provinces.index)
        return None


def facts(result: Result) -> Facts:
    """Gather what the sheets read.

    Parameters
    ----------
    result : a finished run, of one year or several
    """
    years = tuple(int(year) for year in result.cap.index)
    provinces = with_year(result.provinces, years).sort_index()
    allocated = tuple(int(year) for year in provinces.index.get_level_values("year").unique())
    blocks = with_year(result.groups, allocated)
    national = list(blocks.index.get_level_values("group").unique()) == [NATIONAL]
    provinces = provinces.assign(block=NATIONAL if national else provinces["group"])
    return Facts(
        result=result,
        years=allocated,
        provinces=provinces,
        blocks=blocks,
        prices=with_year(result.prices, allocated),
        contributions=with_year(result.contributions, allocated),
        steps=with_year(result.abatement_steps, allocated).sort_index(),
    )


def with_year(frame: Any, years: tuple[int, ...]) -> Any:
    """The frame with a first level ``year``; one without is of the only year."""
    if "year" in frame.index.names:
        return frame
    return pd.concat({years[0]: frame}, names=["year", *frame.index.names])
