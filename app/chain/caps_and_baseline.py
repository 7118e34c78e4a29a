"""The years of a study: emissions before abatement, the cap of each year."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.chain.achieved_cut import has_official_cut
from capshare.chain.after_peak import after_plan, after_pledges
from capshare.chain.base_year import base_year_gdp
from capshare.chain.plan_targets import constant_intensity_mt, plan_path
from capshare.chain.starting_point import starting_point
from capshare.chain.stated_baseline import stated_baseline
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.cap.baseline import constant_baseline, growth_baseline, table_baseline
from capshare.model.cap.path import (
    AbsoluteTarget,
    StartingPoint,
    absolute_cap_path,
    budget_cap_path,
    intensity_cap_path,
    starting_point_comparison,
    table_cap_path,
)
from capshare.model.cap.provincial_gdp import mean_growth_pct, provincial_gdp
from capshare.study.sections.years import Cap
from capshare.study.study import Study

# The panel's growth at constant prices, which alone may be chained over revisions of GDP.
GDP_INDEX = "gdp_index"


def provinces_gdp(study: Study, dataset: Dataset, ratio: pd.Series) -> pd.DataFrame | None:
    """GDP of each province and year, code × year, 1e8 yuan; None where the baseline does not need it.

    Parameters
    ----------
    study : says whether, and from which column, GDP is projected
    dataset : has that column (1e8 yuan), and the panel that past growth is taken from
    ratio : index year; national GDP, base year 1
    """
    asked = study.baseline
    if asked is None or asked.method != "growth":
        return None
    growth = None
    if dataset.panel is not None and asked.growth_window:
        first, last = asked.growth_window
        if GDP_INDEX not in set(dataset.panel["variable"]):
            expected = f"a dataset whose panel has {GDP_INDEX}, growth at constant prices"
            remedy = "Leave the window empty, []: every province then grows as the nation does."
            problem = Problem(
                "study", "baseline.growth_window", expected, f"{dataset.name} without it", remedy
            )
            raise CapshareError(problem)
        growth = mean_growth_pct(dataset.panel, first_year=first, last_year=last)
    return provincial_gdp(
        base_year_gdp(study, dataset, asked.gdp_column),
        ratio,
        base_year=study.study.base_year,
        growth_pct=growth,
        persistence=asked.persistence,
    )


def baseline_mt(
    study: Study, dataset: Dataset, emissions: pd.Series, gdp: pd.DataFrame | None
) -> pd.DataFrame:
    """Emissions before abatement, code × year, Mt.

    Parameters
    ----------
    study : years to allocate and how the baseline is made
    dataset : names the provinces of a stated baseline
    emissions : index code; base year, Mt CO2
    gdp : of :func:`provinces_gdp`

    Raises
    ------
    CapshareError
        where a year after the base year is asked for and the study has no baseline.
    """
    years, base, asked = study.allocation_years(), study.study.base_year, study.baseline
    if asked is None:
        return _without_baseline(emissions, years, base)
    if asked.method == "growth" and gdp is not None:
        # The validated section has it; 0 only tells the type checker.
        change = asked.autonomous_change or 0.0
        return growth_baseline(emissions, gdp, base_year=base, autonomous_change=change)[list(years)]
    if asked.method == "table":
        return table_baseline(stated_baseline(asked, dataset), emissions, years, base_year=base)
    return constant_baseline(emissions, years)


def _without_baseline(emissions: pd.Series, years: tuple[int, ...], base: int) -> pd.DataFrame:
    others = [str(year) for year in years if year != base]
    if others:
        raise CapshareError(
            Problem("study", "baseline", "emissions before abatement of every year after the base year",
                    f"no section [baseline], but {', '.join(others)} to allocate",
                    "Add [baseline]; without growth in it no future cap binds.")
        )  # fmt: skip
    return constant_baseline(emissions, years)


def cap_path(
    study: Study,
    dataset: Dataset,
    emissions: pd.Series,
    ratio: pd.Series,
    gdp: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Cap of every year to allocate with its inputs, index year; ``cap_mt`` and what it was made of.

    Parameters
    ----------
    study : years to allocate and how the cap is made
    dataset : has the national series of a cap from pledges
    emissions : index code; base year, Mt CO2
    ratio : index year; national GDP, base year 1
    gdp : of :func:`provinces_gdp`, which a cap from a plan's cut follows
    """
    base_mt, constant, start = float(emissions.sum()), None, None
    if study.cap.method == "intensity-plan" and gdp is not None:
        constant = constant_intensity_mt(emissions, gdp, base_year=study.study.base_year)
    elif study.cap.method in ("intensity", "intensity-plan"):
        start = starting_point(study, dataset, base_mt, study.cap.start)
    return national_cap_path(study, base_mt, ratio, start, constant)


