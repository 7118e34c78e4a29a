"""The stages of a run that depend on the study's choices; each calls one formula of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.progress import stage
from capshare.chain.inputs import Inputs, panel_fuel
from capshare.chain.rule_inputs import rule_inputs
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
from capshare.model.rules.registry import apply, find
from capshare.model.rules.requirements import needed_columns
from capshare.solvers.guard import Limits
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


@stage("costs")
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
    return with_caps(Blocks(group, block, _block_weight(study, inputs, block, score), {}, grouping), inputs)


def with_caps(blocks: Blocks, inputs: Inputs) -> Blocks:
    """The same groups with the caps that a study's cap, floors and ceilings give them."""
    caps = {}
    for year, cap_mt in inputs.cap["divided_mt"].items():
        lower, upper = (
            inputs.floor_mt[year].groupby(blocks.block).sum(),
            inputs.ceiling_mt[year].groupby(blocks.block).sum(),
        )
        caps[int(str(year))] = block_caps(blocks.weight, float(cap_mt), lower, upper)
    _require_caps(caps)
    return replace(blocks, caps=caps)


def _require_caps(caps: Mapping[int, Projection]) -> None:
    """Refuse a group that gets nothing: there is no price of a tonne that nobody has."""
    empty = {year: found.amount_mt.index[found.amount_mt <= 0] for year, found in caps.items()}
    problems = [
        Problem("study", "groups", f"a part of the cap of {year} for every group",
                f"none for {', '.join(f'group {name}' for name in names)}, whose weight and floors are 0",
                "Give its provinces a floor, choose other groups or indicators, or allocation.scope = "
                '"national".')
        for year, names in empty.items() if len(names)
    ]  # fmt: skip
    if problems:
        raise CapshareError(problems)


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
    rule = find(within or study.allocation.within)
    parameters = rule_parameters(study, rule.name, rule.parameters)
    wanted = needed_columns(rule, {**rule.parameters, **parameters})
    table = rule_inputs(study, inputs, made, year, wanted)
    quota = apply(rule.name, table, float(inputs.cap["divided_mt"][year]), parameters)
    return quota.rename("share")


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
    return HighsOptions(**study.solver.model_dump(include={field.name for field in fields(HighsOptions)}))


def solver_limits(study: Study) -> Limits:
    """The study's limits of every run of a solver, for :func:`capshare.solvers.guard.within`."""
    return Limits(**study.solver.model_dump(include={field.name for field in fields(Limits)}))
