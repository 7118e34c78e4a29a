"""The stages of a run that depend on the study's choices; each calls one formula of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.base.notes import Note
from capshare.chain.inputs import Inputs, panel_fuel
from capshare.chain.rule_inputs import rule_input_notes, rule_inputs
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.model.abatement.capital import PerpetualInventory
from capshare.model.abatement.costs import (
    AbatementCosts,
    FrontierChoices,
    frontier_costs,
    productivity_costs,
)
from capshare.model.abatement.given import flat_price_steps
from capshare.model.allocation.block_caps import SPLITS, block_caps, given_shares
from capshare.model.allocation.data import AllocationData, Terms, allocation_data
from capshare.model.allocation.projection import Projection
from capshare.model.groups.kmeans import Grouping, kmeans
from capshare.model.rules.registry import apply, find, rule_notes
from capshare.model.rules.requirements import needed_columns
from capshare.solvers.highs import HighsOptions
from capshare.study.rule_sources import rule_parameters
from capshare.study.study import Study

# Never cheaper than abating, and not so large that it swamps the numbers.
AUTO_PENALTY = 1.5
# The one block where the cap is not divided between groups.
NATIONAL = "all"


@dataclass(frozen=True)
class Blocks:
    """How the provinces are grouped and the cap is divided.

    Attributes
    ----------
    group : index code
    block : index code; the group, or ``all`` in a national scope
    weight : index block; what the caps are in proportion to
    caps : year → the blocks' caps
    grouping : what k-means says of the groups, where it made them
    """

    group: pd.Series
    block: pd.Series
    weight: pd.Series
    caps: Mapping[int, Projection]
    grouping: Grouping | None


def abatement_costs(study: Study, inputs: Inputs) -> AbatementCosts:
    """Abatement costs by the study's method."""
    asked, table = study.prices, inputs.dataset.table
    if asked.method == "given":
        price = table[asked.column or ""].rename("price_yuan_per_t")
        steps = flat_price_steps(price, inputs.emissions_mt, max_abatement=asked.max_abatement)
        return AbatementCosts(steps, price)
    if asked.method == "productivity":
        return productivity_costs(
            table[asked.gdp_column],
            inputs.emissions_mt,
            steps=asked.steps,
            max_abatement=asked.max_abatement,
            anchor_yuan_per_t=inputs.anchor_yuan_per_t,
        )
    choices = FrontierChoices(
        factors={panel_fuel(fuel): FUEL_FACTORS[fuel] for fuel in asked.fuels},
        base_year=study.study.base_year,
        absent_as_zero=tuple(map(panel_fuel, asked.absent_as_zero)),
        years=(asked.years[0], asked.years[1]),
        accounts_from=asked.accounts_from,
        null_joint=asked.null_joint,
        capital=PerpetualInventory(depreciation=asked.depreciation),
        steps=asked.steps,
        max_abatement=asked.max_abatement,
        draws=asked.bootstrap_draws,
        seed=study.study.seed,
    )
    panel = inputs.dataset.panel if inputs.dataset.panel is not None else pd.DataFrame()
    return frontier_costs(panel, inputs.emissions_mt, choices, inputs.anchor_yuan_per_t)


def divide(
    study: Study, inputs: Inputs, normalised: pd.DataFrame, weight: pd.Series, score: pd.Series
) -> Blocks:
    """Group the provinces and divide the cap between the blocks."""
    grouping = None
    if study.groups.method == "kmeans":
        points = normalised * weight if study.groups.on == "weighted" else normalised
        grouping = kmeans(points, score, study.groups.k, study.study.seed, study.groups.restarts)
        group = grouping.group
    elif study.groups.method == "given":
        group = inputs.dataset.published[study.groups.table or ""]["group"].astype(str)
    else:
        group = pd.Series(NATIONAL, index=score.index, name="group")
    national = study.allocation.scope == "national"
    block = pd.Series(NATIONAL, index=score.index, name="block") if national else group.rename("block")
    block_weight = _block_weight(study, inputs, block, score)
    caps = {}
    for year, cap_mt in inputs.cap["divided_mt"].items():
        lower, upper = (
            inputs.floor_mt[year].groupby(block).sum(),
            inputs.ceiling_mt[year].groupby(block).sum(),
        )
        caps[int(str(year))] = block_caps(block_weight, float(cap_mt), lower, upper)
    return Blocks(group, block, block_weight, caps, grouping)


