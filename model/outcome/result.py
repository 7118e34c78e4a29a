"""The typed result of a run: labelled frames, units in their names, nothing on disk yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.base.notes import Note
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.groups.certificate import GroupCertificate


@dataclass(frozen=True)
class AllocationSummary:
    """How the allocation LP ended.

    Attributes
    ----------
    status : the solver's termination, ``optimal`` in every result
    objective_1e8yuan : the whole objective, 1e8 yuan
    penalty_1e8yuan : its part that pays for uncovered emissions, 1e8 yuan
    duality_gap : relative difference of the primal and the dual objective
    solver : name, version and options of the engine
    """

    status: str
    objective_1e8yuan: float
    penalty_1e8yuan: float
    duality_gap: float
    solver: str


@dataclass(frozen=True)
class Result:
    """What one run of a study found.

    Of a study with several years, provinces, groups, prices, contributions, grouping, abatement_steps,
    intensity_targets and market have the year as the first level of their index.

    Attributes
    ----------
    name, seed : of the study
    settings : the study as it ran, every default filled in; plain data, ready for TOML
    inputs : content of the files as they were read, by their name in the run folder's manifest
    weights : index ``indicator``; ``principle, direction, entropy, weight`` (no unit)
    normalised : index ``code``, one column per indicator; min-max values in [0, 1]
    provinces : index ``code``; the columns of ``provinces.csv``, emissions and quotas in Mt
    groups : index ``group``; ``members, cap_mt, cap_share``, the three prices of the cap in yuan/t, the
        caps between which they hold, and the parts of the price
    prices : index ``constraint, name``; ``price_yuan_per_t, binding``, the one-sided prices and the
        right-hand sides between which they hold
    contributions : index ``code``; what each province contributes to the price of its block's cap, yuan/t
    grouping : index ``code``; entitlement and quota with the groups and with one national block; or None
    abatement_steps : index ``code, step``; ``size_mt, cost_yuan_per_t``
    marginal_costs : index ``code``; inefficiency, price, slope and firmness of its rank; or None
    cost_curves : index ``curve``; the level of every curve of abatement cost on offer; or None
    cap : index ``year``; ``cap_mt``, what of it is divided, and the inputs it was made of
    cap_starts : index ``start, year``; the cap from the other starting point beside it; or None
    years : index ``year``; sums, prices and provinces at a bound of each year
    intensity_targets : index ``code``; intensity that each quota implies, its cut, the 13th plan's; or None
    market : index ``code``; each province's position in the market after the allocation
    market_years : index ``year``; clearing price, volumes and gains
    balance_values : index ``code``; worth of the last year's balance at named prices, 1e8 yuan; or None
    potential : index ``code``; ``name_en, name_zh, score, rank, tier``; no row where the ranking was not made
    published : index ``code``; both quotas and both classes, or None where the study names no published table
    agreement : distance to the published table: index ``figure``; ``value, unit, meaning``; or None
    within_rules : classes right of 30 under several ``within`` rules side by side, index ``within``; or None
    allocation : how the LP ended; of several years the sum of their objectives and the widest gap
    allocations : year → how its LP ended, where a study has several and nothing ties them; else empty
    checks : index ``name``; ``figure, passed``
    notes : what a planner should know, the severest first, else in the order of the chain
    mps : the LP in free MPS format
    raw_share : index as provinces; what entitlements inside a block are in proportion to, Mt
    comparison : the last year's cap under every rule: index ``rule, code``; ``quota_mt``; or None
    fairness : index ``rule``; how equal each is, who is cut most, what it costs; or None
    principle_mix : index ``rule``; weights of the mixture closest to the published table; or None
    mix_residual : index ``code``; that table, the mixture and their difference, Mt; or None
    group_choice : index ``k``; how well the provinces fall into k groups; None without k-means
    group_stability : index ``code``; how firmly each belongs to its group; None without k-means
    group_certificate : whether the groups are proven to be the best; None without k-means
    indicators : index ``code``; the indicators of the allocation as they are, each in its own unit
    indicator_expressions : indicator → its expression over the dataset's columns
    inputs_table : index ``code``; the columns of the dataset that the study uses, and ``emissions_mt``
    fields : index ``column``; titles, unit, source and status of these columns
    population_1e4 : index ``code``, 1e4 persons; None where the dataset has none
    gdp_1e8yuan : index ``code``, or year and code, 1e8 yuan at base-year prices; or None
    potential_indicators : index ``code``; indicators of the ranked provinces as they are; or None
    potential_components : index ``component``; eigenvalue, sign correlation and coefficients; or None
    rules : planners' own rules
    block_weight : index ``group``; what the blocks' caps are in proportion to
    """

    name: str
    seed: int
    settings: Mapping[str, Any]
    inputs: Mapping[str, bytes]
    weights: pd.DataFrame
    normalised: pd.DataFrame
    provinces: pd.DataFrame
    groups: pd.DataFrame
    prices: pd.DataFrame
    contributions: pd.DataFrame
    grouping: pd.DataFrame | None
    abatement_steps: pd.DataFrame
    marginal_costs: pd.DataFrame | None
    cost_curves: pd.DataFrame | None
    cap: pd.DataFrame
    cap_starts: pd.DataFrame | None
    years: pd.DataFrame
    intensity_targets: pd.DataFrame | None
    market: pd.DataFrame
    market_years: pd.DataFrame
    balance_values: pd.DataFrame | None
    potential: pd.DataFrame
    published: pd.DataFrame | None
    agreement: pd.DataFrame | None
    within_rules: pd.DataFrame | None
    allocation: AllocationSummary
    allocations: Mapping[int, AllocationSummary]
    checks: pd.DataFrame
    notes: tuple[Note, ...]
    mps: str
    raw_share: pd.Series | None = None
    comparison: pd.DataFrame | None = None
    fairness: pd.DataFrame | None = None
    principle_mix: pd.DataFrame | None = None
    mix_residual: pd.DataFrame | None = None
    group_choice: pd.DataFrame | None = None
    group_stability: pd.DataFrame | None = None
    group_certificate: GroupCertificate | None = None
    indicators: pd.DataFrame | None = None
    indicator_expressions: Mapping[str, str] | None = None
    inputs_table: pd.DataFrame | None = None
    fields: pd.DataFrame | None = None
    population_1e4: pd.Series | None = None
    gdp_1e8yuan: pd.Series | None = None
    potential_indicators: pd.DataFrame | None = None
    potential_components: pd.DataFrame | None = None
    rules: tuple[PlannerRule, ...] = ()
    block_weight: pd.Series | None = None
