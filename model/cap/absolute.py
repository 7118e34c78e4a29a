"""Cap from an absolute target: a peak, and a stated distance below it in the target year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import number_problems


@dataclass(frozen=True)
class AbsoluteTarget:
    r"""The contribution for 2035, and what has to be assumed before it is a cap on CO2.

    The pledge is about net greenhouse gases (sinks counted, all gases); it names neither the year nor the
    level of the peak, nor what part of the cut CO2 takes. All are inputs:

    .. math:: Q_{target} = Q_{peak} - s\,c\,G_{peak}

    Attributes
    ----------
    peak_year : of CO2 emissions
    peak_mt : :math:`Q_{peak}`, CO2, Mt
    peak_net_ghg_mt : :math:`G_{peak}`, net greenhouse gases at their peak, Mt CO2 equivalent
    cut_pct : c, cut of net greenhouse gases below the peak, %; announced: 7 to 10
    co2_share_of_cut : s, what part of that cut is CO2 from fuels, share; above 1 where other gases rise or
        sinks shrink
    target_year : when the cut is reached
    before_peak : shape from the base year to the peak: equal steps in Mt, or one percentage a year

    References
    ----------
    China's nationally determined contribution for 2035, announced on 24 September 2025.
    """

    peak_year: int
    peak_mt: float
    peak_net_ghg_mt: float
    cut_pct: float
    co2_share_of_cut: float
    target_year: int = 2035
    before_peak: Literal["linear", "geometric"] = "linear"

    @property
    def target_mt(self) -> float:
        """Cap of the target year, Mt CO2."""
        return self.peak_mt - self.co2_share_of_cut * self.cut_pct / 100 * self.peak_net_ghg_mt


def absolute_cap_path(target: AbsoluteTarget, *, base_year: int, base_mt: float) -> pd.DataFrame:
    """Cap that rises to the peak in the stated shape and falls in equal steps to the target year.

    Parameters
    ----------
    target : peak and cut
    base_year : first year
    base_mt : emissions of the base year, Mt CO2

    Returns
    -------
    DataFrame, index ``year`` from the base to the target year; ``cap_mt``, ``phase`` (base, before peak,
    peak, after peak, target) and the inputs: ``base_year, base_mt, peak_year, peak_mt, peak_net_ghg_mt,
    cut_pct, co2_share_of_cut, target_year, before_peak``.

    Raises
    ------
    CapshareError
        where the peak does not lie before the target year or lies before the base year, is below the
        emissions of the base year, or a number is out of range; all at once.
    """
    problems = _year_order(target, base_year) + _level_problems(target, base_year, base_mt)
    if problems:
        raise CapshareError(problems)
    years = pd.RangeIndex(base_year, target.target_year + 1, name="year")
    knots = {base_year: base_mt, target.peak_year: target.peak_mt, target.target_year: target.target_mt}
    cap = np.interp(years, list(knots), list(knots.values()))
    if target.before_peak == "geometric":
        share = (years - base_year) / max(target.peak_year - base_year, 1)
        rising = base_mt * (target.peak_mt / base_mt) ** share
        cap = np.where(years >= target.peak_year, cap, rising)
    phases = {base_year: "base", target.peak_year: "peak", target.target_year: "target"}
    between = np.where(years < target.peak_year, "before peak", "after peak")
    phase = [phases.get(year, str(name)) for year, name in zip(years, between, strict=True)]
    return pd.DataFrame({"cap_mt": cap, "phase": phase}, index=years).assign(
        base_year=base_year,
        base_mt=base_mt,
        peak_year=target.peak_year,
        peak_mt=target.peak_mt,
        peak_net_ghg_mt=target.peak_net_ghg_mt,
        cut_pct=target.cut_pct,
        co2_share_of_cut=target.co2_share_of_cut,
        target_year=target.target_year,
        before_peak=target.before_peak,
    )


def _year_order(target: AbsoluteTarget, base_year: int) -> list[Problem]:
    source, found = "absolute_cap_path", str(target.peak_year)
    problems = []
    if target.peak_year >= target.target_year:
        expected, remedy = f"a peak before the target year {target.target_year}", "Choose an earlier peak."
        problems.append(Problem(source, "peak_year", expected, found, remedy))
    if target.peak_year < base_year:
        expected, remedy = f"a peak in the base year {base_year} or later", "Start from an earlier year."
        problems.append(Problem(source, "peak_year", expected, found, remedy))
    return problems


def _level_problems(target: AbsoluteTarget, base_year: int, base_mt: float) -> list[Problem]:
    source = "absolute_cap_path"
    numbers = {
        "base_mt": base_mt,
        "peak_mt": target.peak_mt,
        "peak_net_ghg_mt": target.peak_net_ghg_mt,
        "cut_pct": target.cut_pct,
        "co2_share_of_cut": target.co2_share_of_cut,
    }
    problems = [p for place, value in numbers.items() for p in number_problems(source, place, value)]
    if target.before_peak not in ("linear", "geometric"):
        remedy = "Name one of the two."
        problems.append(
            Problem(source, "before_peak", "linear or geometric", repr(target.before_peak), remedy)
        )
    if target.peak_year > base_year and target.peak_mt < base_mt:
        remedy = "A peak is the highest year: raise it, or name the base year as the peak."
        expected = f"at least the {base_mt:g} Mt of {base_year}"
        problems.append(Problem(source, "peak_mt", expected, f"{target.peak_mt:g}", remedy))
    if target.peak_year == base_year and target.peak_mt != base_mt:
        remedy = "Give the year one level."
        expected = f"the {base_mt:g} Mt of the base year"
        problems.append(Problem(source, "peak_mt", expected, f"{target.peak_mt:g}", remedy))
    if not problems and target.target_mt <= 0:
        remedy = "Check the units, or lower the part of the cut that CO2 takes."
        problems.append(Problem(source, "cut_pct", "a cap above 0", f"{target.target_mt:g} Mt", remedy))
    return problems