def national_cap_path(
    study: Study,
    base_mt: float,
    ratio: pd.Series,
    start: StartingPoint | None,
    constant_mt: pd.DataFrame | None,
) -> pd.DataFrame:
    """Cap of every year to allocate with its inputs as :func:`cap_path` has it, without a dataset.

    Parameters
    ----------
    study : years to allocate and how the cap is made
    base_mt : emissions of all provinces in the base year, Mt CO2
    ratio : index year; national GDP, base year 1
    start : of a cap from pledges; else None
    constant_mt : code × year; emissions at the base year's carbon intensity, Mt CO2, of a cap from a plan's
        cut; else None

    Raises
    ------
    CapshareError
        where the cap's settings do not fit together, or do not reach a year to allocate.
    """
    asked, years, base = study.cap, study.allocation_years(), study.study.base_year
    if asked.method == "table":
        return table_cap_path(pd.Series({int(y): mt for y, mt in asked.mt.items()}), years)
    if asked.method == "absolute":
        path = absolute_cap_path(_target(asked), base_year=base, base_mt=base_mt)
    elif asked.method == "budget":
        first = None if asked.shape == "constant" else base_mt
        path = budget_cap_path(
            asked.budget_mt or 0.0,
            first_year=years[0],
            last_year=years[-1],
            shape=asked.shape,
            first_mt=first,
        )
    elif constant_mt is not None:
        path = plan_path(study, constant_mt)
        if asked.then is not None:
            path = after_plan(asked.then, path, constant_mt)
    elif start is not None:
        path = _pledged_path(study, start, ratio)
    else:
        raise TypeError("a cap from pledges has a starting point")
    beyond = [str(year) for year in years if year not in path.index]
    if beyond:
        expected = f"years from {path.index[0]} to {path.index[-1]}, which the cap covers"
        remedy = "Leave them out, or extend the cap (cap.then, cap.target_year)."
        raise CapshareError(Problem("study", "study.years", expected, ", ".join(beyond), remedy))
    return path.loc[list(years)]


def _target(asked: Cap) -> AbsoluteTarget:
    peak = asked.peak_mt or 0.0
    return AbsoluteTarget(
        peak_year=asked.peak_year or 0,
        peak_mt=peak,
        peak_net_ghg_mt=peak * asked.net_ghg_per_co2,
        cut_pct=asked.cut_pct or 0.0,
        co2_share_of_cut=asked.co2_share_of_cut,
        target_year=asked.target_year,
        before_peak=asked.before_peak,
    )


def _pledges(asked: Cap) -> pd.Series:
    pledged = {int(year): cut for year, cut in sorted(asked.cuts_pct.items())}
    return pd.Series(pledged, dtype=float, name="cut_pct").rename_axis("year")


def _pledged_path(study: Study, start: StartingPoint, ratio: pd.Series) -> pd.DataFrame:
    path = intensity_cap_path(start, ratio, _pledges(study.cap))
    return path if study.cap.then is None else after_pledges(study.cap.then, path, ratio)


def other_start(
    study: Study, dataset: Dataset, emissions: pd.Series, ratio: pd.Series
) -> pd.DataFrame | None:
    """What the other starting point would make of the cap; None where the cap has no starting point.

    Parameters
    ----------
    study, dataset, emissions, ratio : as of :func:`cap_path`

    Returns
    -------
    DataFrame, index (start, year); ``cap_mt, difference_mt, difference_pct`` and the inputs
    """
    if study.cap.method != "intensity" or dataset.panel is None:
        return None
    base_mt = float(emissions.sum())
    other = "inventory" if study.cap.start == "official" else "official"
    if other == "official" and not has_official_cut(dataset, study.study.base_year):
        return None
    starts = [starting_point(study, dataset, base_mt, name) for name in (study.cap.start, other)]
    return starting_point_comparison(starts, ratio, _pledges(study.cap))
