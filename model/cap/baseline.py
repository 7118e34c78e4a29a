"""Baseline: each province's emissions before abatement, year by year.

Without growth in it no future cap binds: a cap that follows GDP rises above emissions that do not.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_same_index
from capshare.base.years import positive_problems, year_problems


def constant_baseline(emissions_mt: pd.Series, years: Iterable[int]) -> pd.DataFrame:
    r"""Emissions of the base year, unchanged.

    .. math:: E_{it} = E_{i0}

    Parameters
    ----------
    emissions_mt : index ``code``; emissions of the base year, Mt CO2
    years : years returned

    Returns
    -------
    DataFrame, index ``code``, columns ``year``; Mt CO2.

    Raises
    ------
    CapshareError
        where emissions are missing or negative, or a year stands twice.
    """
    source = "constant_baseline"
    wanted = pd.Index(list(years), name="year")
    problems = [*_negative(source, emissions_mt), *year_problems(source, "years", wanted, [])]
    if problems:
        raise CapshareError(problems)
    return pd.DataFrame(dict.fromkeys(wanted, emissions_mt)).rename_axis(index="code", columns="year")


def growth_baseline(
    emissions_mt: pd.Series, gdp_1e8yuan: pd.DataFrame, *, base_year: int, autonomous_change: float
) -> pd.DataFrame:
    r"""Emissions that follow GDP, less a stated change that needs no policy.

    .. math:: E_{it} = E_{i0}\,\frac{Y_{it}}{Y_{i0}}\,(1-a)^{t-t_0}

    The autonomous change is an assumption with much weight: 1 % a year takes 12 % off emissions after 13
    years. A baseline and the cost curves must not both count the same improvement.

    Parameters
    ----------
    emissions_mt : index ``code``; emissions of the base year, Mt CO2
    gdp_1e8yuan : index ``code``, columns ``year`` with the base year; GDP at constant prices, 1e8 yuan, for
        example of `provincial_gdp`
    base_year : year 0
    autonomous_change : a, fall of carbon intensity a year without abatement, share, below 1; negative where
        it rises

    Returns
    -------
    DataFrame, index as `emissions_mt`, columns as `gdp_1e8yuan`; Mt CO2.

    Raises
    ------
    CapshareError
        where provinces differ, the base year is missing, GDP is not positive, emissions are missing or
        negative, or the autonomous change is not a finite share below 1.
    """
    source = "growth_baseline"
    require_same_index(source, emissions_mt=emissions_mt, gdp_1e8yuan=gdp_1e8yuan)
    problems = [
        *_negative(source, emissions_mt),
        *positive_problems(source, "gdp_1e8yuan", gdp_1e8yuan),
        *year_problems(source, "gdp_1e8yuan", gdp_1e8yuan.columns, [base_year]),
    ]
    if not -np.inf < autonomous_change < 1:
        found, remedy = f"{autonomous_change:g}", "Give the fall of intensity a year, 0.01 for 1 %."
        problems.append(Problem(source, "autonomous_change", "a finite share below 1", found, remedy))
    if problems:
        raise CapshareError(problems)
    gdp = gdp_1e8yuan.reindex(emissions_mt.index)
    intensity = (1 - autonomous_change) ** (gdp.columns.to_numpy(dtype=float) - base_year)
    growth = gdp.div(gdp[base_year], axis=0) * intensity
    return growth.mul(emissions_mt, axis=0).rename_axis(index="code", columns="year")


def table_baseline(
    baseline_mt: pd.DataFrame, emissions_mt: pd.Series, years: Iterable[int], *, base_year: int
) -> pd.DataFrame:
    """Emissions before abatement as given, checked against the base year.

    Parameters
    ----------
    baseline_mt : index ``code``, columns ``year``; Mt CO2
    emissions_mt : index ``code``; emissions of the base year, Mt CO2
    years : years returned
    base_year : where the table has it, it must agree with `emissions_mt` to 1e-6

    Returns
    -------
    DataFrame, index as `emissions_mt`, columns ``year`` as asked for; Mt CO2.

    Raises
    ------
    CapshareError
        where provinces differ, a year or a cell is missing, a cell is negative, or the table has other
        emissions in the base year.
    """
    source, wanted = "table_baseline", list(years)
    require_same_index(source, emissions_mt=emissions_mt, baseline_mt=baseline_mt)
    table = baseline_mt.reindex(emissions_mt.index)
    problems = [
        *year_problems(source, "baseline_mt", table.columns, wanted),
        *_negative(source, emissions_mt),
        *(problem for year in table for problem in _negative(source, table[year].rename(f"{year}"))),
    ]
    if not problems and base_year in table:
        problems += _other_base(source, table[base_year], emissions_mt, base_year)
    if problems:
        raise CapshareError(problems)
    return table[wanted].rename_axis(index="code", columns="year")


def _negative(source: str, emissions_mt: pd.Series) -> list[Problem]:
    return [
        Problem(source, f"{emissions_mt.name}[{code}]", "Mt of at least 0", f"{value:g}", "Correct the cell.")
        for code, value in emissions_mt.items()
        if not 0 <= value < np.inf
    ]


def _other_base(source: str, column: pd.Series, emissions_mt: pd.Series, base_year: int) -> list[Problem]:
    pairs = pd.DataFrame({"given": column, "study": emissions_mt})
    differing = (pairs["given"] - pairs["study"]).abs() > 1e-6 * pairs["study"]
    remedy = "Use one inventory for both."
    return [
        Problem(
            source,
            f"baseline_mt[{code}, {base_year}]",
            f"the study's {study:g} Mt",
            f"{given:g}",
            remedy,
        )
        for code, given, study in pairs[differing].itertuples()
    ]
