"""Intensity targets: what a quota asks of a province in the terms in which provinces are given targets."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.conventions import Conventions
from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.years import positive_problems

# Mt over 1e8 yuan is 1e6 t over 1e4 times 1e4 yuan.
T_PER_1E4YUAN = 100.0


@dataclass(frozen=True, eq=False)
class ReferenceIntensity:
    """Carbon intensity of the year that cuts are measured against.

    Attributes
    ----------
    year : such as 2005
    t_per_1e4yuan : index ``code``; at the prices of the base year and by the same inventory
    """

    year: int
    t_per_1e4yuan: pd.Series


@dataclass(frozen=True, eq=False)
class EarlierPlan:
    """Cuts of carbon intensity that a plan assigned.

    Attributes
    ----------
    name : of the plan, such as ``13fyp``
    years : that its target is for, together
    target_pct : index ``code``; cut over all of them, %
    """

    name: str
    years: int
    target_pct: pd.Series


def t_per_1e4(those: Conventions) -> float:
    """Tonnes per 1e4 of the currency in one Mt per unit of its amounts.

    Parameters
    ----------
    those : of the dataset; a result has GDP in their amounts
    """
    return T_PER_1E4YUAN * those.per_inside


def implied_intensity(
    quota_mt: pd.Series,
    gdp_1e8yuan: pd.Series,
    base_emissions_mt: pd.Series,
    base_gdp_1e8yuan: pd.Series,
    *,
    reference: ReferenceIntensity | None = None,
) -> pd.DataFrame:
    r"""Carbon intensity that a quota allows, and the cut that this implies.

    .. math:: I_i = x_i/Y_{it},\qquad \text{cut}_i = 1 - I_i/I_{i0}

    The quota counts as if it were emitted: purchases and sales move emissions, and not the quota.

    Parameters
    ----------
    quota_mt : index ``code``; quota of the year, Mt CO2
    gdp_1e8yuan : index ``code``; GDP of the year, 1e8 yuan at the prices of the base year
    base_emissions_mt, base_gdp_1e8yuan : index ``code``; of the base year, Mt CO2 and 1e8 yuan
    reference : intensity of the year that cuts are measured against; may cover only some of the provinces

    Returns
    -------
    DataFrame, index as `quota_mt`; ``base_intensity_t_per_1e4yuan, intensity_t_per_1e4yuan,
    cut_vs_base_pct``, and, where a reference was given, ``cut_vs_`` and its year, such as ``cut_vs_2005_pct``
    (blank for a province it does not cover).
    A negative cut lets intensity rise.

    Raises
    ------
    CapshareError
        where provinces differ, a quota is missing or negative, or emissions or GDP are not positive.
    """
    source = "implied_intensity"
    frames = {
        "quota_mt": quota_mt,
        "gdp_1e8yuan": gdp_1e8yuan,
        "base_emissions_mt": base_emissions_mt,
        "base_gdp_1e8yuan": base_gdp_1e8yuan,
    }
    require_same_index(source, **frames)
    problems = _value_problems(source, frames) + _reference_problems(source, quota_mt, reference)
    if problems:
        raise CapshareError(problems)
    table = pd.DataFrame(frames).reindex(quota_mt.index)
    base = T_PER_1E4YUAN * table["base_emissions_mt"] / table["base_gdp_1e8yuan"]
    implied = T_PER_1E4YUAN * table["quota_mt"] / table["gdp_1e8yuan"]
    result = pd.DataFrame(
        {
            "base_intensity_t_per_1e4yuan": base,
            "intensity_t_per_1e4yuan": implied,
            "cut_vs_base_pct": 100 * (1 - implied / base),
        }
    )
    if reference is not None:
        then = reference.t_per_1e4yuan.reindex(result.index)
        result[f"cut_vs_{reference.year}_pct"] = 100 * (1 - implied / then)
    return result


def annual_cut_pct(cut_pct: pd.Series, years: int) -> pd.Series:
    r"""Yearly cut that compounds to a cut over several years.

    .. math:: 1-(1-c)^{1/n}

    Parameters
    ----------
    cut_pct : any index; cut over the whole time, %, at most 100
    years : n, at least 1

    Returns
    -------
    Series ``annual_cut_pct``, index as `cut_pct`, % a year.

    Raises
    ------
    CapshareError
        where a cut is missing or above 100 %, or there is no whole year.
    """
    source = "annual_cut_pct"
    problems = [
        Problem(source, f"cut_pct[{label}]", "at most 100 %", f"{value:g}", "Give the cut in per cent.")
        for label, value in cut_pct.items()
        if not value <= 100
    ]
    if years < 1:
        remedy = "Compare a year after the base year: a cut within one year has no yearly rate."
        problems.append(Problem(source, "years", "at least 1", str(years), remedy))
    if problems:
        raise CapshareError(problems)
    return (100 * (1 - (1 - cut_pct / 100) ** (1 / years))).rename("annual_cut_pct")


def beside_earlier_plan(
    cut_vs_base_pct: pd.Series, plan: EarlierPlan, *, base_year: int, year: int
) -> pd.DataFrame:
    r"""Cut that a quota implies, beside what the pace of an earlier plan asks over as many years.

    .. math:: \text{asked}_i = 1-(1-c_i)^{(t-t_0)/n}

    The plan's target runs over n years. It is turned into a yearly rate and that rate is applied to the years
    from the base year to the year of the quota. No province was asked for anything after its last year by
    this plan: the comparison says whether the pace of the plan would do.

    Parameters
    ----------
    cut_vs_base_pct : index ``code``; from `implied_intensity`, %
    plan : the earlier plan
    base_year, year : of the cut; the year is later

    Returns
    -------
    DataFrame, index as `cut_vs_base_pct`; ``annual_cut_pct``, the plan's ``target_pct`` with its name before
    the ending, such as ``target_13fyp_pct``, ``target_annual_pct``, ``asked_pct`` (the target's rate over the
    years of the cut), ``beyond_target_points`` (cut less asked) and ``more_than_asked``.

    Raises
    ------
    CapshareError
        where provinces differ, a number is missing or above 100 %, or the year is not after the base year.
    """
    source = "beside_earlier_plan"
    require_same_index(source, cut_vs_base_pct=cut_vs_base_pct, plan_target_pct=plan.target_pct)
    require_numbers(source, "plan_target_pct", plan.target_pct)
    target = plan.target_pct.reindex(cut_vs_base_pct.index)
    years = year - base_year
    table = pd.DataFrame(
        {
            "annual_cut_pct": annual_cut_pct(cut_vs_base_pct, years),
            target_column(plan.name): target,
            "target_annual_pct": annual_cut_pct(target, plan.years),
        }
    )
    table["asked_pct"] = 100 * (1 - (1 - target / 100) ** (years / plan.years))
    table["beyond_target_points"] = cut_vs_base_pct - table["asked_pct"]
    table["more_than_asked"] = table["beyond_target_points"] > 0
    return table


def target_column(plan: str) -> str:
    """Name of the column with a plan's targets.

    Parameters
    ----------
    plan : its name
    """
    return f"target_{plan}_pct"


def _value_problems(source: str, frames: dict[str, pd.Series]) -> list[Problem]:
    problems = [
        Problem(source, f"quota_mt[{code}]", "Mt of at least 0", f"{value:g}", "Correct the quota.")
        for code, value in frames["quota_mt"].items()
        if not 0 <= value < float("inf")
    ]
    for name in ("gdp_1e8yuan", "base_emissions_mt", "base_gdp_1e8yuan"):
        problems += positive_problems(source, name, frames[name])
    return problems


def _reference_problems(
    source: str, quota_mt: pd.Series, reference: ReferenceIntensity | None
) -> list[Problem]:
    if reference is None:
        return []
    name, intensity = f"intensity of {reference.year}", reference.t_per_1e4yuan
    remedy = "Drop it, or correct the code."
    return positive_problems(source, name, intensity) + [
        Problem(source, name, "provinces of quota_mt", str(code), remedy)
        for code in intensity.index.difference(quota_mt.index)
    ]