def _block_weight(study: Study, inputs: Inputs, block: pd.Series, score: pd.Series) -> pd.Series:
    if study.groups.split != "given":
        return SPLITS[study.groups.split](score, block)
    if study.allocation.scope == "national":
        return given_shares({NATIONAL: 1.0}, block)
    table = inputs.dataset.published[study.groups.table or ""]
    return given_shares(dict(zip(table["group"], table["group_share_pct"], strict=True)), block)


def raw_shares(
    study: Study,
    inputs: Inputs,
    made: Mapping[str, pd.Series],
    year: int,
    within: str | None = None,
) -> pd.Series:
    """What entitlements inside a block are in proportion to: the quotas of a rule without any bound.

    Parameters
    ----------
    study, inputs : of the run
    made : ``score, group, price_yuan_per_t``, index code
    year : one of the study's
    within : another rule than the study's own

    Returns
    -------
    Series, index code, Mt CO2

    Raises
    ------
    CapshareError
        where the rule lacks a column, or cannot use a cell of it.
    """
    name, table, parameters = _within(study, inputs, made, year, within)
    quota = apply(name, table, float(inputs.cap["divided_mt"][year]), parameters)
    return quota.rename("share")


def share_notes(
    study: Study, inputs: Inputs, made: Mapping[str, pd.Series], year: int
) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """What a planner should know about :func:`raw_shares` of the study's own rule.

    Parameters
    ----------
    study, inputs, made, year : as for :func:`raw_shares`

    Returns
    -------
    notes on what the rule reads, which are the same in every year, and on what it makes of it in this one
    """
    name, table, parameters = _within(study, inputs, made, year)
    cap_mt = float(inputs.cap["divided_mt"][year])
    return rule_input_notes(study, inputs, table.columns), rule_notes(name, table, cap_mt, parameters)


def _within(
    study: Study, inputs: Inputs, made: Mapping[str, pd.Series], year: int, within: str | None = None
) -> tuple[str, pd.DataFrame, dict[str, Any]]:
    """Name of the rule inside the blocks, the columns that it reads, and its parameters."""
    rule = find(within or study.allocation.within)
    parameters = rule_parameters(study, rule.name, rule.parameters)
    wanted = needed_columns(rule, {**rule.parameters, **parameters})
    return rule.name, rule_inputs(study, inputs, made, year, wanted), parameters


def allocation_inputs(
    study: Study, inputs: Inputs, blocks: Blocks, share: pd.Series, steps: pd.DataFrame, year: int
) -> AllocationData:
    """One year's allocation with entitlements in proportion to a raw share, ready to be solved."""
    asked = study.allocation
    penalty = asked.penalty_yuan_per_t
    if penalty == "auto":
        penalty = AUTO_PENALTY * float(steps["cost_yuan_per_t"].max())
    provinces = pd.DataFrame(
        {
            "block": blocks.block,
            "share": share,
            "emissions_mt": inputs.baseline_mt[year],
            "floor_mt": inputs.floor_mt[year],
            "ceiling_mt": inputs.ceiling_mt[year],
        }
    )
    terms = Terms(asked.max_deviation, asked.trade_limit, asked.trade_cost_yuan_per_t, penalty)
    caps = blocks.caps[year].amount_mt
    return allocation_data(provinces, caps, steps_of_year(inputs, steps, year), terms, inputs.rules)


def steps_of_year(inputs: Inputs, steps: pd.DataFrame, year: int) -> pd.DataFrame:
    """Abatement steps of a year: the same relative cuts at the same cost, of that year's emissions."""
    growth = (inputs.baseline_mt[year] / inputs.emissions_mt).where(inputs.emissions_mt > 0, 1.0)
    return steps.assign(size_mt=steps["size_mt"].mul(growth, level="code"))


def highs_options(study: Study) -> HighsOptions:
    """The study's options of HiGHS."""
    return HighsOptions(**study.solver.model_dump(exclude={"name"}))
