"""Study words: problems that a formula found in its arguments, told by the study's own keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from capshare.base.errors import CapshareError, InfeasibleError, Problem

# Function → the section its arguments come from, and argument → key where it is another.
_WORDS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "study": ("", {}),
        "emissions_from_column": ("emissions.column", {}),
        "balance_from_column": ("published.table", {}),
        "emissions_from_fuels": ("emissions.fuels", {"factors": "emissions.factors"}),
        "min_max": ("indicators", {}),
        "entropy_weights": ("indicators", {}),
        "critic_weights": ("indicators", {}),
        "scores": ("indicators", {}),
        "weights": ("weights", {}),
        "kmeans": ("groups", {}),
        "groups": ("groups", {"k": "groups.k"}),
        "group_certificate": ("groups", {}),
        "group_choice": ("groups", {}),
        "group_stability": ("groups", {}),
        "by_sum": ("groups", {}),
        "by_centroid": ("groups", {}),
        "groups.shares": ("groups.table", {}),
        "nowcast": (
            "nowcast",
            {"growth_pct": "the national table, gdp_growth", "second_inventory_mt": "nowcast.provincial",
             "intensity_change_pct": "the national table, intensity_change", "emissions_mt": "emissions"},
        ),
        "net_imports_twh": ("electricity", {"generation_twh": "electricity.generation_year"}),
        "origin_factors": ("electricity.factor", {}),
        "sector_emissions": ("market_sectors", {"share": "market_sectors.sectors"}),
        "market_and_rest": ("market_sectors", {}),
        "emissions_by_view": ("electricity.view", {}),
        "constant_baseline": ("emissions", {"years": "study.years"}),
        "growth_baseline": (
            "emissions",
            {"gdp_1e8yuan": "baseline.gdp_column", "autonomous_change": "baseline.autonomous_change"},
        ),
        "table_baseline": ("baseline.mt", {"emissions_mt": "emissions"}),
        "mean_growth_pct": ("baseline.growth_window", {"gdp_index": "the panel, gdp_index"}),
        "provincial_gdp": (
            "baseline.gdp_column",
            {"persistence": "baseline.persistence", "national_gdp_ratio": "study.scenario"},
        ),
        "table_cap_path": ("cap.mt", {}),
        "intensity_cap_path": (
            "cap",
            {"pledged_cut_pct": "cap.cuts_pct", "gdp_ratio": "study.scenario", "base_mt": "emissions",
             "base_cut_pct": "cap.start"},
        ),
        "starting_point_comparison": ("cap.start", {}),
        "achieved_cut_pct": ("cap.start", {}),
        "absolute_cap_path": (
            "cap",
            {name: f"cap.{name}" for name in ("peak_year", "peak_mt", "cut_pct", "co2_share_of_cut",
                                              "before_peak", "target_year")}
            | {"base_mt": "emissions", "peak_net_ghg_mt": "cap.net_ghg_per_co2"},
        ),
        "planned_cuts_pct": ("cap", {"cut_pct": "cap.cut_pct, cap.first_year_cut_pct"}),
        "intensity_plan_path": ("baseline.gdp_column", {"constant_intensity_mt": "emissions"}),
        "pledge_asks_pct": (
            "the national table",
            {"pledged_cut_pct": "pledged_cut", "achieved_cut_pct": "official_cut",
             "yearly_change_pct": "intensity_change"},
        ),
        "rounded_cuts": (
            "targets",
            {"step_points": "targets.round_to_points", "band_pct": "targets.band_pct",
             "cut_pct": "cap.cut_pct", "constant_intensity_mt": "emissions"},
        ),
        "budget_cap_path": (
            "cap.budget_mt", {"first_mt": "emissions", "shape": "cap.shape", "last_year": "study.years"}
        ),
        "AignerChu": ("prices", {}),
        "rank_bootstrap": ("prices.bootstrap_draws", {}),
        "max_abatement": ("prices.max_abatement", {}),
        "cut": ("prices.max_abatement", {}),
        "meeting_cut": ("prices.meeting_cut", {}),
        "steps": ("prices.steps", {}),
        "absent_as_zero": ("prices.absent_as_zero", {}),
        "accounts": ("prices.accounts_from", {}),
        "observations": ("prices.years", {}),
        "counts": ("prices", {}),
        "costs": ("prices", {}),
        "price_year": ("prices", {}),
        "market_yuan_per_t": ("prices.anchor", {}),
        "emissions_mt and costs": ("prices", {}),
        "gdp_1e8yuan and emissions_mt": ("prices.gdp_column", {}),
        "panel": ("prices, the panel", {}),
        "entitlements": ("allocation.within", {"cap_mt": "cap", "lower_mt": "allocation.floor"}),
        "project": ("allocation", {"weight": "allocation.within", "floors": "allocation.floor",
                                   "ceilings": "allocation.ceiling"}),
        "allocation_data": (
            "allocation", {"provinces": "allocation.within", "steps": "prices", "caps_mt": "cap"}
        ),
        "frontier": ("allocation.max_deviation", {}),
        "principle_mix": ("comparison.mix", {}),
        "rule_costs": ("comparison.rules", {}),
        "rule_inputs": ("rules", {}),
        "emission_efficiency": ("rules", {}),
        "proportional": ("rules", {}),
        "shapley_value": ("rules", {}),
        "fairness": ("comparison", {}),
        "clear_market": ("market", {"steps": "prices"}),
        "auction": ("market.auctioned_share", {}),
        "with_offsets": ("market.offsets_share", {}),
        "named_prices": ("market", {}),
        "balance_values": ("market", {}),
        "balance_mt": ("balance", {}),
        "classify": ("balance", {}),
        "cause": ("balance.cause_mt", {}),
        "orient": ("potential.indicators", {}),
        "potential": ("potential.indicators", {"keep": "potential.components"}),
        "principal_components": ("potential.indicators", {}),
        "from_split": ("published.table", {}),
        "agreement": ("published.table", {"published_potential_rank": "published.potential"}),
        "prediction_figures": ("published.table", {}),
        "points_above_mean": (
            "burden",
            {"spread_points": "burden.spread_points", "constant_intensity_mt": "emissions"},
        ),
        "implied_intensity": ("baseline", {}),
        "annual_cut_pct": ("baseline", {}),
        "beside_earlier_plan": ("baseline", {}),
    }
)  # fmt: skip
_FUNCTION = re.compile(r"[^(,]+")
_ARGUMENT = re.compile(r"\w*")
_LABELS = str.maketrans({"[": ", ", "]": ""})


class OfStudy(Protocol):
    """What knows its study file: a loaded study, or its chain."""

    @property
    def path(self) -> Path:
        """The study file."""


S = TypeVar("S", bound=OfStudy)
P = ParamSpec("P")
T = TypeVar("T")


def told_in_study_words(step: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make a step of a study tell what it finds wrong by the keys of the study file.

    Parameters
    ----------
    step : its first argument has the study's file as ``path``
    """

    @wraps(step)
    def telling(study: S, /, *args: P.args, **more: P.kwargs) -> T:
        try:
            return step(study, *args, **more)
        except CapshareError as error:
            told = tuple(in_study_words(problem, study.path.name) for problem in error.problems)
            if told == error.problems:
                raise
            if isinstance(error, InfeasibleError):
                raise InfeasibleError(told, error.repairs, error.told) from error
            raise type(error)(told) from error

    return telling


def in_study_words(problem: Problem, file: str) -> Problem:
    """The same problem, of the study's key instead of a formula's argument.

    Parameters
    ----------
    problem : any; one that is not a formula's is returned as it is
    file : name of the study file
    """
    function = _FUNCTION.match(problem.source)
    words = _WORDS.get(function[0].strip()) if function else None
    if words is None:
        return problem
    section, keys = words
    argument = "".join(_ARGUMENT.findall(problem.place)[:1])
    rest = problem.place.removeprefix(argument)
    if not section:
        place = problem.place
    elif argument in keys or not rest or rest.startswith("["):
        # Of an argument: its key, and the labels of the cell in it.
        place = f"{keys.get(argument, section)}{rest.translate(_LABELS)}"
    else:
        place = f"{section}, {problem.place}"
    expected = problem.expected
    if expected.startswith("the labels of "):
        expected = "a figure for every province"
    return replace(problem, source=file, place=place, expected=expected)
