"""Cap from a plan's cut of carbon intensity, and what an earlier pledge asks of the same years."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import positive_problems, year_problems


def planned_cuts_pct(cut_pct: Mapping[int, float], *, base_year: int) -> pd.DataFrame:
    r"""National cut of every year of a plan: as stated, and in between by the same percentage every year.

    .. math:: 1-\bar c_t = (1-\bar c_a)\Bigl(\frac{1-\bar c_z}{1-\bar c_a}\Bigr)^{(t-a)/(z-a)}

    between the stated years a and z; the base year is stated with a cut of 0.

    Parameters
    ----------
    cut_pct : year after the base year → cut of carbon intensity against the base year, %
    base_year : year that the cuts count from

    Returns
    -------
    DataFrame, index ``year``, from the year after the base year to the last stated; ``cut_pct``,
    ``cut_status`` (stated or interpolated)

    Raises
    ------
    CapshareError
        where no year is stated, one is not after the base year, or a cut is not between 0 and 100 % and at
        least that of the year stated before it.
    """
    stated = pd.Series({base_year: 0.0, **dict(sorted(cut_pct.items()))}, dtype=float)
    problems = _cut_problems(stated, base_year)
    if problems:
        raise CapshareError(problems)
    years = pd.RangeIndex(base_year + 1, int(stated.index[-1]) + 1, name="year")
    left = np.exp(np.interp(years, stated.index, np.log1p(-stated.to_numpy() / 100)))
    status = np.where(years.isin(stated.index), "stated", "interpolated")
    # Stated cuts stay exactly what was stated.
    cut = pd.Series(100 * (1 - left), index=years)
    cut.update(stated)
    return pd.DataFrame({"cut_pct": cut, "cut_status": status}, index=years)


def intensity_plan_path(cuts: pd.DataFrame, constant_intensity_mt: pd.DataFrame) -> pd.DataFrame:
    r"""Cap of every year of a plan.

    .. math:: Q_t = (1-\bar c_t)\sum_i B_{it},\qquad B_{it}=E_{ib}\,\frac{G_{it}}{G_{ib}}

    Parameters
    ----------
    cuts : from :func:`planned_cuts_pct`
    constant_intensity_mt : code × year; :math:`B_{it}`, emissions at the base year's carbon intensity, Mt CO2

    Returns
    -------
    DataFrame, index ``year``; ``cap_mt``, ``constant_intensity_mt`` (of the nation), ``cut_pct, cut_status``

    Raises
    ------
    CapshareError
        where a year has no emissions at constant intensity, or they are not positive.
    """
    source, years = "intensity_plan_path", [int(year) for year in cuts.index]
    national = constant_intensity_mt.sum()
    problems = year_problems(source, "constant_intensity_mt", national.index, years)
    problems += positive_problems(source, "constant_intensity_mt", national)
    if problems:
        raise CapshareError(problems)
    total = national.reindex(cuts.index).astype(float)
    path = pd.DataFrame({"cap_mt": total * (1 - cuts["cut_pct"] / 100), "constant_intensity_mt": total})
    return path.join(cuts)


def pledge_asks_pct(
    pledged_cut_pct: float, achieved_cut_pct: float, yearly_change_pct: pd.Series
) -> tuple[float, float]:
    r"""What a pledge against an earlier year leaves to be done after some published yearly changes.

    .. math:: 1-r_b = (1-r_a)\prod_{t=a+1}^{b}(1+\iota_t),\qquad c = 1-\frac{1-r_z}{1-r_b}

    Parameters
    ----------
    pledged_cut_pct : :math:`r_z`, cut against the reference year that is pledged, %
    achieved_cut_pct : :math:`r_a`, cut against the reference year that was achieved by some year a, %
    yearly_change_pct : index ``year``, each year after a up to the base year b; :math:`\iota_t`, change of
        carbon intensity in the year, %; negative where it fell

    Returns
    -------
    cut achieved by the base year against the reference year, % ; cut that the pledge asks from the base year
    on, %

    Raises
    ------
    CapshareError
        where a number is missing or out of range, or a year between the first and the last is missing.

    References
    ----------
    China's updated nationally determined contribution of 28 October 2021 (more than 65 % below 2005 by 2030).
    """
    source = "pledge_asks_pct"
    problems = [
        Problem(source, name, "a cut of at least 0 and less than 100 %", f"{cut:g}", "Give it in per cent.")
        for name, cut in (("pledged_cut_pct", pledged_cut_pct), ("achieved_cut_pct", achieved_cut_pct))
        if not 0 <= cut < 100
    ]
    years = yearly_change_pct.index
    if len(years):
        problems += year_problems(source, "yearly_change_pct", years, range(int(min(years)), int(max(years))))
    problems += [
        Problem(source, f"yearly_change_pct[{year}]", "more than -100 %", f"{change:g}", "Correct it.")
        for year, change in yearly_change_pct.items()
        if not -100 < change < np.inf
    ]
    if problems:
        raise CapshareError(problems)
    left = (1 - achieved_cut_pct / 100) * math.prod(1 + yearly_change_pct.to_numpy(dtype=float) / 100)
    return 100 * (1 - left), 100 * (1 - (1 - pledged_cut_pct / 100) / left)


def _cut_problems(stated: pd.Series, base_year: int) -> list[Problem]:
    source, remedy = "planned_cuts_pct", "Cuts count from the base year and never become less."
    if len(stated) < 2:
        return [Problem(source, "cut_pct", "a year after the base year", "none", remedy)]
    problems = []
    if stated.index[0] != base_year or min(stated.index) < base_year:
        found = f"{min(stated.index)}"
        problems.append(Problem(source, "cut_pct", f"years after {base_year}", found, remedy))
    for year, cut, before in zip(stated.index[1:], stated[1:], stated[:-1], strict=True):
        if not before <= cut < 100:
            expected = f"a cut of at least {before:g} and less than 100 %"
            problems.append(Problem(source, f"cut_pct[{year}]", expected, f"{cut:g}", remedy))
    return problems
