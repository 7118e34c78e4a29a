"""A plan's cut of carbon intensity as amounts: emissions at constant intensity, the cap, the band."""

from __future__ import annotations

import pandas as pd

from capshare.base.collector import Collector
from capshare.model.cap.intensity_plan import intensity_plan_path, planned_cuts_pct
from capshare.study.study import Study


def constant_intensity_mt(emissions: pd.Series, gdp: pd.DataFrame, *, base_year: int) -> pd.DataFrame:
    r"""Emissions that each province would have at the carbon intensity of the base year.

    .. math:: B_{it} = E_{ib}\,\frac{G_{it}}{G_{ib}}

    They follow the base year's emissions alone, so nobody earns quota by reporting more afterwards.

    Parameters
    ----------
    emissions : index code; base year, Mt CO2
    gdp : code × year with the base year; at constant prices, 1e8 yuan
    base_year : b

    Returns
    -------
    DataFrame, code × year; Mt CO2
    """
    return gdp.div(gdp[base_year], axis="index").mul(emissions, axis="index")


def plan_path(study: Study, constant_mt: pd.DataFrame) -> pd.DataFrame:
    """Cap of every year from the base year to the plan's last, with the national cut it follows.

    Parameters
    ----------
    study : its cap by the method "intensity-plan", and its years
    constant_mt : of :func:`constant_intensity_mt`

    Returns
    -------
    DataFrame, index year; ``cap_mt, constant_intensity_mt, cut_pct, cut_status``

    Raises
    ------
    CapshareError
        where the cuts are not those of a plan.
    """
    base, last = study.study.base_year, plan_year(study)
    stated = {last: study.cap.cut_pct or 0.0}
    if study.cap.first_year_cut_pct is not None and last > base + 1:
        stated[base + 1] = study.cap.first_year_cut_pct
    return intensity_plan_path(planned_cuts_pct(stated, base_year=base), constant_mt)


def plan_year(study: Study) -> int:
    """Last year of the plan that the cap follows: the stated one, else the last to allocate.

    Parameters
    ----------
    study : its cap by the method "intensity-plan", and its years
    """
    return study.cap.plan_year or study.allocation_years()[-1]


def part_of_the_plan(cap: pd.DataFrame) -> pd.Series:
    """How much of the plan's cut a year asks for: 1 in the last; the band and all points are scaled by it.

    Parameters
    ----------
    cap : of :func:`plan_path`

    Returns
    -------
    Series, index year, no unit
    """
    part: pd.Series = cap["cut_pct"] / cap["cut_pct"].iloc[-1]
    return part


def band_mt(
    study: Study, cap: pd.DataFrame, constant_mt: pd.DataFrame, found: Collector
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Least and most quota that the band of cuts allows, code × year, Mt.

    Parameters
    ----------
    study : its ``targets.band_pct``
    cap : of :func:`plan_path`, the years to allocate
    constant_mt : of :func:`constant_intensity_mt`
    found : where a band that cannot meet the national cut is kept as a problem
    """
    least, most = study.targets.band_pct if study.targets else (0.0, 100.0)
    asked, part = float(cap["cut_pct"].iloc[-1]), part_of_the_plan(cap)
    if not least <= asked <= most:
        found.add("targets.band_pct", f"a band that holds the national cut of {asked:g} %",
                  f"{least:g} to {most:g} %", "Widen the band or change cap.cut_pct.")  # fmt: skip
    own = constant_mt[list(cap.index)]
    return own * (1 - part * most / 100), own * (1 - part * least / 100)
