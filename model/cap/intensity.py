"""Cap from pledged cuts of carbon intensity: it grows with GDP and falls with the pledge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import number_problems, positive_problems, year_problems


@dataclass(frozen=True)
class StartingPoint:
    """Where an intensity path starts: emissions, and the cut achieved by then.

    The pair is a choice. Official cuts are on two statistical bases (46 % in 2017, 45.8 % in 2018 after a
    revision), and open inventories come 4 to 10 points below them: the same pledge leaves more to be done
    from a lower start.

    Attributes
    ----------
    name : of the starting point
    base_year : year 0
    base_mt : emissions of the base year, Mt CO2
    base_cut_pct : cut of carbon intensity achieved by the base year against the reference year, %
    inventory : which inventory `base_mt` is
    cut_source : whose figure `base_cut_pct` is
    """

    name: str
    base_year: int
    base_mt: float
    base_cut_pct: float
    inventory: str
    cut_source: str


def intensity_cap_path(
    start: StartingPoint, gdp_ratio: pd.Series, pledged_cut_pct: pd.Series, *, reference_year: int = 2005
) -> pd.DataFrame:
    r"""Cap of every year from the base year to the last pledge.

    .. math:: Q_t = Q_0\,\frac{Y_t}{Y_0}\,\frac{1-r_t}{1-r_0}

    with :math:`1-r_t` interpolated geometrically between the pledges: intensity falls by the same percentage
    every year.

    Parameters
    ----------
    start : :math:`Q_0` and :math:`r_0`
    gdp_ratio : index ``year``; GDP at constant prices as a multiple of any one year's, no unit
    pledged_cut_pct : index ``year``, after the base year; cut against the reference year, %
    reference_year : year the cuts count from

    Returns
    -------
    DataFrame, index ``year``; ``cap_mt`` and the inputs: ``gdp_ratio`` (base year = 1), ``cut_pct``,
    ``cut_status`` (base, pledged or interpolated), ``start, base_year, base_mt, base_cut_pct,
    reference_year, inventory, cut_source``.

    Raises
    ------
    CapshareError
        where a pledge is weaker than what is achieved before it, a year of GDP is missing, or a number is
        out of range; all at once.

    References
    ----------
    China's intended nationally determined contribution, 2015 (60-65 % by 2030 against 2005), and its update
    of 2021 (more than 65 %).
    """
    problems = _start_problems(start) + _pledge_problems(start, pledged_cut_pct)
    last = max([start.base_year, *map(int, pledged_cut_pct.index)])
    years = pd.RangeIndex(start.base_year, last + 1, name="year")
    source = _source(start)
    problems += year_problems(source, "gdp_ratio", gdp_ratio.index, years)
    problems += positive_problems(source, "gdp_ratio", gdp_ratio)
    if problems:
        raise CapshareError(problems)
    growth = gdp_ratio.reindex(years) / gdp_ratio[start.base_year]
    cuts = pd.concat([pd.Series({start.base_year: start.base_cut_pct}), pledged_cut_pct]).sort_index()
    cut = interpolate_cuts(cuts, years)
    cap = start.base_mt * growth * (100 - cut) / (100 - start.base_cut_pct)
    status = np.select(
        [years == start.base_year, years.isin(cuts.index)], ["base", "pledged"], "interpolated"
    )
    path = pd.DataFrame({"cap_mt": cap, "gdp_ratio": growth, "cut_pct": cut, "cut_status": status})
    return path.assign(
        start=start.name,
        base_year=start.base_year,
        base_mt=start.base_mt,
        base_cut_pct=start.base_cut_pct,
        reference_year=reference_year,
        inventory=start.inventory,
        cut_source=start.cut_source,
    )


def interpolate_cuts(cut_pct: pd.Series, years: pd.Index) -> pd.Series:
    r"""Cuts between announced years, intensity falling by one percentage a year.

    .. math:: 1-r_t = (1-r_a)^{(b-t)/(b-a)}\,(1-r_b)^{(t-a)/(b-a)}

    Parameters
    ----------
    cut_pct : index ``year``, sorted; announced cuts, %, below 100
    years : within the announced ones

    Returns
    -------
    Series ``cut_pct``, index `years`, %.
    """
    announced = np.log1p(-cut_pct.to_numpy(dtype=float) / 100)
    rest = np.interp(years.to_numpy(dtype=float), cut_pct.index.to_numpy(dtype=float), announced)
    return pd.Series(-100 * np.expm1(rest), index=years, name="cut_pct")


def achieved_cut_pct(emissions_mt: pd.Series, gdp_ratio: pd.Series, reference_year: int = 2005) -> pd.Series:
    r"""Cut of carbon intensity that an inventory shows, to start from instead of the official one.

    .. math:: r_t = 1 - \frac{E_t/E_{ref}}{Y_t/Y_{ref}}

    Parameters
    ----------
    emissions_mt : index ``year``; national emissions by one inventory, Mt CO2
    gdp_ratio : index ``year`` with the years of `emissions_mt`; GDP at constant prices, national accounts.
        The sum of the provinces' GDP is no substitute: it grew faster, and gives a cut 9 points higher by
        2017.
    reference_year : year the cuts count from

    Returns
    -------
    Series ``cut_pct``, index as `emissions_mt`, %.

    Raises
    ------
    CapshareError
        where a year is missing or a value is not positive; all at once.
    """
    source = "achieved_cut_pct"
    problems = [
        *year_problems(source, "emissions_mt", emissions_mt.index, [reference_year]),
        *year_problems(source, "gdp_ratio", gdp_ratio.index, map(int, emissions_mt.index)),
        *positive_problems(source, "emissions_mt", emissions_mt),
        *positive_problems(source, "gdp_ratio", gdp_ratio),
    ]
    if problems:
        raise CapshareError(problems)
    intensity = emissions_mt / gdp_ratio.reindex(emissions_mt.index)
    cut: pd.Series = 100 * (1 - intensity / intensity[reference_year])
    return cut.rename("cut_pct")


def _source(start: StartingPoint) -> str:
    return f"intensity_cap_path, start {start.name}"


def _start_problems(start: StartingPoint) -> list[Problem]:
    problems = number_problems(_source(start), "base_mt", start.base_mt)
    if not -np.inf < start.base_cut_pct < 100:
        found, remedy = f"{start.base_cut_pct:g}", "Give the cut in per cent."
        problems.append(Problem(_source(start), "base_cut_pct", "a finite cut below 100 %", found, remedy))
    return problems


def _pledge_problems(start: StartingPoint, pledged_cut_pct: pd.Series) -> list[Problem]:
    source, name = _source(start), "pledged_cut_pct"
    problems = year_problems(source, name, pledged_cut_pct.index, [])
    if pledged_cut_pct.empty:
        problems.append(Problem(source, name, "at least one pledge", "none", "Give the cut of a later year."))
    before_pct, before_year = start.base_cut_pct, start.base_year
    for year, cut in pledged_cut_pct.sort_index().items():
        place = f"{name}[{year}]"
        if int(str(year)) <= start.base_year:
            expected, remedy = f"years after {start.base_year}", "Drop what lies before the start."
            problems.append(Problem(source, place, expected, str(year), remedy))
        elif not cut < 100:
            problems.append(
                Problem(source, place, "a cut below 100 %", f"{cut:g}", "Give the cut in per cent.")
            )
        elif cut < before_pct:
            expected = f"at least the {before_pct:g} % of {before_year}"
            remedy = "Weaker than what is achieved: leave it out, or keep to one statistical basis."
            problems.append(Problem(source, place, expected, f"{cut:g}", remedy))
        else:
            before_pct, before_year = float(cut), int(str(year))
    return problems
