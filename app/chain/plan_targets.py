"""A plan's cut of carbon intensity as amounts: emissions at constant intensity, the cap, the band."""

from __future__ import annotations

import pandas as pd

from capshare.base.collector import Collector
from capshare.model.cap.intensity_plan import intensity_plan_path, planned_cuts_pct
from capshare.model.targets.burden import points_above_mean
from capshare.study.study import Study

# Cuts that differ by less are one, points.
SAME_POINTS = 1e-9
# A spread that is not worth naming, points.
LEAST_SPREAD = 0.01


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
    cap : of :func:`plan_path`, the years to allocate, with ``divided_mt``
    constant_mt : of :func:`constant_intensity_mt`
    found : where a band that cannot meet the national cut is kept as a problem
    """
    least, most = study.targets.band_pct if study.targets else (0.0, 100.0)
    part, own = part_of_the_plan(cap), constant_mt[list(cap.index)]
    asked = 100 * (1 - cap["divided_mt"] / own.sum())
    outside = asked.index[(asked < part * least - SAME_POINTS) | (asked > part * most + SAME_POINTS)]
    if len(outside):
        # Most years of one plan are outside together; the last is the one that its cut is known by.
        year = outside[-1]
        of_year = "" if year == cap.index[-1] else f", and its part in {year},"
        reserve = ", or keep a smaller market.reserve_share" if study.market.reserve_share else ""
        found.add("targets.band_pct", f"a band that{of_year} holds the national cut of {asked[year]:.4g} %",
                  f"{part[year] * least:.4g} to {part[year] * most:.4g} %",
                  f"Widen the band or change cap.cut_pct{reserve}.")  # fmt: skip
    return own * (1 - part * most / 100), own * (1 - part * least / 100)


def check_spread(
    study: Study, cap: pd.DataFrame, constant_mt: pd.DataFrame, score: pd.Series, found: Collector
) -> None:
    """Whether the spread leaves anybody inside the band: where it does not, the index decides nothing.

    Parameters
    ----------
    study : its ``burden.spread_points`` and ``targets.band_pct``
    cap : the years to allocate, with ``divided_mt``
    constant_mt : of :func:`constant_intensity_mt`
    score : index code; the burden index
    found : where a spread that is too large is kept as a problem
    """
    if study.burden is None or study.targets is None:
        return
    last, spread = cap.index[-1], study.burden.spread_points
    least, most = study.targets.band_pct
    points = points_above_mean(score, constant_mt[last], spread)
    national = 100 * (1 - float(cap["divided_mt"].iloc[-1]) / float(constant_mt[last].sum()))
    room = (most - national) * (points > 0) + (national - least) * (points < 0)
    moved = points[points != 0].abs()
    if len(moved) < len(points) or (moved < room).any():
        return
    fitting = spread * float((room / moved).min())
    remedy = f"Lower it or widen the band: up to {fitting:.3g} points the index alone decides."
    if fitting < LEAST_SPREAD:
        remedy = f"Widen the band: the national cut of {national:.4g} % lies at an end of it."
    held = f"{spread:g}, with which the index puts every cut at or beyond an end of it"
    expected = f"points that leave cuts inside the band of {least:g} to {most:g} %"
    found.add("burden.spread_points", expected, held, remedy)
