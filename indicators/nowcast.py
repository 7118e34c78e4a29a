"""Nowcast: emissions of a base year that no provincial inventory covers yet, every factor stated."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.years import positive_problems, year_problems

FACTORS = ["growth_pct", "intensity_change_pct", "own_change_pct", "rescaling", "factor", "emissions_mt"]


@dataclass(frozen=True, eq=False)
class Nowcast:
    """Emissions carried forward, with what they were multiplied by.

    Attributes
    ----------
    emissions_mt : index ``code``; of the last year, Mt
    factors : index (year, code); ``growth_pct`` and ``intensity_change_pct`` over the year before (the
        intensity of the province: its factor less the national growth), ``own_change_pct`` of the second
        inventory (NaN where it is not used), ``rescaling`` to the national total, ``factor`` of the year,
        ``emissions_mt`` after it
    """

    emissions_mt: pd.Series
    factors: pd.DataFrame


def nowcast(
    emissions_mt: pd.Series,
    growth_pct: pd.Series,
    intensity_change_pct: pd.Series,
    *,
    from_year: int,
    to_year: int,
    second_inventory_mt: pd.DataFrame | None = None,
) -> Nowcast:
    r"""Emissions of a later year by national growth and change of intensity.

    .. math:: E_{i,T} = E_{i,0} \prod_{t=1}^{T} (1+g_t)(1+\iota_t)

    With a second inventory :math:`M` each province changes as it does there in the years that it covers, and
    all are rescaled to the same national total:

    .. math:: E_{i,t} = E_{i,t-1}\,\frac{M_{i,t}}{M_{i,t-1}}\,\lambda_t,
       \qquad \sum_i E_{i,t} = (1+g_t)(1+\iota_t)\sum_i E_{i,t-1}

    Parameters
    ----------
    emissions_mt : index ``code``; of `from_year`, Mt
    growth_pct : index ``year``; real growth of national GDP over the year before, %
    intensity_change_pct : index ``year``; change of CO2 per GDP over the year before, %; negative: a fall
    from_year, to_year : of the emissions given and wanted
    second_inventory_mt : code × year, Mt; years without a figure of theirs and of the year before follow the
        nation; None for the national change everywhere

    Returns
    -------
    Nowcast

    Raises
    ------
    CapshareError
        where a year has no rate, a rate is not above −100 %, the years are reversed, provinces differ, or the
        second inventory covers none of the years.
    """
    source = "nowcast"
    require_numbers(source, "emissions_mt", emissions_mt)
    years = range(from_year + 1, to_year + 1)
    _require_rates(source, years, growth_pct=growth_pct, intensity_change_pct=intensity_change_pct)
    own = _own_change(source, emissions_mt, second_inventory_mt, years)
    previous, parts = emissions_mt.astype(float), {}
    for year in years:
        growth, change = growth_pct.loc[year] / 100, intensity_change_pct.loc[year] / 100
        national = (1 + growth) * (1 + change)
        if year in own:
            factor = own[year]
            rescaling = national * previous.sum() / (previous * factor).sum()
        else:
            factor, rescaling = pd.Series(national, emissions_mt.index), 1.0
        whole = factor * rescaling
        previous = previous * whole
        parts[year] = pd.DataFrame(
            {
                "growth_pct": 100 * growth,
                "intensity_change_pct": 100 * (whole / (1 + growth) - 1),
                "own_change_pct": 100 * (factor - 1) if year in own else float("nan"),
                "rescaling": rescaling,
                "factor": whole,
                "emissions_mt": previous,
            }
        )
    return Nowcast(previous.rename("emissions_mt"), pd.concat(parts, names=["year", "code"])[FACTORS])


def _require_rates(source: str, years: range, **rates: pd.Series) -> None:
    problems = []
    if not years:
        found = f"{years.start - 1} and {years.stop - 1}"
        remedy = "Give the year of the emissions first, then the year wanted."
        problems.append(Problem(source, "from_year, to_year", "an earlier and a later year", found, remedy))
    for name, rate in rates.items():
        problems += year_problems(source, name, rate.index, pd.Index(years))
        problems += [
            Problem(source, f"{name}, {year}", "a finite number above -100", f"{value:g}", "Correct it.")
            for year, value in rate.items()
            if year in years and not -100 < value < float("inf")
        ]
    if problems:
        raise CapshareError(problems)


def _own_change(
    source: str, emissions_mt: pd.Series, second_mt: pd.DataFrame | None, years: range
) -> dict[int, pd.Series]:
    """Change of each province over the year before in the second inventory, by year."""
    if second_mt is None:
        return {}
    require_same_index(source, emissions_mt=emissions_mt, second_inventory_mt=second_mt)
    second = second_mt.reindex(emissions_mt.index)
    covered = [
        year
        for year in years
        if {year - 1, year} <= set(second.columns) and second[[year - 1, year]].notna().all(axis=None)
    ]
    if not covered:
        expected = f"two years in a row from {years.start - 1} to {years.stop - 1}, all provinces"
        found = ", ".join(map(str, second.columns)) or "none"
        remedy = 'Use provincial = "national".'
        raise CapshareError(Problem(source, "second_inventory_mt", expected, found, remedy))
    used = second[sorted({*covered, *(year - 1 for year in covered)})]
    problems = positive_problems(source, "second_inventory_mt", used)
    if problems:
        raise CapshareError(problems)
    return {year: second[year] / second[year - 1] for year in covered}
