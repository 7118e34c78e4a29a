"""The few figures of a run that a reader wants first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.result import Result
from capshare.reports.columns import MONEY, MT


@dataclass(frozen=True)
class Figure:
    """One figure with its unit and a sentence that says what it is; either may be empty."""

    name: str
    value: float | str
    unit: str
    meaning: str


def key_figures(result: Result) -> tuple[Figure, ...]:
    """Cap, totals, and how the allocation ended.

    Parameters
    ----------
    result : a finished run

    Returns
    -------
    tuple of Figure, quantities in Mt CO2 and 1e8 yuan
    """
    return (
        *_caps(result.cap),
        *_totals(result.provinces),
        *_outcome(result),
    )


def _caps(cap: pd.DataFrame) -> tuple[Figure, ...]:
    meaning = "Emissions allowed in total"
    return tuple(Figure(f"Cap {year}", mt, MT, meaning) for year, mt in cap["cap_mt"].items())


def _totals(provinces: pd.DataFrame) -> tuple[Figure, ...]:
    balance = provinces["balance_mt"]
    total = provinces.sum(numeric_only=True)
    return (
        Figure("Emissions", total["emissions_mt"], MT, "Emissions of all provinces before abatement"),
        Figure("Quotas", total["quota_mt"], MT, "Quotas of all provinces together; equal to the cap"),
        Figure("Provinces", len(provinces), "", "Provinces that take part"),
        Figure("In surplus", int((balance > 0).sum()), "", "Provinces whose quota exceeds their emissions"),
        Figure("In deficit", int((balance < 0).sum()), "", "Provinces whose emissions exceed their quota"),
        Figure("Deficits", -balance[balance < 0].sum(), MT, "What the provinces in deficit lack, added up"),
        Figure("Abatement", total["abatement_mt"], MT, "Cut by the provinces in the cheapest solution"),
        Figure("Purchases", total["purchase_mt"], MT, "Quota that changes hands in the cheapest solution"),
        Figure("Uncovered", total["uncovered_mt"], MT, "Emissions without quota or abatement"),
        Figure("Abatement cost", total["cost_1e8yuan"], MONEY, "Of all provinces, without penalties"),
    )


def _outcome(result: Result) -> tuple[Figure, ...]:
    end = result.allocation
    return (
        Figure(
            "Objective",
            end.objective_1e8yuan,
            MONEY,
            "What the LP minimised: abatement, penalty, trading",
        ),
        Figure("Penalty", end.penalty_1e8yuan, MONEY, "Its part for uncovered emissions: not a real cost"),
        Figure(
            "Duality gap", f"{end.duality_gap:.1e}", "relative", "How exactly the LP is solved; 0 is exact"
        ),
        Figure("Status", end.status, "", "How the solver ended"),
        Figure("Solver", end.solver, "", ""),
        Figure("Seed", result.seed, "", "Start of every random draw"),
    )


def largest_quotas(provinces: pd.DataFrame, count: int) -> pd.DataFrame:
    """The provinces with the largest quotas, the largest first."""
    return provinces.sort_values("quota_mt", ascending=False, kind="stable").head(count)


def largest_deficits(provinces: pd.DataFrame, count: int) -> pd.DataFrame:
    """The provinces furthest below their emissions, the furthest first; fewer where fewer are in deficit."""
    short = provinces[provinces["balance_mt"] < 0]
    return short.sort_values("balance_mt", kind="stable").head(count)


def member_names(result: Result) -> pd.Series:
    """The English names of each group's provinces, in the order of their codes.

    Parameters
    ----------
    result : in national scope its one block, ``all``, holds every province

    Returns
    -------
    Series indexed by ``group``, text
    """
    provinces = result.provinces.sort_index()
    names = {
        group: ", ".join(provinces.loc[(provinces["group"] == group) | (group == "all"), "name_en"])
        for group in result.groups.index
    }
    return pd.Series(names, name="members", dtype=object).rename_axis("group")
