"""The sample of an estimate: province-years as arguments of a technology, and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.observations import ProvinceYears
from capshare.model.abatement.technology import TREND, Technology

# Fewer hold up no frontier of 15 coefficients: four to each, with the axioms on top.
LEAST_OBSERVATIONS = 60
_LABOUR = "labour_1e4"


@dataclass(frozen=True)
class Sample:
    """Province-years as a technology sees them.

    Attributes
    ----------
    technology : what the distance is a function of
    observations : index (code, year), one column per argument
    counts : index of ``observations``; how often each counts, 1 on average. In a technology per worker each
        worker counts once, so that no border between provinces matters
    base : index code, columns likewise, the last year: the observations whose price is asked for
    means : index argument, weighted by ``counts``
    """

    technology: Technology
    observations: pd.DataFrame
    counts: pd.Series
    base: pd.DataFrame
    means: pd.Series


def sample_of(observed: ProvinceYears, technology: Technology, years: tuple[int, int]) -> Sample:
    """Turn province-years into arguments of a technology.

    Parameters
    ----------
    observed : money in constant prices
    technology : per worker or in levels, with a time trend or without
    years : first and last year asked for; the last one is priced

    Returns
    -------
    Sample

    Raises
    ------
    CapshareError
        If there are fewer than 60 province-years, a year has none, or an argument is not positive or the same
        in all of them; all at once.
    """
    _check_size(observed, years)
    arguments = _arguments(observed.observations, technology, years[0])
    _check_arguments(arguments.drop(columns=TREND, errors="ignore"))
    labour = observed.observations[_LABOUR]
    counts = labour / labour.mean() if technology.free_of_size else pd.Series(1.0, labour.index)
    return Sample(
        technology=technology,
        observations=arguments,
        counts=counts.rename("count"),
        base=arguments[arguments.index.get_level_values("year") == years[1]].droplevel("year"),
        means=arguments.mul(counts, axis="index").sum() / counts.sum(),
    )


def _arguments(observations: pd.DataFrame, technology: Technology, first: int) -> pd.DataFrame:
    """Columns in the order of the technology's arguments, index (code, year)."""
    known = observations
    if technology.free_of_size:
        labour = observations[_LABOUR]
        known = pd.DataFrame(
            {
                "capital_1e4yuan_per_worker": observations["capital_1e8yuan"] / labour,
                "energy_tce_per_worker": observations["energy_1e4tce"] / labour,
                "gdp_1e4yuan_per_worker": observations["gdp_1e8yuan"] / labour,
                # Mt to 1e4 persons is 100 t a person.
                "emissions_t_per_worker": 100 * observations["emissions_mt"] / labour,
            }
        )
    elapsed = known.index.get_level_values("year") - first + 1
    return known.assign(**{TREND: elapsed.astype(float)})[list(technology.arguments)]


def _check_size(observed: ProvinceYears, years: tuple[int, int]) -> None:
    count, present = len(observed.observations), set(observed.observations.index.get_level_values("year"))
    problems = []
    if count < LEAST_OBSERVATIONS:
        expected = f"at least {LEAST_OBSERVATIONS} province-years with every figure"
        remedy = "Give more years (prices.years) or complete the panel, or use another prices.method."
        problems.append(Problem("panel", "observations", expected, str(count), remedy))
    missing = [str(year) for year in range(years[0], years[1] + 1) if year not in present]
    if missing:
        remedy = "Supply the years, or shorten prices.years."
        expected = f"province-years of each year {years[0]}-{years[1]}"
        problems.append(Problem("panel", "years", expected, f"none of {', '.join(missing)}", remedy))
    if problems:
        raise CapshareError(problems)


def _check_arguments(arguments: pd.DataFrame) -> None:
    sound = (arguments > 0) & (arguments < np.inf)
    problems = [
        Problem("panel", f"{code}, {year}, {name}", "a positive number",
                str(arguments.loc[(code, year), name]), "Correct the cell.")
        for name in arguments.columns
        for code, year in arguments.index[~sound[name]]
    ]  # fmt: skip
    # A spread within rounding is none: an input that never varies has no slope to estimate.
    spread = arguments.max() - arguments.min()
    problems += [
        Problem("panel", str(name), "a figure that differs between province-years", "one that is constant",
                "Correct the series, or use another prices.method.")
        for name in arguments.columns[spread <= 1e-9 * arguments.max().abs()]
    ]  # fmt: skip
    if problems:
        raise CapshareError(problems)
