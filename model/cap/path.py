"""National cap path: four ways from a target to the cap of every year, and how much the start matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import positive_problems, year_problems
from capshare.model.cap.absolute import AbsoluteTarget, absolute_cap_path
from capshare.model.cap.budget import budget_cap_path
from capshare.model.cap.intensity import StartingPoint, achieved_cut_pct, intensity_cap_path

__all__ = [
    "AbsoluteTarget",
    "StartingPoint",
    "absolute_cap_path",
    "achieved_cut_pct",
    "budget_cap_path",
    "intensity_cap_path",
    "starting_point_comparison",
    "table_cap_path",
]


def table_cap_path(cap_mt: pd.Series, years: Iterable[int]) -> pd.DataFrame:
    """Cap as given, year by year.

    Parameters
    ----------
    cap_mt : index ``year``; Mt CO2
    years : years returned

    Returns
    -------
    DataFrame, index ``year`` as asked for; ``cap_mt``.

    Raises
    ------
    CapshareError
        where a year is missing or a cap is not positive; all at once.
    """
    source, wanted = "table_cap_path", list(years)
    problems = year_problems(source, "cap_mt", cap_mt.index, wanted)
    problems += positive_problems(source, "cap_mt", cap_mt)
    if problems:
        raise CapshareError(problems)
    return cap_mt.reindex(pd.Index(wanted, name="year")).to_frame("cap_mt").astype(float)


def starting_point_comparison(
    starts: Sequence[StartingPoint], gdp_ratio: pd.Series, pledged_cut_pct: pd.Series
) -> pd.DataFrame:
    """The same pledges from several inventories or official cuts, and what the choice changes.

    Each path keeps the pledges that lie after its own base year. The difference is a difference of starting
    points and says nothing about which is right: an official cut with another inventory's emissions mixes
    two statistics, and so does an official pledge with an inventory's own cut.

    Parameters
    ----------
    starts : at least two, of different names; the others are compared with the first
    gdp_ratio : index ``year``; GDP at constant prices as a multiple of any one year's, no unit
    pledged_cut_pct : index ``year``; cut against the reference year, %

    Returns
    -------
    DataFrame, index (``start``, ``year``), from the latest base year to the last pledge; ``cap_mt,
    difference_mt, difference_pct`` (against the first start), ``cut_pct, base_year, base_mt, base_cut_pct,
    inventory, cut_source``.

    Raises
    ------
    CapshareError
        where there are fewer than two starts or two of one name, or a path cannot be computed; with the
        problems of every path.
    """
    _require_distinct(starts)
    paths: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for start in starts:
        later = pledged_cut_pct[pledged_cut_pct.index > start.base_year]
        try:
            paths[start.name] = intensity_cap_path(start, gdp_ratio, later)
        except CapshareError as error:
            problems += error.problems
    if problems:
        raise CapshareError(problems)
    common = max(start.base_year for start in starts)
    first = paths[starts[0].name]["cap_mt"]
    tables = {}
    for name, path in paths.items():
        difference = path["cap_mt"] - first
        compared = path.assign(difference_mt=difference, difference_pct=100 * difference / first)
        tables[name] = compared.loc[common:]
    columns = ["cap_mt", "difference_mt", "difference_pct", "cut_pct"]
    inputs = ["base_year", "base_mt", "base_cut_pct", "inventory", "cut_source"]
    return pd.concat(tables, names=["start", "year"])[columns + inputs]


def _require_distinct(starts: Sequence[StartingPoint]) -> None:
    names = [start.name for start in starts]
    if len(names) < 2 or len(set(names)) < len(names):
        remedy = "Give two or more, each with a name of its own."
        found = ", ".join(names) or "none"
        raise CapshareError(
            Problem("starting_point_comparison", "starts", "starts of different names", found, remedy)
        )
